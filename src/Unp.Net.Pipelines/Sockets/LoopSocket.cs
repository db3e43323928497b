using System.Runtime.InteropServices;
using static Unp.Net.Libc;

namespace Unp.Net.Pipelines;

/// <summary>
/// A socket (or pipe, terminal, eventfd: whatever a poller can watch) whose operations are awaited, and complete on the thread of an
/// <see cref="EventLoop"/>.
/// </summary>
/// <remarks>
/// <para>There is one reader and one writer at a time: a second one is an <see cref="InvalidOperationException"/>. Waiting, accepting and receiving are
/// reading; waiting for room, connecting and sending are writing. <see cref="ReceiveErrorAsync"/> is the one reader of the error queue,
/// beside the other. An operation is over when it was awaited.</para>
/// <para>Operations may be started by any thread. On the loop's own they make their call at once, and wait only if that says EAGAIN; on another the loop
/// is asked to start them. What awaits one goes on on the loop's thread (<see cref="EventLoopOptions.RunContinuationsAsynchronously"/>), and must not block
/// it.</para>
/// <para>It owns its descriptor. <see cref="Dispose"/>, from any thread at any moment, ends what waits with an <see cref="ObjectDisposedException"/>; it,
/// not the handle, is what to dispose.</para>
/// <para>An operation allocates nothing, nor does its cancellation token once it was used.</para>
/// </remarks>
public sealed unsafe partial class LoopSocket : IDisposable, IAsyncDisposable
{
    readonly EventLoop loop;
    readonly SafeHandle descriptor;
    readonly ReadOperation reader;
    WriteOperation? writer;
    ReadOperation? errors;
    readonly bool leaveOpen;
    readonly bool wasBlocking;
    PollRegistration? registration;
    Exception? closeReason;
    bool isDisposed;
    bool isClosed;

    /// <summary>Takes over a descriptor, and makes it non-blocking.</summary>
    /// <param name="loop">The loop that serves it.</param>
    /// <param name="descriptor">An open descriptor. From now on this object closes it.</param>
    /// <param name="leaveOpen">Whether it does not: then it leaves it open, blocking as it was, when it is disposed.</param>
    /// <exception cref="ObjectDisposedException">The descriptor is closed, or the loop has ended; the descriptor stays the caller's.</exception>
    /// <exception cref="ArgumentOutOfRangeException">select only: it is 1024 or more.</exception>
    /// <exception cref="InvalidOperationException">
    /// <see cref="Libunp.Readline"/> has read ahead on the descriptor, and this object would never receive those bytes. Read them first
    /// (<see cref="Libunp.Read"/>).
    /// </exception>
    /// <exception cref="UnpException">EBADF.</exception>
    public LoopSocket(EventLoop loop, SafeHandle descriptor, bool leaveOpen = false)
        : this(loop, descriptor, TypeOf(descriptor), leaveOpen)
    {
    }

    /// <param name="loop">The loop that serves it.</param>
    /// <param name="descriptor">Its descriptor.</param>
    /// <param name="type">SOCK_STREAM..., or 0 for what is no socket. That of an accepted one is known.</param>
    /// <param name="leaveOpen">Whether it is not closed.</param>
    /// <param name="isNonBlocking">Whether it is non-blocking already.</param>
    internal LoopSocket(EventLoop loop, SafeHandle descriptor, int type, bool leaveOpen = false, bool isNonBlocking = false)
    {
        ArgumentNullException.ThrowIfNull(loop);
        ObjectDisposedException.ThrowIf(loop.IsClosed, loop);
        this.loop = loop;
        this.descriptor = descriptor;
        this.leaveOpen = leaveOpen;
        Type = type;

        // Held until it is closed here, so that the number cannot become another's under a call.
        bool held = false;
        descriptor.DangerousAddRef(ref held);
        try
        {
            Number = (int)descriptor.DangerousGetHandle();
            if (!loop.Poller.Fits(descriptor))
                throw new ArgumentOutOfRangeException(null, $"fd {Number} does not fit into a set of {FdSet.Capacity}");
            reader = new ReadOperation(this);
            wasBlocking = !isNonBlocking && !Libunp.Set_nonblock(descriptor);
            loop.Join(this);
        }
        catch
        {
            RestoreBlocking();
            descriptor.DangerousRelease();
            throw;
        }
    }

    /// <summary>The loop that serves it.</summary>
    public EventLoop Loop => loop;

    /// <summary>The descriptor, for socket options, addresses and whatever else does not wait. It is not to be disposed, nor read or written.</summary>
    public SafeHandle Descriptor => descriptor;

    /// <summary>SOCK_STREAM, SOCK_DGRAM..., or 0 of what is no socket.</summary>
    public int Type { get; }

    internal int Number { get; }

    internal ReadOperation Reader => reader;

    /// <summary>
    /// What writes that have to wait, made for the first: most connections never wait for room, and do without its memory, which would have to come into the
    /// cache for each of many connections' requests.
    /// </summary>
    internal WriteOperation Writer
    {
        get
        {
            WriteOperation operation = Volatile.Read(ref writer) ?? Made(ref writer, new WriteOperation(this));
            if (IsDisposed)
                operation.Refuse(); // who has disposed it may have found none to refuse
            return operation;
        }
    }

    /// <summary>The reader of the error queue, which waits beside the other reader.</summary>
    internal ReadOperation Errors
    {
        get
        {
            ReadOperation operation = Volatile.Read(ref errors) ?? Made(ref errors, new ReadOperation(this, readsErrors: true));
            if (IsDisposed)
                operation.Refuse();
            return operation;
        }
    }

    internal bool IsSocket => Type != 0;

    /// <summary>Whether a read that does not fill its buffer has read all there was: of all but messages.</summary>
    internal bool IsStream => Type == SOCK_STREAM || Type == 0;

    /// <summary>What a stream has failed with; the kernel says it once, and after that that it is at its end.</summary>
    internal Exception? ReceiveFailure { get; set; }

    /// <summary>
    /// What a send was told that a receive will not be: of a lost connection the kernel tells one of the two, and the other that it is at its end, which
    /// would look as if the peer had sent all.
    /// </summary>
    internal Exception? Loss { get; private set; }

    /// <summary>A send has failed.</summary>
    internal void NoteLoss(UnpException failure)
    {
        Errno error = failure.Errno;
        if (IsStream && (error == Errno.ECONNRESET || error == Errno.ETIMEDOUT || error == Errno.EHOSTUNREACH || error == Errno.ENETUNREACH))
            Loss ??= failure;
    }

    internal bool IsDisposed => Volatile.Read(ref isDisposed);

    /// <summary><c>shutdown(2)</c>: ends one or both directions (section 6.6). What was sent before still goes.</summary>
    /// <param name="how">SHUT_RD, SHUT_WR or SHUT_RDWR.</param>
    /// <exception cref="UnpException">ENOTCONN, EINVAL.</exception>
    public void Shutdown(int how)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        Libunp.Shutdown(descriptor, how);
    }

    /// <summary>
    /// Closes it, and ends what waits with an <see cref="ObjectDisposedException"/>. On another thread than the loop's the loop is asked to, and does it
    /// later: <see cref="DisposeAsync"/> tells when.
    /// </summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref isDisposed, true))
            return;
        Refuse();
        if (loop.IsCurrent)
            Close();
        else
            loop.TryPostOwn(static socket => ((LoopSocket)socket!).Close(), this); // a loop that takes no more work closes it itself
    }

    /// <summary>As <see cref="Dispose"/>, and completes when the descriptor is closed.</summary>
    public ValueTask DisposeAsync()
    {
        Dispose();
        if (loop.IsCurrent)
            return default;
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return loop.TryPostOwn(static done => ((TaskCompletionSource)done!).SetResult(), closed)
            ? new ValueTask(closed.Task)
            : new ValueTask(loop.Completion.ContinueWith(static _ => { }, TaskScheduler.Default));
    }

    /// <summary><c>"fd 5 (closed)"</c>, or without that.</summary>
    public override string ToString() => $"fd {Number}{(IsDisposed ? " (closed)" : "")}";

    /// <summary>Closes it, once. Only on the loop's thread.</summary>
    internal void Close()
    {
        Volatile.Write(ref isDisposed, true);
        if (isClosed)
            return;
        isClosed = true;
        Refuse();
        Unwatch();
        pause?.Timer?.Dispose();
        loop.Leave(this);
        if (leaveOpen)
            RestoreBlocking();
        descriptor.DangerousRelease();
        if (!leaveOpen)
            descriptor.Dispose();
        reader.Fail(Closed);
        writer?.Fail(Closed);
        errors?.Fail(Closed);
    }

    /// <summary>Closes it; what waits, and what comes, gets this instead of an <see cref="ObjectDisposedException"/>.</summary>
    internal void Close(Exception reason)
    {
        Interlocked.CompareExchange(ref closeReason, reason, null);
        Dispose();
    }

    internal Exception Closed() => closeReason ?? new ObjectDisposedException(ToString());

    void Refuse()
    {
        reader.Refuse();
        Volatile.Read(ref writer)?.Refuse();
        Volatile.Read(ref errors)?.Refuse();
    }

    static T Made<T>(ref T? place, T made)
        where T : LoopOperation => Interlocked.CompareExchange(ref place, made, null) ?? made;

    void RestoreBlocking()
    {
        if (wasBlocking && !descriptor.IsClosed)
            Libunp.Set_nonblock(descriptor, on: false);
    }

    static int TypeOf(SafeHandle descriptor)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        if (Libunp.Readlinebuf(descriptor) is { Length: > 0 } rest)
            throw new InvalidOperationException(
                $"{descriptor} has {rest.Length} bytes that were read ahead; read them before a loop takes the descriptor over.");
        int type = 0;
        uint length = sizeof(int);
        if (getsockopt(descriptor, SOL_SOCKET, SO_TYPE, &type, &length) == 0)
            return type;
        return Errno.Last == Errno.ENOTSOCK ? 0 : throw new UnpException(Errno.Last, "getsockopt", descriptor.ToString());
    }
}
