using System.Runtime.InteropServices;
using static Unp.Net.Libc;

namespace Unp.Net;

// Calls with a time-out (UNP 14 and 16). They wait with poll, so any descriptor number works; the book's select has a limit.
public static partial class Libunp
{
    /// <summary>Connects within a time limit (figure 14.1).</summary>
    /// <remarks>
    /// The same as <see cref="Connect_nonb"/>, because C's two ways, a signal and select, are one here. O_NONBLOCK is set during the call
    /// and restored afterwards.
    /// </remarks>
    /// <param name="fd">A socket.</param>
    /// <param name="address">The server.</param>
    /// <param name="timeout">The limit, rounded up to milliseconds.</param>
    /// <inheritdoc cref="Connect_nonb" path="/exception"/>
    /// <example>
    /// A socket whose connect failed cannot be used again:
    /// <code>
    /// Fd client = Socket(AF_INET, SOCK_STREAM);
    /// try
    /// {
    ///     Connect_timeo(client, address, TimeSpan.FromSeconds(3));
    /// }
    /// catch (UnpException e) when (e.Errno == Errno.ETIMEDOUT)
    /// {
    ///     client.Dispose();
    /// }
    /// </code>
    /// </example>
    public static void Connect_timeo(SafeHandle fd, in SockAddr address, TimeSpan timeout)
    {
        if (connect_timeo(fd, address, timeout) < 0)
            throw Failed("connect_timeo", address);
    }

    /// <summary>
    /// Works like <see cref="Connect_timeo"/>, but returns 0, or -1 with the error in <see cref="Errno.Last"/> instead of throwing (figure
    /// 14.1).
    /// </summary>
    public static int connect_timeo(SafeHandle fd, in SockAddr address, TimeSpan timeout) => connect_nonb(fd, address, timeout);

    /// <summary>Connects without blocking in connect, then waits for the result (figure 16.11).</summary>
    /// <remarks>
    /// When the time-out expires, C closes the socket, so the connection cannot be established later. Here the owner disposes it, and the
    /// attempt ends with <c>shutdown(2)</c>, which prevents a late connection as well. The socket cannot be used again after any failure
    /// (UNP 4.3).
    /// </remarks>
    /// <param name="fd">A socket. O_NONBLOCK is set during the call and restored afterwards.</param>
    /// <param name="address">The server.</param>
    /// <param name="timeout">
    /// The limit, rounded up to milliseconds. Zero checks once and does not wait; null waits as long as the kernel tries.
    /// </param>
    /// <exception cref="UnpException">
    /// ETIMEDOUT: this time-out or the kernel's own expired; ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, ENOENT (a Unix path), EISCONN,
    /// EALREADY. The message contains the address.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/connect.2.html">connect(2)</seealso>
    public static void Connect_nonb(SafeHandle fd, in SockAddr address, TimeSpan? timeout = null)
    {
        if (connect_nonb(fd, address, timeout) < 0)
            throw Failed("connect_nonb", address);
    }

    /// <summary>
    /// Works like <see cref="Connect_nonb"/>, but returns 0, or -1 with the error in <see cref="Errno.Last"/> instead of throwing (figure
    /// 16.11).
    /// </summary>
    public static int connect_nonb(SafeHandle fd, in SockAddr address, TimeSpan? timeout = null)
    {
        Check(fd);
        var deadline = new Deadline(timeout);
        int flags = fcntl(fd, F_GETFL);
        if (flags < 0 || ((flags & O_NONBLOCK) == 0 && fcntl(fd, F_SETFL, flags | O_NONBLOCK) < 0))
            return -1;
        Errno outcome = ConnectUntil(deadline, fd, address);
        if ((flags & O_NONBLOCK) == 0)
            _ = fcntl(fd, F_SETFL, flags);
        Errno.Last = outcome;
        return outcome.Value == 0 ? 0 : -1;
    }

    /// <summary>Waits until the descriptor is readable or a connection can be accepted (figure 14.3).</summary>
    /// <remarks>Bytes that <see cref="Readline"/> has read ahead count as readable.</remarks>
    /// <param name="fd">Any descriptor.</param>
    /// <param name="timeout">
    /// The limit, rounded up to milliseconds. Zero checks once; null waits indefinitely. A signal does not end the wait.
    /// </param>
    /// <returns>1 if a read will not block (it may return end of file or an error); 0 if the time-out expired.</returns>
    /// <exception cref="UnpException">EBADF, ENOMEM.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/poll.2.html">poll(2)</seealso>
    public static int Readable_timeo(SafeHandle fd, TimeSpan? timeout)
    {
        int n = readable_timeo(fd, timeout);
        return n >= 0 ? n : throw Failed("readable_timeo", fd);
    }

    /// <summary>
    /// Works like <see cref="Readable_timeo"/>, but returns -1 and sets <see cref="Errno.Last"/> instead of throwing (figure 14.3).
    /// </summary>
    public static int readable_timeo(SafeHandle fd, TimeSpan? timeout)
    {
        Check(fd);
        var deadline = new Deadline(timeout);
        return IReadAhead.Attached(fd) is { BufferedLength: > 0 } ? 1 : WaitFor(fd, POLLIN, deadline);
    }

    /// <summary>Waits until the descriptor is writable or a connection is established (UNP 14.2).</summary>
    /// <param name="fd">Any descriptor.</param>
    /// <param name="timeout">
    /// The limit, rounded up to milliseconds. Zero checks once; null waits indefinitely. A signal does not end the wait.
    /// </param>
    /// <returns>1 if a write will not block (it may return an error); 0 if the time-out expired.</returns>
    /// <exception cref="UnpException">EBADF, ENOMEM.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/poll.2.html">poll(2)</seealso>
    public static int Writable_timeo(SafeHandle fd, TimeSpan? timeout)
    {
        int n = writable_timeo(fd, timeout);
        return n >= 0 ? n : throw Failed("writable_timeo", fd);
    }

    /// <summary>Works like <see cref="Writable_timeo"/>, but returns -1 and sets <see cref="Errno.Last"/> instead of throwing.</summary>
    public static int writable_timeo(SafeHandle fd, TimeSpan? timeout)
    {
        Check(fd);
        return WaitFor(fd, POLLOUT, new Deadline(timeout));
    }

    /// <summary>Connects a non-blocking socket and returns 0 or the error.</summary>
    static Errno ConnectUntil(Deadline deadline, SafeHandle fd, in SockAddr address)
    {
        if (connect(fd, address) == 0)
            return default;
        Errno error = Errno.Last;
        if (error == Errno.EAGAIN && address.Family == AF_UNIX)
            return ConnectUnixUntil(deadline, fd, address);
        if (error != Errno.EINPROGRESS && error != Errno.EINTR)
            return error;
        int ready = WaitFor(fd, POLLOUT, deadline);
        if (ready == 0)
            _ = shutdown(fd, SHUT_RDWR);
        return ready == 0 ? Errno.ETIMEDOUT : ready < 0 ? Errno.Last : new Errno(Getsockopt<int>(fd, SOL_SOCKET, SO_ERROR));
    }

    /// <summary>
    /// Connects a Unix socket of Linux with a send time-out, because such a socket never reports a connection in progress.
    /// </summary>
    /// <remarks>
    /// EAGAIN means that the server's queue is full. No poll reports when the queue has room again; only a blocking connect waits for that.
    /// </remarks>
    static Errno ConnectUnixUntil(Deadline deadline, SafeHandle fd, in SockAddr address)
    {
        if (deadline.IsOver)
            return Errno.ETIMEDOUT;
        timeval before = Getsockopt<timeval>(fd, SOL_SOCKET, SO_SNDTIMEO);
        _ = fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) & ~O_NONBLOCK);
        Errno outcome;
        do
        {
            timeval rest = deadline.RestAsTimeval();
            if (!deadline.IsInfinite && rest is { tv_sec: 0, tv_usec: 0 })
                rest.tv_usec = 1; // zero would mean no time-out
            Setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, rest);
            outcome = connect(fd, address) == 0 ? default : Errno.Last;
        }
        while (outcome.IsAny(Errno.EINTR, Errno.EAGAIN) && !deadline.IsOver);
        Setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, before);
        _ = fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
        return outcome.IsAny(Errno.EINTR, Errno.EAGAIN) ? Errno.ETIMEDOUT : outcome;
    }

    /// <summary>Waits for events of one descriptor with <c>poll(2)</c>.</summary>
    /// <returns>1 if an event occurred; 0 if the time-out expired; -1 on EBADF or ENOMEM.</returns>
    static unsafe int WaitFor(SafeHandle fd, short events, Deadline deadline)
    {
        bool held = false;
        try
        {
            fd.DangerousAddRef(ref held);
            var wait = new pollfd { fd = (int)fd.DangerousGetHandle(), events = events };
            int n;
            do
                n = poll(&wait, 1, deadline.RestInMilliseconds);
            while (Interrupted(n) || (n == 0 && !deadline.IsOver));
            if (n <= 0 || (wait.revents & POLLNVAL) == 0)
                return n;
            Errno.Last = Errno.EBADF;
            return -1;
        }
        finally
        {
            if (held)
                fd.DangerousRelease();
        }
    }
}
