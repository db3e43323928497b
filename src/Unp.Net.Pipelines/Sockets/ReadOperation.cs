using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Threading.Tasks.Sources;
using static Unp.Net.Libc;

namespace Unp.Net.Pipelines;

/// <summary>The reading direction of a socket, or the reader of its error queue. LoopOperation.cs describes its states.</summary>
[SuppressMessage(
    "Reliability", "CA1001:Types that own disposable fields should be disposable", Justification = "The caller owns an accepted socket.")]
sealed unsafe class ReadOperation(LoopSocket socket, bool readsErrors = false)
    : LoopOperation(socket.Loop), IValueTaskSource<ReceivedBlock>, IValueTaskSource<ReceivedDatagram>, IValueTaskSource<LoopMessage>,
        IValueTaskSource<LoopSocket>
{
    enum Kind
    {
        Wait,
        Receive,
        ReceiveDeferred,
        ReceiveBlock,
        ReceiveFrom,
        ReceiveMessage,
        Accept,
    }

    Kind kind;
    Memory<byte> buffer;
    IReceiver? receiver;
    MemoryPool<byte>? pool;
    CountedBlock? block;
    Details? details;

    readonly int number = socket.Number;
    readonly bool isSocket = socket.IsSocket;
    readonly bool isStream = socket.IsStream && !readsErrors;

    /// <summary>Fields that only messages and listeners need, allocated on first use to keep each connection small.</summary>
    sealed class Details
    {
        public LoopSocket? Accepted;
        public EventLoop? Owner;
        public SockAddr From;
        public Memory<byte> Control;
        public Memory<Fd> Descriptors;
        public int Flags;
        public LoopMessage Message;

        /// <summary>The longest wait of this use; null for none.</summary>
        public TimeSpan? Timeout;

        /// <summary>
        /// The timer of all waits with a time-out. The end of a wait leaves it set, because the next such wait usually postpones it, which
        /// costs less than setting it again.
        /// </summary>
        public LoopTimer? Timer;
    }

    public void BeginWait(CancellationToken cancellationToken)
    {
        Claim();
        kind = Kind.Wait;
        IsWorthTrying = false;
        Start(cancellationToken);
    }

    public bool BeginReceive(Memory<byte> target, CancellationToken cancellationToken)
    {
        Claim();
        kind = Kind.Receive;
        buffer = target;
        return Start(cancellationToken);
    }

    public bool BeginReceive(Memory<byte> target, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        Claim();
        kind = Kind.Receive;
        buffer = target;
        details ??= new Details();
        details.Timeout = timeout;
        return Start(cancellationToken);
    }

    /// <summary>Receives into memory that the receiver supplies when data are available.</summary>
    public bool BeginReceive(IReceiver deferred, CancellationToken cancellationToken)
    {
        Claim();
        kind = Kind.ReceiveDeferred;
        receiver = deferred;
        return Start(cancellationToken);
    }

    public bool BeginReceive(MemoryPool<byte> blocks, CancellationToken cancellationToken)
    {
        Claim();
        kind = Kind.ReceiveBlock;
        if (pool != blocks)
            pool = blocks; // usually the same, and a write of a reference costs more than a comparison
        return Start(cancellationToken);
    }

    public bool BeginReceiveFrom(Memory<byte> target, CancellationToken cancellationToken)
    {
        Claim();
        kind = Kind.ReceiveFrom;
        buffer = target;
        details ??= new Details();
        return Start(cancellationToken);
    }

    public bool BeginReceiveMessage(
        Memory<byte> target, Memory<byte> control, Memory<Fd> descriptors, int flags, CancellationToken cancellationToken)
    {
        if (control.IsEmpty && descriptors.Length > ControlSpace.MaxRights)
        {
            throw new ArgumentException(
                $"The buffer has space for {descriptors.Length} descriptors; a message carries at most {ControlSpace.MaxRights}.",
                nameof(descriptors));
        }
        Claim();
        kind = Kind.ReceiveMessage;
        buffer = target;
        details ??= new Details();
        (details.Control, details.Descriptors, details.Flags) = (control, descriptors, flags);
        return Start(cancellationToken);
    }

    public bool BeginAccept(EventLoop connectionOwner, CancellationToken cancellationToken)
    {
        Claim();
        kind = Kind.Accept;
        details ??= new Details();
        details.Owner = connectionOwner;
        return Start(cancellationToken);
    }

    public int TakeCount() => TakeResult();

    public ReceivedBlock TakeBlock()
    {
        var received = new ReceivedBlock(block, Count);
        TakeResult();
        return received;
    }

    public ReceivedDatagram TakeDatagram()
    {
        var datagram = new ReceivedDatagram(Count, details!.From);
        TakeResult();
        return datagram;
    }

    public LoopMessage TakeMessage()
    {
        LoopMessage message = details!.Message;
        TakeResult();
        return message;
    }

    public LoopSocket TakeAccepted()
    {
        LoopSocket connection = details!.Accepted!;
        TakeResult();
        return connection;
    }

    ReceivedBlock IValueTaskSource<ReceivedBlock>.GetResult(short token)
    {
        EndAwait(token);
        return TakeBlock();
    }

    ReceivedDatagram IValueTaskSource<ReceivedDatagram>.GetResult(short token)
    {
        EndAwait(token);
        return TakeDatagram();
    }

    LoopMessage IValueTaskSource<LoopMessage>.GetResult(short token)
    {
        EndAwait(token);
        return TakeMessage();
    }

    LoopSocket IValueTaskSource<LoopSocket>.GetResult(short token)
    {
        EndAwait(token);
        return TakeAccepted();
    }

    protected override Exception? Refusal => socket.IsDisposed ? socket.GetCloseReason() : null;

    protected override void Watch() => socket.Watch(readsErrors ? socket.ErrorInterest : PollEvents.Readable);

    protected override void OnWaitStarted()
    {
        if (details?.Timeout is not { } timeout)
            return;
        if (details.Timer is { } timer)
            timer.Change(timeout);
        else if (!Loop.IsClosed) // otherwise the loop is about to close the socket, which ends the wait
            details.Timer = Loop.ScheduleOwn(timeout, static operation => ((ReadOperation)operation!).OnTimer(), this);
    }

    /// <summary>Disposes the timer of the time-outs, if there is one. Only when the socket is closed.</summary>
    public void DisposeTimer() => details?.Timer?.Dispose();

    /// <summary>
    /// Ends a wait whose time is over. Without a wait, or if the current wait has no time-out, the timer is left from an earlier one. Data
    /// that have arrived are received rather than reported as late.
    /// </summary>
    void OnTimer()
    {
        if (IsWaiting && details!.Timeout is not null && !OnReady())
            Fail(static () => new TimeoutException("No data arrived before the time-out."));
    }

    protected override void ClearReferences()
    {
        buffer = default;
        block = null;
        if (details is not null)
        {
            (details.Control, details.Descriptors, details.Message) = (default, default, default);
            (details.Owner, details.Accepted, details.Timeout) = (null, null, null);
        }
    }

    protected override bool Attempt()
    {
        switch (kind)
        {
            case Kind.Receive:
                return Receive();
            case Kind.ReceiveDeferred:
                return ReceiveDeferred();
            case Kind.ReceiveBlock:
                return ReceiveBlock();
            case Kind.ReceiveFrom:
                return ReceiveFrom();
            case Kind.ReceiveMessage:
                return ReceiveMessage();
            case Kind.Accept:
                return Accept();
            default:
                IsWorthTrying = true;
                return true;
        }
    }

    bool Receive()
    {
        nint n;
        fixed (byte* first = buffer.Span)
        {
            do
                n = isSocket ? recv(number, first, (nuint)buffer.Length, 0) : read(number, first, (nuint)buffer.Length);
            while (n < 0 && Errno.Last == Errno.EINTR);
        }
        return CompleteReceive(n, "recv");
    }

    bool ReceiveDeferred()
    {
        Count = 0;
        if (receiver!.IsInterrupted)
            return true;
        buffer = receiver.GetMemory();
        bool isDone = Receive();
        receiver.Advance(Count);
        return isDone;
    }

    /// <summary>
    /// Receives into a rented block. The block is returned at once if the operation must wait, fails or receives no bytes.
    /// </summary>
    bool ReceiveBlock()
    {
        Count = 0;
        IMemoryOwner<byte> rented = pool!.Rent();
        try
        {
            buffer = rented.Memory;
            bool isDone = Receive();
            if (Count > 0)
                block = CountedBlock.Of(rented);
            return isDone;
        }
        finally
        {
            buffer = default;
            if (block is null)
                rented.Dispose();
        }
    }

    bool ReceiveFrom()
    {
        nint n;
        do
            n = recvfrom(number, buffer.Span, 0, out details!.From);
        while (n < 0 && Errno.Last == Errno.EINTR);
        return CompleteReceive(n, "recvfrom");
    }

    bool ReceiveMessage()
    {
        bool received = Libunp.TryRecvmsg(
            socket.Descriptor, buffer.Span, out ReceivedMessage message, details!.Flags, details.Control.Span, details.Descriptors.Span);
        details.Message = received ? new LoopMessage(in message, details.Control) : default;
        return CompleteReceive(received ? Math.Min(message.Length, buffer.Length) : -1, "recvmsg");
    }

    bool CompleteReceive(nint n, string function)
    {
        if (n < 0)
            return FailUnlessWouldBlock(function);
        if (n == 0 && !readsErrors && socket.ConnectionLoss is { } loss)
        {
            Error = socket.ReceiveFailure = loss;
            return true;
        }
        Count = (int)n;

        // A read that has not filled its buffer has taken all data. So the next read waits at once, which saves a call that fails with
        // EAGAIN. If data have arrived since, the poller reports them. The end of a stream can be read again, and another message may be
        // queued.
        IsWorthTrying = n == buffer.Length || n == 0 || !isStream;
        Loop.CountReceived((int)n);
        return true;
    }

    bool Accept()
    {
        if (!Libunp.TryAccept(socket.Descriptor, out Fd? connection, out _, isNonBlocking: true))
            return FailUnlessWouldBlock("accept");
        IsWorthTrying = true;
        try
        {
            details!.Accepted = new LoopSocket(details.Owner!, connection, socket.Type, isNonBlocking: true);
        }
        catch (Exception e) when (e is ObjectDisposedException or ArgumentOutOfRangeException)
        {
            // The owner's loop has ended, or cannot watch the descriptor (select).
            connection.Dispose();
            Error = e;
        }
        return true;
    }

    /// <summary>Sets <see cref="LoopOperation.Error"/> after a call that has failed, unless the error is EAGAIN.</summary>
    /// <returns>False after EAGAIN.</returns>
    bool FailUnlessWouldBlock(string function)
    {
        Errno error = Errno.Last;
        if (error == Errno.EAGAIN)
        {
            WouldBlock = true;
            return false;
        }
        Error = new UnpException(error, function, socket.Name);
        if (isStream)
            socket.ReceiveFailure ??= Error;
        return true;
    }
}
