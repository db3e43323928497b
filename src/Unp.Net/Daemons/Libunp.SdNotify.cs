using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using static Unp.Net.Libc;

namespace Unp.Net;

public static partial class Libunp
{
    const string NotifySocket = "NOTIFY_SOCKET";

    /// <summary>
    /// How long a message may wait for space in the manager's queue. It is shorter than a usual watchdog interval, but enough for a busy
    /// manager.
    /// </summary>
    static readonly TimeSpan NotifyTimeout = TimeSpan.FromSeconds(5);

    /// <summary><c>sd_notify(3)</c>: reports the state of the service to systemd, or to another manager that sets NOTIFY_SOCKET.</summary>
    /// <remarks>
    /// It needs no libsystemd. While the manager's queue is full, it waits at most 5 seconds, and then throws EAGAIN without sending the
    /// message.
    /// </remarks>
    /// <param name="state">One or more assignments separated by newlines. <see cref="SdState"/> creates them.</param>
    /// <param name="fds">Descriptors for <see cref="SdState.FdStore"/> (sd_pid_notify_with_fds(3)). The caller still owns them.</param>
    /// <returns>True if the message was sent; false if NOTIFY_SOCKET is not set.</returns>
    /// <exception cref="UnpException">
    /// EAGAIN: the manager does not read; ENOENT, ECONNREFUSED: no manager uses that socket; EPERM; ENODEV: no such vsock; EAFNOSUPPORT:
    /// NOTIFY_SOCKET is not a path, an abstract name after @, or vsock:CID:PORT; E2BIG: it is too long; EOPNOTSUPP: a vsock cannot pass
    /// descriptors. The message quotes NOTIFY_SOCKET.
    /// </exception>
    /// <exception cref="ArgumentException"><paramref name="state"/> is empty, or a descriptor is null.</exception>
    /// <exception cref="ObjectDisposedException">A descriptor is closed.</exception>
    /// <example>
    /// Without systemd the call returns false and has no effect:
    /// <code>
    /// Sd_notify($"{SdState.Ready}\n{SdState.Status("serving")}");
    /// </code>
    /// </example>
    /// <seealso href="https://man7.org/linux/man-pages/man3/sd_notify.3.html">sd_notify(3)</seealso>
    public static bool Sd_notify(string state, params ReadOnlySpan<SafeHandle> fds)
    {
        ArgumentException.ThrowIfNullOrEmpty(state);
        return Notify(state, new Deadline(NotifyTimeout), fds);
    }

    static bool Notify(string state, in Deadline deadline, params ReadOnlySpan<SafeHandle> fds)
    {
        if (Environment.GetEnvironmentVariable(NotifySocket) is not { Length: > 0 } place)
            return false;
        byte[] message = Encoding.UTF8.GetBytes(state);
        if (place.StartsWith("vsock", StringComparison.Ordinal))
        {
            NotifyVsock(place, message, fds.Length, deadline);
            return true;
        }

        // The socket is connected so that poll waits for the manager's queue. An unconnected socket is always writable.
        SockAddr address = NotifyAddress(place);
        using Fd socket = Socket(AF_UNIX, SOCK_DGRAM);
        if (connect(socket, address) < 0)
            throw Failed("sd_notify", $"{NotifySocket}={place}");
        while (!TrySendmsg(socket, message, out _, MSG_DONTWAIT, default, default, fds))
        {
            Errno error = Errno.Last;
            if (error != Errno.EAGAIN || !WaitWritable(socket, deadline))
                throw new UnpException(error, "sd_notify", $"{NotifySocket}={place}");
        }
        return true;
    }

    /// <summary>Waits until the socket is writable. Returns false if the time is over.</summary>
    static bool WaitWritable(Fd socket, in Deadline deadline)
    {
        Span<pollfd> wanted = [new pollfd { fd = (int)socket.DangerousGetHandle(), events = POLLOUT }];
        return Poll(wanted, deadline.IsInfinite ? null : TimeSpan.FromMilliseconds(deadline.RestInMilliseconds)) > 0;
    }

    /// <summary>
    /// <c>sd_notify_barrier(3)</c>: waits until systemd has processed all earlier messages of this process. A process that exits earlier
    /// may no longer be identified as their sender.
    /// </summary>
    /// <param name="timeout">The longest wait; null waits indefinitely.</param>
    /// <returns>True if systemd has processed the messages; false if the time is over or NOTIFY_SOCKET is not set.</returns>
    /// <exception cref="UnpException">
    /// The errors of <see cref="Sd_notify"/> except EAGAIN. EOPNOTSUPP: the barrier passes a descriptor, which a vsock cannot; EMFILE,
    /// ENFILE.
    /// </exception>
    /// <seealso href="https://man7.org/linux/man-pages/man3/sd_notify_barrier.3.html">sd_notify_barrier(3)</seealso>
    public static bool Sd_notify_barrier(TimeSpan? timeout = null)
    {
        var deadline = new Deadline(timeout);
        Pipe(out Fd read, out Fd write);
        using (read)
        {
            // systemd closes its copy of the write end when it reads this message.
            using (write)
            {
                try
                {
                    if (!Notify("BARRIER=1", deadline, write))
                        return false;
                }
                catch (UnpException full) when (full.Errno == Errno.EAGAIN)
                {
                    return false;
                }
            }
            Span<pollfd> closed = [new pollfd { fd = (int)read.DangerousGetHandle() }];
            return Poll(closed, deadline.IsInfinite ? null : TimeSpan.FromMilliseconds(deadline.RestInMilliseconds)) == 1;
        }
    }

    /// <summary>
    /// <c>sd_watchdog_enabled(3)</c>: returns whether systemd expects <see cref="SdState.Watchdog"/>. WATCHDOG_USEC must be set, and
    /// WATCHDOG_PID must be this process or not set.
    /// </summary>
    /// <param name="interval">The longest time between two messages; send one twice per interval. Zero if none is expected.</param>
    /// <exception cref="UnpException">EINVAL: a variable is not a positive number. The message quotes it.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man3/sd_watchdog_enabled.3.html">sd_watchdog_enabled(3)</seealso>
    public static bool Sd_watchdog_enabled(out TimeSpan interval)
    {
        interval = default;
        if (Environment.GetEnvironmentVariable("WATCHDOG_USEC") is not { } usec)
            return false;
        long microseconds = Positive("WATCHDOG_USEC", usec);
        if (Environment.GetEnvironmentVariable("WATCHDOG_PID") is { } pid && Positive("WATCHDOG_PID", pid) != Environment.ProcessId)
            return false;
        interval = TimeSpan.FromTicks(Math.Min(microseconds, long.MaxValue / TimeSpan.TicksPerMicrosecond) * TimeSpan.TicksPerMicrosecond);
        return true;

        static long Positive(string variable, string value) =>
            long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number > 0 ? number
            : throw new UnpException(Errno.EINVAL, "sd_watchdog_enabled", $"{variable}={value}");
    }

    static SockAddr NotifyAddress(string place)
    {
        if (place[0] is not ('/' or '@') || place.Length == 1)
            throw new UnpException(Errno.EAFNOSUPPORT, "sd_notify", $"{NotifySocket}={place}");
        ReadOnlySpan<byte> bytes = Encoding.UTF8.GetBytes(place);
        if (bytes.Length > SockAddr.MaxPathLength + (place[0] == '@' ? 1 : 0))
            throw new UnpException(Errno.E2BIG, "sd_notify", $"{NotifySocket}={place}");
        return place[0] == '@' ? SockAddr.UnixAbstract(bytes[1..]) : SockAddr.Unix(bytes);
    }

    /// <summary>Notifies the host of a virtual machine: <c>vsock:2:4711</c>, or with a socket type <c>vsock-stream:2:4711</c>.</summary>
    static void NotifyVsock(string place, ReadOnlySpan<byte> message, int descriptors, in Deadline deadline)
    {
        int colon = Math.Max(0, place.IndexOf(':'));
        int[] types = place[..colon] switch
        {
            "vsock" => [SOCK_SEQPACKET, SOCK_STREAM],
            "vsock-stream" => [SOCK_STREAM],
            "vsock-dgram" => [SOCK_DGRAM],
            "vsock-seqpacket" => [SOCK_SEQPACKET],
            _ => [],
        };
        if (types.Length == 0 || !SockAddr.TryParse($"vsock{place[colon..]}", out SockAddr address)
            || address.Cid == VMADDR_CID_ANY)
        {
            throw new UnpException(Errno.EAFNOSUPPORT, "sd_notify", $"{NotifySocket}={place}");
        }

        if (descriptors > 0)
        {
            throw new UnpException(
                Errno.EOPNOTSUPP, "sd_notify", $"{NotifySocket}={place}, with {descriptors} descriptor{(descriptors == 1 ? "" : "s")}");
        }

        foreach (int type in types)
        {
            int descriptor = socket(AF_VSOCK, type | CloseOnExecType, 0);
            if (descriptor < 0)
                continue;
            using Fd fd = Own(descriptor);
            if (!deadline.IsInfinite)
                Setsockopt(fd, SocketOptions.SndTimeo, TimeSpan.FromMilliseconds(Math.Max(1, deadline.RestInMilliseconds)));
            if (connect(fd, address) < 0)
                continue;
            Writen(fd, message);
            return;
        }
        throw Failed("sd_notify", $"{NotifySocket}={place}");
    }
}
