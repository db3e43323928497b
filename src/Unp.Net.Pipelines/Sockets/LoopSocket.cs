using System.Runtime.InteropServices;
using static Unp.Net.Libc;

namespace Unp.Net.Pipelines;

/// <summary>
/// A socket whose operations are awaited and complete on the thread of an <see cref="EventLoop"/>. Any descriptor that a poller can watch
/// is accepted, for example a pipe, a terminal or an eventfd.
/// </summary>
/// <remarks>
/// <para>One read and one write may be pending at a time. A second one throws an <see cref="InvalidOperationException"/>. Reads are
/// <see cref="WaitReadableAsync"/>, accepting and receiving; writes are <see cref="WaitWritableAsync"/>, connecting and sending.
/// <see cref="ReceiveErrorAsync"/> reads the error queue, and may be pending beside another read. An operation counts as pending until its
/// result is awaited.</para>
/// <para>Any thread may start an operation. On the loop's thread the system call is made at once, and the operation waits only after
/// EAGAIN. On another thread the start is posted to the loop. Continuations run on the loop's thread and must not block it, unless
/// <see cref="EventLoopOptions.RunContinuationsAsynchronously"/> is set.</para>
/// <para>The socket owns its descriptor. Dispose the socket, not the handle. Any thread may call <see cref="Dispose"/> at any moment;
/// pending operations then throw an <see cref="ObjectDisposedException"/>.</para>
/// <para>An operation allocates nothing, and a cancellation token allocates only on its first use.</para>
/// <para>Options and other calls that do not wait are functions of <see cref="Libunp"/>. They take the socket's
/// <see cref="Descriptor"/>, for example <see cref="Libunp.Getpeercred"/>.</para>
/// </remarks>
/// <example>An echo server's connection:<code>
/// while (await socket.ReceiveAsync(buffer) is > 0 and int received)
///     await socket.SendAsync(buffer.AsMemory(0, received));
/// </code>
/// The user of the process at the other end of a Unix socket:<code>
/// uint user = Libunp.Getpeercred(socket.Descriptor).UserId;
/// </code></example>
public sealed unsafe partial class LoopSocket : IDisposable, IAsyncDisposable
{
    readonly EventLoop loop;
    readonly SafeHandle descriptor;
    readonly ReadOperation reader;
    WriteOperation? writer;
    ReadOperation? errorReader;
    readonly bool leaveOpen;
    readonly bool wasBlocking;
    PollRegistration? registration;
    Exception? closeReason;
    bool isDisposed;
    bool isClosed;

    /// <summary>Takes over a descriptor, and makes it non-blocking.</summary>
    /// <param name="loop">The loop that serves the socket.</param>
    /// <param name="descriptor">An open descriptor, which the socket closes when it is disposed.</param>
    /// <param name="leaveOpen">Whether the descriptor stays open instead. It becomes blocking again if it was blocking before.</param>
    /// <exception cref="ObjectDisposedException">
    /// The descriptor is closed, or the loop has ended. The caller keeps the descriptor.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">select only: the descriptor is 1024 or more.</exception>
    /// <exception cref="InvalidOperationException">
    /// <see cref="Libunp.Readline"/> has read ahead on the descriptor, and this object would never receive those bytes. Read them first
    /// (<see cref="Libunp.Read"/>).
    /// </exception>
    /// <exception cref="UnpException">EBADF.</exception>
    public LoopSocket(EventLoop loop, SafeHandle descriptor, bool leaveOpen = false)
        : this(loop, descriptor, TypeOf(descriptor), leaveOpen)
    {
    }

    /// <param name="loop">The loop that serves the socket.</param>
    /// <param name="descriptor">The descriptor.</param>
    /// <param name="type">SOCK_STREAM and so on; 0 if the descriptor is not a socket.</param>
    /// <param name="leaveOpen">Whether the descriptor stays open when the socket is disposed.</param>
    /// <param name="isNonBlocking">Whether the descriptor is non-blocking already.</param>
    internal LoopSocket(EventLoop loop, SafeHandle descriptor, int type, bool leaveOpen = false, bool isNonBlocking = false)
    {
        ArgumentNullException.ThrowIfNull(loop);
        ObjectDisposedException.ThrowIf(loop.IsClosed, loop);
        this.loop = loop;
        this.descriptor = descriptor;
        this.leaveOpen = leaveOpen;
        Type = type;

        // The reference is held until Close, so that the number cannot be reused for another file during a call.
        bool held = false;
        descriptor.DangerousAddRef(ref held);
        try
        {
            Number = (int)descriptor.DangerousGetHandle();
            if (!loop.Poller.Fits(descriptor))
                throw new ArgumentOutOfRangeException(null, $"fd {Number} does not fit into a set of {FdSet.Capacity}");
            reader = new ReadOperation(this);
            wasBlocking = !isNonBlocking && !Libunp.SetNonBlocking(descriptor);
            loop.Join(this);
        }
        catch
        {
            RestoreBlocking();
            descriptor.DangerousRelease();
            throw;
        }
    }

    /// <summary>Gets the loop that serves the socket.</summary>
    public EventLoop Loop => loop;

    /// <summary>
    /// Gets the descriptor, for socket options and other calls that do not wait, such as <see cref="Libunp.Getpeercred"/>. Do not dispose,
    /// read or write it.
    /// </summary>
    public SafeHandle Descriptor => descriptor;

    /// <summary>Gets SOCK_STREAM, SOCK_DGRAM and so on, or 0 if the descriptor is not a socket.</summary>
    public int Type { get; }

    internal int Number { get; }

    internal ReadOperation Reader => reader;

    /// <summary>
    /// The write operation, created when a write first has to wait. Most connections never need it, and without it a request touches less
    /// memory.
    /// </summary>
    internal WriteOperation Writer
    {
        get
        {
            WriteOperation operation = Volatile.Read(ref writer) ?? Publish(ref writer, new WriteOperation(this));
            if (IsDisposed)
                operation.RefuseClaims(); // Dispose may have run before the operation existed
            return operation;
        }
    }

    /// <summary>The read operation of the error queue, which may be pending beside <see cref="Reader"/>.</summary>
    internal ReadOperation ErrorReader
    {
        get
        {
            ReadOperation operation = Volatile.Read(ref errorReader)
                ?? Publish(ref errorReader, new ReadOperation(this, readsErrors: true));
            if (IsDisposed)
                operation.RefuseClaims();
            return operation;
        }
    }

    internal bool IsSocket => Type != 0;

    /// <summary>
    /// Whether a read that does not fill its buffer has read all data. That holds unless each read returns one message.
    /// </summary>
    internal bool IsStream => Type == SOCK_STREAM || Type == 0;

    /// <summary>The error of a failed stream. The kernel reports it only once, and afterwards reports the end of the stream.</summary>
    internal Exception? ReceiveFailure { get; set; }

    /// <summary>
    /// The connection error that a send has consumed. The kernel reports a lost connection only once, so a later receive would see an
    /// orderly end of the stream.
    /// </summary>
    internal Exception? ConnectionLoss { get; private set; }

    /// <summary>Records the failure of a send if a receive must report it, too.</summary>
    internal void RecordConnectionLoss(UnpException failure)
    {
        if (IsStream && failure.Errno.IsAny(Errno.ECONNRESET, Errno.ETIMEDOUT, Errno.EHOSTUNREACH, Errno.ENETUNREACH))
            ConnectionLoss ??= failure;
    }

    internal bool IsDisposed => Volatile.Read(ref isDisposed);

    /// <summary>Ends one or both directions: <c>shutdown(2)</c> (UNP 6.6). Data sent earlier is still delivered.</summary>
    /// <param name="how">SHUT_RD, SHUT_WR or SHUT_RDWR.</param>
    /// <exception cref="UnpException">ENOTCONN, EINVAL.</exception>
    public void Shutdown(int how)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        Libunp.Shutdown(descriptor, how);
    }

    /// <summary>
    /// Closes the socket; pending operations throw an <see cref="ObjectDisposedException"/>. On a thread other than the loop's the close is
    /// posted to the loop. Use <see cref="DisposeAsync"/> to wait for it.
    /// </summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref isDisposed, true))
            return;
        RefuseClaims();
        if (loop.IsCurrent)
            Close();
        else
            loop.TryPostOwn(static socket => ((LoopSocket)socket!).Close(), this); // a loop that refuses the work closes its sockets itself
    }

    /// <summary>Closes the socket as <see cref="Dispose"/> does, and completes when the descriptor is closed.</summary>
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

    /// <summary>Closes the socket, if it is not closed yet. Only on the loop's thread.</summary>
    internal void Close()
    {
        Volatile.Write(ref isDisposed, true);
        if (isClosed)
            return;
        isClosed = true;
        RefuseClaims();
        Unwatch();
        pause?.Timer?.Dispose();
        reader.DisposeTimer();
        loop.Leave(this);
        if (leaveOpen)
            RestoreBlocking();
        descriptor.DangerousRelease();
        if (!leaveOpen)
            descriptor.Dispose();
        reader.Fail(GetCloseReason);
        writer?.Fail(GetCloseReason);
        errorReader?.Fail(GetCloseReason);
    }

    /// <summary>
    /// Closes the socket. Pending and later operations throw the reason instead of an <see cref="ObjectDisposedException"/>.
    /// </summary>
    internal void Close(Exception reason)
    {
        Interlocked.CompareExchange(ref closeReason, reason, null);
        Dispose();
    }

    internal Exception GetCloseReason() => closeReason ?? new ObjectDisposedException(Name);

    void RefuseClaims()
    {
        reader.RefuseClaims();
        Volatile.Read(ref writer)?.RefuseClaims();
        Volatile.Read(ref errorReader)?.RefuseClaims();
    }

    static T Publish<T>(ref T? place, T made)
        where T : LoopOperation => Interlocked.CompareExchange(ref place, made, null) ?? made;

    void RestoreBlocking()
    {
        if (wasBlocking && !descriptor.IsClosed)
            Libunp.SetNonBlocking(descriptor, on: false);
    }

    static int TypeOf(SafeHandle descriptor)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        if (Libunp.Readlinebuf(descriptor) is { Length: > 0 } rest)
            throw new InvalidOperationException(
                $"{descriptor} has {rest.Length} unread bytes in its read-ahead buffer. Read them before a loop takes it over.");
        if (getsockopt(descriptor, SOL_SOCKET, SO_TYPE, out int type) == 0)
            return type;
        return Errno.Last == Errno.ENOTSOCK ? 0 : throw new UnpException(Errno.Last, "getsockopt", descriptor.ToString());
    }
}
