using System.Buffers;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>
/// Sends without copying (MSG_ZEROCOPY): the kernel reads the program's own memory until the data are sent and, with TCP, acknowledged. Each buffer
/// stays pinned as long; when it may be written to again, <see cref="IsDone"/> tells. TCP and UDP over IPv4 and IPv6. Linux.
/// </summary>
/// <remarks>
/// <para>It pays from some 10 kB a send. Loopback, and devices that cannot gather, copy all the same (<see cref="CopiedCount"/>): then plain sending is
/// cheaper.</para>
/// <para>A socket has one of these, from before its first MSG_ZEROCOPY on, since the kernel counts the sends, and tells by their numbers which are done.
/// Notifications are in the socket's error queue, which makes it POLLERR in poll and epoll (in <see cref="Poller"/> readable and writable) until
/// <see cref="TryComplete"/> has read them. One thread at a time uses it.</para>
/// <para>The socket stays open until this is disposed, and its peer sees no end before, also if the socket is disposed first: notifications could not
/// be read any more.</para>
/// </remarks>
public sealed unsafe class ZeroCopySender : IDisposable
{
    readonly SafeHandle socket;
    readonly int number;
    readonly PendingSends pending;
    int inUse;
    bool disposed;

    /// <summary>Switches SO_ZEROCOPY on.</summary>
    /// <param name="socket">A TCP or UDP socket, not yet used with MSG_ZEROCOPY. It is the caller's to close.</param>
    /// <param name="verify">
    /// Whether a buffer that was changed before its send was done shall be an <see cref="InvalidOperationException"/> (its checksum is taken before
    /// and after). Not given: it is so when the program is a debug build.
    /// </param>
    /// <exception cref="UnpException">EOPNOTSUPP (not a TCP or UDP socket), ENOPROTOOPT (older than Linux 4.14), ENOTSOCK.</exception>
    /// <exception cref="ArgumentException">The socket has SO_ZEROCOPY already, so that sends may have been counted.</exception>
    /// <exception cref="PlatformNotSupportedException">This system does not have it.</exception>
    public ZeroCopySender(SafeHandle socket, bool? verify = null)
    {
        if (Libunp.Getsockopt(socket, SocketOptions.ZeroCopy))
            throw new ArgumentException("The socket has SO_ZEROCOPY already: its sends may have been counted, and are counted from 0 here.", nameof(socket));
        Libunp.Setsockopt(socket, SocketOptions.ZeroCopy, true);
        this.socket = socket;
        pending = new PendingSends(verify ?? IsDebugBuild(Assembly.GetEntryAssembly()));
        number = Hold(socket);
    }

    /// <summary>Whether a program was compiled to be debugged. A host that is not .NET's has no program.</summary>
    internal static bool IsDebugBuild(Assembly? program) => program?.GetCustomAttribute<DebuggableAttribute>()?.IsJITOptimizerDisabled == true;

    /// <summary>How long <see cref="Dispose"/> waits for sends that are not done. 5 seconds unless set.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Takes what else is in the error queue, which reading it takes out: ICMP's errors (IP_RECVERR), times of departure.</summary>
    public Action<ExtendedError>? OtherMessage { get; init; }

    /// <summary>How many sends are not done, counted from the first such one.</summary>
    public int PendingCount => pending.Count;

    /// <summary>How many sends the kernel copied after all, by its own word (SO_EE_CODE_ZEROCOPY_COPIED), or because it had no memory left to note them.</summary>
    public long CopiedCount { get; private set; }

    /// <summary>Sends; the memory belongs to the kernel until the send is done.</summary>
    /// <remarks>
    /// Where the kernel has no memory left for notifications (ENOBUFS: net.core.optmem_max, or RLIMIT_MEMLOCK) those that are there are read, and if that does
    /// not help the data are sent by copying.
    /// </remarks>
    /// <param name="data">The data. It must not change, nor go back to a pool, before <see cref="IsDone"/>.</param>
    /// <param name="flags">0, or MSG_DONTWAIT, MSG_MORE... ored; MSG_ZEROCOPY and MSG_NOSIGNAL are added.</param>
    /// <param name="to">The receiver; left out on a connected socket.</param>
    /// <param name="control">Control messages: <see cref="ControlWriter.Written"/>.</param>
    /// <exception cref="UnpException">As of <see cref="Libunp.Sendmsg(SafeHandle, ReadOnlySpan{byte}, int, in SockAddr, ReadOnlySpan{byte}, ReadOnlySpan{SafeHandle})"/>; nothing went.</exception>
    /// <exception cref="InvalidOperationException">Another thread uses this object.</exception>
    public ZeroCopySend Send(ReadOnlyMemory<byte> data, int flags = 0, in SockAddr to = default, ReadOnlySpan<byte> control = default)
    {
        Enter();
        MemoryHandle pin = default;
        try
        {
            pin = data.Pin();
            var iov = new iovec(pin.Pointer, data.Length);
            bool counted = data.Length > 0; // the kernel does not count an empty one
            nint n = SendOnce(iov, counted, flags, to, control);
            if (n < 0 && Errno.Last == Errno.ENOBUFS && counted)
            {
                counted = ReadQueue();
                n = SendOnce(iov, counted, flags, to, control);
                if (n < 0 && Errno.Last == Errno.ENOBUFS && counted)
                    n = SendOnce(iov, counted = false, flags, to, control);
            }
            if (n < 0)
                throw Libunp.FailedMessage("sendmsg", to);
            if (!counted)
            {
                CopiedCount += data.Length > 0 ? 1 : 0;
                return new ZeroCopySend((int)n, null);
            }
            uint sent = pending.Add(pin, data[..(int)n]);
            pin = default; // the send's from now on
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

    /// <summary>Whether the kernel is done with a send, as far as <see cref="TryComplete"/> has read: its buffer may be written to.</summary>
    public bool IsDone(in ZeroCopySend send) => send.Number is not { } number || pending.IsDone(number);

    /// <summary>Reads the notifications that are there, without waiting.</summary>
    /// <returns>Whether there were any.</returns>
    /// <exception cref="UnpException">The error queue cannot be read.</exception>
    /// <exception cref="InvalidOperationException">A buffer was changed too early (see the constructor), or another thread uses this object.</exception>
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
    /// <param name="timeout">So long at most; null for ever. TCP's are done when the peer has acknowledged the data, or the connection is gone.</param>
    /// <returns>Whether all are.</returns>
    /// <exception cref="UnpException">The error queue cannot be read.</exception>
    /// <exception cref="InvalidOperationException">A buffer was changed too early (see the constructor), or another thread uses this object.</exception>
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
    /// Waits for the sends that are not done, <see cref="Patience"/> at most, and lets go of the socket. Memory that the kernel may still read after that stays
    /// pinned for the rest of the process's life: a leak, where the alternative is that the peer gets wrong bytes.
    /// </summary>
    /// <exception cref="InvalidOperationException">A buffer was changed too early (see the constructor), or another thread uses this object.</exception>
    public void Dispose()
    {
        if (disposed)
            return;
        Enter();
        try
        {
            _ = ReadUntilAllAreDone(Patience);
        }
        catch (UnpException)
        {
            // The queue cannot be read: what is in it stays pinned.
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
        bool told = false;
        while (true)
        {
            // An error of the socket itself, or the end of the connection, is told as long as nobody has asked for it.
            if (!ReadQueue() && told)
                _ = poll(null, 0, 1);
            if (pending.Count == 0)
                return true;
            if (deadline.IsOver)
                return false;
            var wait = new pollfd { fd = number }; // POLLERR is always told
            if (poll(&wait, 1, deadline.RestInMilliseconds) < 0 && Errno.Last != Errno.EINTR)
                throw new UnpException(Errno.Last, "poll");
            told = wait.revents != 0;
        }
    }

    /// <summary>Reads the error queue until it is empty: whether any send is done now that was not.</summary>
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
                return Errno.Last == Errno.EAGAIN ? any : throw new UnpException(Errno.Last, "recvmsg");
            foreach (ControlMessage told in new ControlMessages(control[..(int)message.msg_controllen]))
                any |= Take(told);
        }
    }

    bool Take(in ControlMessage told)
    {
        if (!told.TryGetError(out ExtendedError error))
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
            $"The buffer of send {changed} was changed before the send was done: the peer may have got either. IsDone tells when it may be.");
    }

    void Enter()
    {
        if (Interlocked.Exchange(ref inUse, 1) != 0)
            throw new InvalidOperationException("Another thread uses this ZeroCopySender; one at a time can.");
        if (!disposed)
            return;
        Exit();
        throw new ObjectDisposedException(nameof(ZeroCopySender));
    }

    void Exit() => Volatile.Write(ref inUse, 0);
}
