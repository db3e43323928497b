using System.Runtime.InteropServices;

namespace Unp.Net;

public static partial class Libunp
{
    /// <summary>Lets a client find out that its server is gone (figure 24.14): sends a heartbeat at every interval and expects it back.</summary>
    /// <param name="fd">A connected TCP socket, without SO_OOBINLINE.</param>
    /// <param name="interval">C's nsec: how long between two heartbeats, more than zero; rounded up to milliseconds.</param>
    /// <param name="maxnprobes">How many intervals in a row may pass without an answer; one more, and the server is silent. At least 1.</param>
    /// <param name="silent">
    /// Called, on a thread of its own, when the server is silent, in place of the <c>Shutdown(fd, SHUT_RDWR)</c> that wakes blocked threads. C's
    /// program ends there.
    /// </param>
    /// <returns>The heart; disposing it stops it.</returns>
    /// <exception cref="UnpException">EMFILE, ENFILE; ENOTSOCK.</exception>
    /// <exception cref="ObjectDisposedException">The socket is closed.</exception>
    /// <exception cref="ArgumentException">The socket has SO_OOBINLINE, which leaves no out-of-band data to receive.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The interval is not more than zero, or less than 1 probe.</exception>
    public static Heartbeat Heartbeat_cli(SafeHandle fd, TimeSpan interval, int maxnprobes, Action? silent = null) =>
        StartHeartbeat(fd, interval, maxnprobes, isClient: true, silent);

    /// <summary>
    /// As <see cref="Heartbeat_cli"/>, but returns null with <see cref="Errno.Last"/> where that throws <see cref="UnpException"/> (figure 24.14).
    /// </summary>
    public static Heartbeat? heartbeat_cli(SafeHandle fd, TimeSpan interval, int maxnprobes, Action? silent = null) =>
        TryStart(() => Heartbeat_cli(fd, interval, maxnprobes, silent));

    /// <summary>Lets a server find out that a client is gone (figure 24.15): sends its heartbeats back and expects one in time.</summary>
    /// <param name="fd">A connected TCP socket, without SO_OOBINLINE.</param>
    /// <param name="interval">C's nsec: the client's interval.</param>
    /// <param name="maxnalarms">How many intervals in a row may pass without a heartbeat; one more, and the client is silent. At least 1.</param>
    /// <param name="silent">
    /// Called, on a thread of its own, when the client is silent, in place of the <c>Shutdown(fd, SHUT_RDWR)</c> that wakes blocked threads.
    /// </param>
    /// <inheritdoc cref="Heartbeat_cli" path="/returns|/exception"/>
    public static Heartbeat Heartbeat_serv(SafeHandle fd, TimeSpan interval, int maxnalarms, Action? silent = null) =>
        StartHeartbeat(fd, interval, maxnalarms, isClient: false, silent);

    /// <summary>
    /// As <see cref="Heartbeat_serv"/>, but returns null with <see cref="Errno.Last"/> where that throws <see cref="UnpException"/> (figure 24.15).
    /// </summary>
    public static Heartbeat? heartbeat_serv(SafeHandle fd, TimeSpan interval, int maxnalarms, Action? silent = null) =>
        TryStart(() => Heartbeat_serv(fd, interval, maxnalarms, silent));

    static Heartbeat StartHeartbeat(SafeHandle fd, TimeSpan interval, int most, bool isClient, Action? silent)
    {
        Check(fd);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1, isClient ? "maxnprobes" : "maxnalarms");
        if (Getsockopt(fd, SocketOptions.OobInline))
            throw new ArgumentException("The socket has SO_OOBINLINE, so that heartbeats would be lost among the data.", nameof(fd));
        return new Heartbeat(fd, interval, most, isClient, silent);
    }

    static Heartbeat? TryStart(Func<Heartbeat> start)
    {
        try
        {
            return start();
        }
        catch (UnpException failure)
        {
            Errno.Last = failure.Errno;
            return null;
        }
    }
}
