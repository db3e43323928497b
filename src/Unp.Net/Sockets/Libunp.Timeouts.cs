using System.Runtime.InteropServices;
using static Unp.Net.Libc;

namespace Unp.Net;

// Calls with a time-out (chapters 14 and 16). The waits are by poll: any descriptor number will do, where the book's select has a limit.
public static partial class Libunp
{
    /// <summary>Connects within a time (figure 14.1).</summary>
    /// <remarks>
    /// The same as <see cref="Connect_nonb"/>: C's two ways, a signal that interrupts connect and a wait with select, are one here. The socket's
    /// O_NONBLOCK is set meanwhile, and afterwards what it was.
    /// </remarks>
    /// <param name="fd">A socket.</param>
    /// <param name="address">The server.</param>
    /// <param name="timeout">At most so long, rounded up to milliseconds.</param>
    /// <inheritdoc cref="Connect_nonb" path="/exception"/>
    public static void Connect_timeo(SafeHandle fd, in SockAddr address, TimeSpan timeout)
    {
        if (connect_timeo(fd, address, timeout) < 0)
            throw Failed("connect_timeo", address.ToString());
    }

    /// <summary>As <see cref="Connect_timeo"/>, but returns 0, or -1 with <see cref="Errno.Last"/> where that throws (figure 14.1).</summary>
    public static int connect_timeo(SafeHandle fd, in SockAddr address, TimeSpan timeout) => connect_nonb(fd, address, timeout);

    /// <summary>Connects without blocking in connect, and waits for the outcome (figure 16.11).</summary>
    /// <remarks>
    /// When the time runs out, C closes the socket, lest the connection be made after all. Here it belongs to its owner, who disposes it; the attempt
    /// ends by <c>shutdown</c>, which sends nothing more and lets nobody in. Neither then nor after another failure can the socket be used again
    /// (section 4.3).
    /// </remarks>
    /// <param name="fd">A socket; its O_NONBLOCK is set meanwhile, and afterwards what it was.</param>
    /// <param name="address">The server.</param>
    /// <param name="timeout">At most so long, rounded up to milliseconds; zero takes what is there at once; null waits as long as the kernel tries.</param>
    /// <exception cref="UnpException">
    /// ETIMEDOUT: the time ran out, or the kernel's own; ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, ENOENT (a unix path), EISCONN, EALREADY. The
    /// message has the address.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative.</exception>
    public static void Connect_nonb(SafeHandle fd, in SockAddr address, TimeSpan? timeout = null)
    {
        if (connect_nonb(fd, address, timeout) < 0)
            throw Failed("connect_nonb", address.ToString());
    }

    /// <summary>As <see cref="Connect_nonb"/>, but returns 0, or -1 with <see cref="Errno.Last"/> where that throws (figure 16.11).</summary>
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

    /// <summary>Waits until there is something to read, or to accept (figure 14.3); what <see cref="Readline"/> has read ahead counts.</summary>
    /// <param name="fd">Any descriptor.</param>
    /// <param name="timeout">At most so long, rounded up to milliseconds; zero looks once; null waits for ever. A signal does not end the wait.</param>
    /// <returns>1: a read does not block (it may say the end, or an error); 0: the time ran out.</returns>
    /// <exception cref="UnpException">EBADF, ENOMEM.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative.</exception>
    public static int Readable_timeo(SafeHandle fd, TimeSpan? timeout)
    {
        int n = readable_timeo(fd, timeout);
        return n >= 0 ? n : throw Failed("readable_timeo");
    }

    /// <summary>As <see cref="Readable_timeo"/>, but returns -1 with <see cref="Errno.Last"/> where that throws (figure 14.3).</summary>
    public static int readable_timeo(SafeHandle fd, TimeSpan? timeout)
    {
        Check(fd);
        var deadline = new Deadline(timeout);
        return LineReader.Attached(fd) is { BufferedLength: > 0 } ? 1 : WaitFor(fd, POLLIN, deadline);
    }

    /// <summary>Waits until there is room to write, or a connection is made (section 14.2).</summary>
    /// <param name="fd">Any descriptor.</param>
    /// <param name="timeout">At most so long, rounded up to milliseconds; zero looks once; null waits for ever. A signal does not end the wait.</param>
    /// <returns>1: a write does not block (it may say an error); 0: the time ran out.</returns>
    /// <exception cref="UnpException">EBADF, ENOMEM.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative.</exception>
    public static int Writable_timeo(SafeHandle fd, TimeSpan? timeout)
    {
        int n = writable_timeo(fd, timeout);
        return n >= 0 ? n : throw Failed("writable_timeo");
    }

    /// <summary>As <see cref="Writable_timeo"/>, but returns -1 with <see cref="Errno.Last"/> where that throws.</summary>
    public static int writable_timeo(SafeHandle fd, TimeSpan? timeout)
    {
        Check(fd);
        return WaitFor(fd, POLLOUT, new Deadline(timeout));
    }

    /// <summary>Makes calls on the descriptor fail with EAGAIN instead of blocking, or block again (section 16.2).</summary>
    /// <param name="fd">Any descriptor; its duplicates, in other processes too, share the flag.</param>
    /// <param name="on">Whether calls do not block.</param>
    /// <returns>Whether they did not before.</returns>
    /// <exception cref="UnpException">EBADF.</exception>
    public static bool Set_nonblock(SafeHandle fd, bool on = true)
    {
        int flags = Fcntl(fd, F_GETFL);
        bool was = (flags & O_NONBLOCK) != 0;
        if (was != on)
            Fcntl(fd, F_SETFL, flags ^ O_NONBLOCK);
        return was;
    }

    /// <summary>Connects a non-blocking socket; 0, or why it failed.</summary>
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
    /// Linux's unix sockets have no connection in progress: the server's queue is full, and nothing tells when it has room, but a connect that
    /// blocks. So that gets the time-out.
    /// </summary>
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
                rest.tv_usec = 1; // zero is for ever
            Setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, rest);
            outcome = connect(fd, address) == 0 ? default : Errno.Last;
        }
        while ((outcome == Errno.EINTR || outcome == Errno.EAGAIN) && !deadline.IsOver);
        Setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, before);
        _ = fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
        return outcome == Errno.EINTR || outcome == Errno.EAGAIN ? Errno.ETIMEDOUT : outcome;
    }

    /// <summary><c>poll(2)</c> of one descriptor: 1 when it has something, 0 when the time ran out, or -1: EBADF, ENOMEM.</summary>
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
