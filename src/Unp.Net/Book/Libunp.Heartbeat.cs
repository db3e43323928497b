using System.Runtime.InteropServices;

namespace Unp.Net;

public static partial class Libunp
{
    /// <summary>Starts a client's heartbeat, which detects a dead server (figure 24.14).</summary>
    /// <remarks>It sends a heartbeat in every interval and expects the server to send it back.</remarks>
    /// <param name="fd">A connected TCP socket, without SO_OOBINLINE.</param>
    /// <param name="interval">The time between two heartbeats (C's nsec), more than zero, rounded up to milliseconds.</param>
    /// <param name="maxnprobes">
    /// The number of consecutive intervals without an answer after which the server counts as silent. At least 1.
    /// </param>
    /// <param name="silent">
    /// Called on the heartbeat's thread when the server is silent. If it is null, <c>Shutdown(fd, SHUT_RDWR)</c> wakes blocked threads
    /// instead. C's program ends there.
    /// </param>
    /// <returns>The heartbeat, which stops when it is disposed.</returns>
    /// <exception cref="UnpException">EMFILE, ENFILE; ENOTSOCK.</exception>
    /// <exception cref="ObjectDisposedException">The socket is closed.</exception>
    /// <exception cref="ArgumentException">The socket has SO_OOBINLINE, so out-of-band data cannot be received separately.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The interval is not more than zero, or the number is less than 1.</exception>
    public static Heartbeat Heartbeat_cli(SafeHandle fd, TimeSpan interval, int maxnprobes, Action? silent = null) =>
        StartHeartbeat(fd, interval, maxnprobes, isClient: true, silent);

    /// <summary>
    /// Works like <see cref="Heartbeat_cli"/>, but returns null and sets <see cref="Errno.Last"/> instead of throwing
    /// <see cref="UnpException"/> (figure 24.14).
    /// </summary>
    public static Heartbeat? heartbeat_cli(SafeHandle fd, TimeSpan interval, int maxnprobes, Action? silent = null) =>
        TryStart(() => Heartbeat_cli(fd, interval, maxnprobes, silent));

    /// <summary>Starts a server's heartbeat, which detects a dead client (figure 24.15).</summary>
    /// <remarks>It sends the client's heartbeats back and expects one in every interval.</remarks>
    /// <param name="fd">A connected TCP socket, without SO_OOBINLINE.</param>
    /// <param name="interval">The client's interval (C's nsec).</param>
    /// <param name="maxnalarms">
    /// The number of consecutive intervals without a heartbeat after which the client counts as silent. At least 1.
    /// </param>
    /// <param name="silent">
    /// Called on the heartbeat's thread when the client is silent. If it is null, <c>Shutdown(fd, SHUT_RDWR)</c> wakes blocked threads
    /// instead.
    /// </param>
    /// <inheritdoc cref="Heartbeat_cli" path="/returns|/exception"/>
    public static Heartbeat Heartbeat_serv(SafeHandle fd, TimeSpan interval, int maxnalarms, Action? silent = null) =>
        StartHeartbeat(fd, interval, maxnalarms, isClient: false, silent);

    /// <summary>
    /// Works like <see cref="Heartbeat_serv"/>, but returns null and sets <see cref="Errno.Last"/> instead of throwing
    /// <see cref="UnpException"/> (figure 24.15).
    /// </summary>
    public static Heartbeat? heartbeat_serv(SafeHandle fd, TimeSpan interval, int maxnalarms, Action? silent = null) =>
        TryStart(() => Heartbeat_serv(fd, interval, maxnalarms, silent));

    static Heartbeat StartHeartbeat(SafeHandle fd, TimeSpan interval, int maxMissed, bool isClient, Action? silent)
    {
        Check(fd);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxMissed, 1, isClient ? "maxnprobes" : "maxnalarms");
        if (Getsockopt(fd, SocketOptions.OobInline))
            throw new ArgumentException("The socket has SO_OOBINLINE, which mixes heartbeats with the data. Clear the option.", nameof(fd));
        return new Heartbeat(fd, interval, maxMissed, isClient, silent);
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
