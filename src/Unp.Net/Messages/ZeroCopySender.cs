using System.Buffers;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>
/// Sends data on a socket without copying it (MSG_ZEROCOPY), for TCP and UDP over IPv4 and IPv6. Linux.
/// </summary>
/// <remarks>
/// <para>The kernel reads the program's memory until the data is sent and, with TCP, acknowledged. Each buffer stays pinned until then.
/// <see cref="IsDone"/> reports when it may be written to again.</para>
/// <para>Zero-copy sending pays from about 10 kB per send. Loopback, and devices without scatter-gather, copy the data nevertheless
/// (<see cref="CopiedCount"/>), so a plain send is cheaper there.</para>
/// <para>Create one sender per socket, before its first MSG_ZEROCOPY. The kernel numbers the sends of a socket from 0, and the sender must
/// count along. Only one thread at a time may use a sender.</para>
/// <para>The kernel puts notifications into the socket's error queue. Until <see cref="TryComplete"/> has read them, poll and epoll report
/// POLLERR, and <see cref="Poller"/> reports the socket as readable and writable.</para>
/// <para>The sender keeps the socket open until the sender is disposed, because it must read the notifications. If the caller disposes the
/// socket earlier, the peer sees the end of the connection only then.</para>
/// </remarks>
/// <example>
/// <code>
/// using var sender = new ZeroCopySender(fd);
/// ZeroCopySend send = sender.Send(buffer);
/// while (!sender.IsDone(send))
///     sender.Complete(TimeSpan.FromSeconds(1));
/// // buffer may be written to again
/// </code>
/// </example>
public sealed unsafe class ZeroCopySender : IDisposable
{
    readonly SafeHandle socket;
    readonly int number;
    readonly PendingSends pending;
    int inUse;
    bool disposed;

    /// <summary>Creates a sender and sets SO_ZEROCOPY on the socket.</summary>
    /// <param name="socket">A TCP or UDP socket that has not been used with MSG_ZEROCOPY yet. The caller must close it.</param>
    /// <param name="verify">
    /// Whether to throw <see cref="InvalidOperationException"/> when a buffer was changed before its send was done. The sender compares a
    /// checksum before and after the send. Null (the default) means true in a debug build of the program.
    /// </param>
    /// <exception cref="UnpException">EOPNOTSUPP (not a TCP or UDP socket), ENOPROTOOPT (older than Linux 4.14), ENOTSOCK.</exception>
    /// <exception cref="ArgumentException">SO_ZEROCOPY is already set, so the kernel may have numbered earlier sends.</exception>
    /// <exception cref="PlatformNotSupportedException">The system has no MSG_ZEROCOPY.</exception>
    public ZeroCopySender(SafeHandle socket, bool? verify = null)
    {
        if (Libunp.Getsockopt(socket, SocketOptions.ZeroCopy))
        {
            throw new ArgumentException(
                "SO_ZEROCOPY is already set on the socket. Create the ZeroCopySender first, because it counts the sends from 0.",
                nameof(socket));
        }
        Libunp.Setsockopt(socket, SocketOptions.ZeroCopy, true);
        this.socket = socket;
        pending = new PendingSends(verify ?? IsDebugBuild(Assembly.GetEntryAssembly()));
        number = Hold(socket);
    }

    /// <summary>Returns whether a program is a debug build. The program is null in a process with a native host.</summary>
    internal static bool IsDebugBuild(Assembly? program) =>
        program?.GetCustomAttribute<DebuggableAttribute>()?.IsJITOptimizerDisabled == true;

    /// <summary>Gets how long <see cref="Dispose"/> waits for sends that are not done. The default is 5 seconds.</summary>
    public TimeSpan DisposeTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Gets a callback for the other messages of the error queue, which the sender removes when it reads the queue: ICMP errors
    /// (IP_RECVERR) and transmit times.
    /// </summary>
    public Action<ExtendedError>? OtherMessage { get; init; }

    /// <summary>Gets the number of sends from the first that is not done to the last.</summary>
    public int PendingCount => pending.Count;

    /// <summary>
    /// Gets how many sends were copied nevertheless: the kernel has reported so (SO_EE_CODE_ZEROCOPY_COPIED), or it had no memory for a
    /// notification.
    /// </summary>
    public long CopiedCount { get; private set; }

    /// <summary>Sends data. The memory belongs to the kernel until the send is done.</summary>
    /// <remarks>
    /// If the kernel has no memory for notifications (ENOBUFS: net.core.optmem_max or RLIMIT_MEMLOCK), the method reads the pending ones
    /// and tries again. If that fails too, it sends the data by copying.
    /// </remarks>
    /// <param name="data">The data. It must not be changed or returned to a pool before <see cref="IsDone"/> is true.</param>
    /// <param name="flags">0, or a combination of MSG_DONTWAIT, MSG_MORE...; MSG_ZEROCOPY and MSG_NOSIGNAL are added.</param>
    /// <param name="to">The receiver; omit it on a connected socket.</param>
    /// <param name="control">Control messages: <see cref="ControlWriter.Written"/>.</param>
    /// <exception cref="UnpException">
    /// No data was sent. The errors are those of
    /// <see cref="Libunp.Sendmsg(SafeHandle, ReadOnlySpan{byte}, int, in SockAddr, ReadOnlySpan{byte}, ReadOnlySpan{SafeHandle})"/>.
    /// </exception>
    /// <exception cref="InvalidOperationException">Another thread uses this object.</exception>
    public ZeroCopySend Send(ReadOnlyMemory<byte> data, int flags = 0, in SockAddr to = default, ReadOnlySpan<byte> control = default)
    {
        Enter();
        MemoryHandle pin = default;
        try
        {
            pin = data.Pin();
            var iov = new iovec(pin.Pointer, data.Length);
            bool counted = data.Length > 0; // the kernel does not number empty sends
            nint n = SendOnce(iov, counted, flags, to, control);
            if (n < 0 && Errno.Last == Errno.ENOBUFS && counted)
            {
                counted = ReadQueue();
                n = SendOnce(iov, counted, flags, to, control);
                if (n < 0 && Errno.Last == Errno.ENOBUFS && counted)
                    n = SendOnce(iov, counted = false, flags, to, control);
            }
            if (n < 0)
                throw Libunp.FailedToSend("sendmsg", socket, flags, to);
            if (!counted)
            {
                CopiedCount += data.Length > 0 ? 1 : 0;
                return new ZeroCopySend((int)n, null);
            }
            uint sent = pending.Add(pin, data[..(int)n]);
            pin = default; // the entry owns it from now on
            return new ZeroCopySend((int)n, sent);
        }
        finally
        {
            pin.Dispose();
            Exit();
        }
    }

    nint SendOnce(in iovec iov, bool zerocopy, int flags, in SockAddr to, ReadOnlySpan<byte> control) =>
        Libunp.SendOnce(socket, new(in iov), flags | (zerocopy ? MSG_ZEROCOPY : 0), to, control, default);

    /// <summary>
    /// Returns whether a send is done, so its buffer may be written to. The answer is based on the notifications that
    /// <see cref="TryComplete"/> has read.
    /// </summary>
    public bool IsDone(in ZeroCopySend send) => send.Number is not { } number || pending.IsDone(number);

    /// <summary>Reads the available notifications without waiting.</summary>
    /// <returns>Whether the queue held a notification.</returns>
    /// <exception cref="UnpException">The error queue cannot be read.</exception>
    /// <exception cref="InvalidOperationException">
    /// A buffer was changed too early (see the constructor), or another thread uses this object.
    /// </exception>
    public bool TryComplete()
    {
        Enter();
        try
        {
            bool any = ReadQueue();
            ThrowIfChanged();
            return any;
        }
        finally
        {
            Exit();
        }
    }

    /// <summary>Waits until all sends are done.</summary>
    /// <param name="timeout">
    /// The maximum time to wait; null means indefinitely. A TCP send is done when the peer has acknowledged the data, or when the
    /// connection is lost.
    /// </param>
    /// <returns>Whether all sends are done.</returns>
    /// <exception cref="UnpException">The error queue cannot be read.</exception>
    /// <exception cref="InvalidOperationException">
    /// A buffer was changed too early (see the constructor), or another thread uses this object.
    /// </exception>
    public bool Complete(TimeSpan? timeout = null)
    {
        Enter();
        try
        {
            bool all = ReadUntilAllAreDone(timeout);
            ThrowIfChanged();
            return all;
        }
        finally
        {
            Exit();
        }
    }

    /// <summary>
    /// Waits for the sends that are not done, at most <see cref="DisposeTimeout"/>, and releases the socket. Memory that the kernel may
    /// still read stays pinned until the process ends. It leaks, because otherwise the peer could receive wrong bytes.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// A buffer was changed too early (see the constructor), or another thread uses this object.
    /// </exception>
    public void Dispose()
    {
        if (disposed)
            return;
        Enter();
        try
        {
            _ = ReadUntilAllAreDone(DisposeTimeout);
        }
        catch (UnpException)
        {
            // The queue cannot be read, so the buffers of the sends that are not done stay pinned.
        }
        finally
        {
            disposed = true;
            socket.DangerousRelease();
            Exit();
        }
        ThrowIfChanged();
    }

    bool ReadUntilAllAreDone(TimeSpan? timeout)
    {
        var deadline = new Deadline(timeout);
        bool isReported = false;
        while (true)
        {
            // poll keeps reporting a pending socket error or the end of the connection, so wait 1 ms to avoid a busy loop.
            if (!ReadQueue() && isReported)
                _ = poll(null, 0, 1);
            if (pending.Count == 0)
                return true;
            if (deadline.IsOver)
                return false;
            var wait = new pollfd { fd = number }; // poll always reports POLLERR
            if (poll(&wait, 1, deadline.RestInMilliseconds) < 0 && Errno.Last != Errno.EINTR)
                throw Libunp.Failed("poll", socket);
            isReported = wait.revents != 0;
        }
    }

    /// <summary>Reads the error queue until it is empty. Returns whether it contained a zero-copy notification.</summary>
    bool ReadQueue()
    {
        bool any = false;
        Span<byte> control = stackalloc byte[512];
        while (true)
        {
            msghdr message;
            nint n;
            fixed (byte* room = control)
            {
                message = new msghdr { msg_control = room, msg_controllen = (nuint)control.Length };
                n = recvmsg(number, &message, MSG_ERRQUEUE | MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
            }
            if (Libunp.Interrupted(n))
                continue;
            if (n < 0)
                return Errno.Last == Errno.EAGAIN ? any : throw Libunp.Failed("recvmsg", socket);
            foreach (ControlMessage controlMessage in new ControlMessages(control[..(int)message.msg_controllen]))
                any |= Process(controlMessage);
        }
    }

    bool Process(in ControlMessage controlMessage)
    {
        if (!controlMessage.TryGetError(out ExtendedError error))
            return false;
        if (error.Origin != SO_EE_ORIGIN_ZEROCOPY)
        {
            OtherMessage?.Invoke(error);
            return false;
        }
        long sends = pending.Complete(error.Info, error.Data);
        if (error.Code == SO_EE_CODE_ZEROCOPY_COPIED)
            CopiedCount += sends;
        return true;
    }

    void ThrowIfChanged()
    {
        if (pending.Changed is not { } changed)
            return;
        pending.Changed = null;
        throw new InvalidOperationException(
            $"The buffer of send {changed} was changed before the send was done, so the peer may have received either contents. "
            + "Wait until IsDone returns true before changing a buffer.");
    }

    void Enter()
    {
        if (Interlocked.Exchange(ref inUse, 1) != 0)
            throw new InvalidOperationException("Another thread is using this ZeroCopySender. Only one thread at a time may use it.");
        if (!disposed)
            return;
        Exit();
        throw new ObjectDisposedException(nameof(ZeroCopySender));
    }

    void Exit() => Volatile.Write(ref inUse, 0);
}
