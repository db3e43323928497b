using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Threading.Tasks.Sources;
using static Unp.Net.Libc;

namespace Unp.Net.Pipelines;

/// <summary>The reading side of a socket, or the reader of its error queue.</summary>
[SuppressMessage("Reliability", "CA1001:Types that own disposable fields should be disposable", Justification = "What is accepted is the caller's.")]
sealed unsafe class ReadOperation(LoopSocket socket, bool readsErrors = false)
    : LoopOperation(socket.Loop), IValueTaskSource<ReceivedBlock>, IValueTaskSource<ReceivedDatagram>, IValueTaskSource<LoopMessage>, IValueTaskSource<LoopSocket>
{
    enum Kind
    {
        Wait,
        Receive,
        ReceiveLate,
        ReceiveBlock,
        ReceiveFrom,
        ReceiveMessage,
        Accept,
    }

    Kind kind;
    Memory<byte> buffer;
    IReceiver? receiver;
    MemoryPool<byte>? pool;
    IMemoryOwner<byte>? block;
    Details? details;

    readonly int number = socket.Number;
    readonly bool isSocket = socket.IsSocket;
    readonly bool isStream = socket.IsStream && !readsErrors;

    /// <summary>What only messages and listeners need, made when it is first used: an idle connection is small without.</summary>
    sealed class Details
    {
        public LoopSocket? Accepted;
        public EventLoop? Owner;
        public SockAddr From;
        public Memory<byte> Control;
        public Memory<Fd> Descriptors;
        public int Flags;
        public LoopMessage Message;
    }

    public void BeginWait(CancellationToken cancellationToken)
    {
        Claim();
        kind = Kind.Wait;
        IsWorthTrying = false;
        Start(cancellationToken);
    }

    public bool BeginReceive(Memory<byte> room, CancellationToken cancellationToken)
    {
        Claim();
        kind = Kind.Receive;
        buffer = room;
        return Start(cancellationToken);
    }

    /// <summary>Receives into room that is made when there is something to receive.</summary>
    public bool BeginReceive(IReceiver late, CancellationToken cancellationToken)
    {
        Claim();
        kind = Kind.ReceiveLate;
        receiver = late;
        return Start(cancellationToken);
    }

    public bool BeginReceive(MemoryPool<byte> blocks, CancellationToken cancellationToken)
    {
        Claim();
        kind = Kind.ReceiveBlock;
        if (pool != blocks)
            pool = blocks; // it is mostly the same, and to write a reference costs more than to compare it
        return Start(cancellationToken);
    }

    public bool BeginReceiveFrom(Memory<byte> room, CancellationToken cancellationToken)
    {
        Claim();
        kind = Kind.ReceiveFrom;
        buffer = room;
        details ??= new Details();
        return Start(cancellationToken);
    }

    public bool BeginReceiveMessage(Memory<byte> room, Memory<byte> control, Memory<Fd> descriptors, int flags, CancellationToken cancellationToken)
    {
        if (control.IsEmpty && descriptors.Length > ControlSpace.MostRights)
            throw new ArgumentException($"{descriptors.Length} descriptors do not come in one message, {ControlSpace.MostRights} do.", nameof(descriptors));
        Claim();
        kind = Kind.ReceiveMessage;
        buffer = room;
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

    public int TakeCount() => Take();

    public ReceivedBlock TakeBlock()
    {
        var received = new ReceivedBlock(block, Count);
        Take();
        return received;
    }

    public ReceivedDatagram TakeDatagram()
    {
        var datagram = new ReceivedDatagram(Count, details!.From);
        Take();
        return datagram;
    }

    public LoopMessage TakeMessage()
    {
        LoopMessage message = details!.Message;
        Take();
        return message;
    }

    public LoopSocket TakeAccepted()
    {
        LoopSocket connection = details!.Accepted!;
        Take();
        return connection;
    }

    ReceivedBlock IValueTaskSource<ReceivedBlock>.GetResult(short token)
    {
        Conclude(token);
        return TakeBlock();
    }

    ReceivedDatagram IValueTaskSource<ReceivedDatagram>.GetResult(short token)
    {
        Conclude(token);
        return TakeDatagram();
    }

    LoopMessage IValueTaskSource<LoopMessage>.GetResult(short token)
    {
        Conclude(token);
        return TakeMessage();
    }

    LoopSocket IValueTaskSource<LoopSocket>.GetResult(short token)
    {
        Conclude(token);
        return TakeAccepted();
    }

    protected override Exception? Refusal => socket.IsDisposed ? socket.Closed() : null;

    protected override void Watch() => socket.Watch(readsErrors ? socket.ErrorInterest : PollEvents.Readable);

    protected override void Forget()
    {
        buffer = default;
        block = null;
        if (details is not null)
            (details.Control, details.Descriptors, details.Message, details.Owner, details.Accepted) = (default, default, default, null, null);
    }

    protected override bool Attempt()
    {
        switch (kind)
        {
            case Kind.Receive:
                return Receive();
            case Kind.ReceiveLate:
                return ReceiveLate();
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
        fixed (byte* room = buffer.Span)
        {
            do
                n = isSocket ? recv(number, room, (nuint)buffer.Length, 0) : read(number, room, (nuint)buffer.Length);
            while (n < 0 && Errno.Last == Errno.EINTR);
        }
        return Received(n, "recv");
    }

    bool ReceiveLate()
    {
        Count = 0;
        if (receiver!.IsInterrupted)
            return true;
        buffer = receiver.Room();
        bool isDone = Receive();
        receiver.Add(Count);
        return isDone;
    }

    /// <summary>While it waits, and of what is empty, it keeps none.</summary>
    bool ReceiveBlock()
    {
        Count = 0;
        IMemoryOwner<byte> rented = pool!.Rent();
        try
        {
            buffer = rented.Memory;
            bool isDone = Receive();
            if (Count > 0)
                block = rented;
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
        return Received(n, "recvfrom");
    }

    bool ReceiveMessage()
    {
        bool received = Libunp.TryRecvmsg(
            socket.Descriptor, buffer.Span, out ReceivedMessage message, details!.Flags, details.Control.Span, details.Descriptors.Span);
        details.Message = received ? new LoopMessage(in message) : default;
        return Received(received ? Math.Min(message.Length, buffer.Length) : -1, "recvmsg");
    }

    bool Received(nint n, string function)
    {
        if (n < 0)
            return Refused(function);
        if (n == 0 && !readsErrors && socket.Loss is { } loss)
        {
            Error = socket.ReceiveFailure = loss;
            return true;
        }
        Count = (int)n;

        // A read that has not filled its buffer has left nothing: the next one waits at once, and makes no call that says EAGAIN. If something has come
        // since, the poller tells. The end is there for every read; of messages there may be another one.
        IsWorthTrying = n == buffer.Length || n == 0 || !isStream;
        Loop.CountReceived((int)n);
        return true;
    }

    bool Accept()
    {
        if (!Libunp.TryAccept(socket.Descriptor, out Fd? connection, out _, isNonBlocking: true))
            return Refused("accept");
        IsWorthTrying = true;
        try
        {
            details!.Accepted = new LoopSocket(details.Owner!, connection, socket.Type, isNonBlocking: true);
        }
        catch (Exception e) when (e is ObjectDisposedException or ArgumentOutOfRangeException)
        {
            // The loop that should have served it has ended, or cannot watch it.
            connection.Dispose();
            Error = e;
        }
        return true;
    }

    /// <summary>Whether the call failed for good; if not there was nothing to read.</summary>
    bool Refused(string function)
    {
        Errno error = Errno.Last;
        if (error == Errno.EAGAIN)
        {
            HasFoundNothing = true;
            return false;
        }
        Error = new UnpException(error, function, socket.ToString());
        if (isStream)
            socket.ReceiveFailure ??= Error;
        return true;
    }
}
