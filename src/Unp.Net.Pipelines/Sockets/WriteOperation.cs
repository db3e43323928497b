using System.Buffers;
using System.Runtime.InteropServices;
using static Unp.Net.Libc;

namespace Unp.Net.Pipelines;

/// <summary>The writing side of a socket.</summary>
sealed unsafe partial class WriteOperation(LoopSocket socket) : LoopOperation(socket.Loop)
{
    enum Kind
    {
        Wait,
        Send,
        SendPieces,
        SendTo,
        SendMessage,
        Connect,
    }

    // The runtime ignores SIGPIPE; this keeps it quiet in a host that does not. macOS has no such flag.
    static readonly int NoSignal = OperatingSystem.IsMacOS() ? 0 : MSG_NOSIGNAL;

    readonly int number = socket.Number;
    readonly bool isSocket = socket.IsSocket;
    Kind kind;
    ReadOnlyMemory<byte> buffer;
    int sent;
    Details? details;

    /// <summary>What few sockets need, made when it is first used: an idle connection is small without.</summary>
    sealed class Details
    {
        public SockAddr To;
        public ReadOnlySequence<byte> Pieces;
        public ReadOnlyMemory<byte> Control;
        public ReadOnlyMemory<SafeHandle> Descriptors;
        public int Flags;
        public bool IsConnecting;
        public LoopTimer? Retry;
    }

    /// <summary>Sends what goes, in one call.</summary>
    /// <returns>How many bytes; -1 if <see cref="Errno.Last"/> says why none.</returns>
    public static nint Send(int number, bool isSocket, ReadOnlySpan<byte> data)
    {
        nint n;
        fixed (byte* first = data)
        {
            do
                n = isSocket ? send(number, first, (nuint)data.Length, NoSignal) : write(number, first, (nuint)data.Length);
            while (n < 0 && Errno.Last == Errno.EINTR);
        }
        return n;
    }

    public bool BeginWait(CancellationToken cancellationToken)
    {
        Begin(Kind.Wait);
        return IsDoneAtOnce(cancellationToken);
    }

    public bool BeginSend(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        Begin(Kind.Send);
        buffer = data;
        return IsDoneAtOnce(cancellationToken);
    }

    /// <summary>Goes on after a <see cref="Send(int, bool, ReadOnlySpan{byte})"/> that was not all.</summary>
    public void BeginSend(ReadOnlyMemory<byte> data, nint went, CancellationToken cancellationToken)
    {
        Begin(Kind.Send);
        buffer = data;
        StartAfter(Sent(went, data.Length, "send"), cancellationToken);
    }

    public bool BeginSend(in ReadOnlySequence<byte> data, CancellationToken cancellationToken)
    {
        Begin(Kind.SendPieces);
        details ??= new Details();
        details.Pieces = data;
        return IsDoneAtOnce(cancellationToken);
    }

    public bool BeginSendTo(ReadOnlyMemory<byte> data, in SockAddr to, CancellationToken cancellationToken)
    {
        Begin(Kind.SendTo);
        buffer = data;
        details ??= new Details();
        details.To = to;
        return IsDoneAtOnce(cancellationToken);
    }

    public bool BeginSendMessage(
        ReadOnlyMemory<byte> data, ReadOnlyMemory<byte> control, ReadOnlyMemory<SafeHandle> descriptors, int flags, in SockAddr to,
        CancellationToken cancellationToken)
    {
        Begin(Kind.SendMessage);
        buffer = data;
        details ??= new Details();
        (details.Control, details.Descriptors, details.Flags, details.To) = (control, descriptors, flags, to);
        return IsDoneAtOnce(cancellationToken);
    }

    public bool BeginConnect(in SockAddr address, CancellationToken cancellationToken)
    {
        Begin(Kind.Connect);
        details ??= new Details();
        details.To = address;
        details.IsConnecting = false;
        return IsDoneAtOnce(cancellationToken);
    }

    /// <summary>Whether it is done; if not it is the source of a ValueTask.</summary>
    bool IsDoneAtOnce(CancellationToken cancellationToken)
    {
        bool isDone = Start(cancellationToken);
        if (isDone)
            Take();
        return isDone;
    }

    void Begin(Kind what)
    {
        Claim();
        kind = what;
        IsWorthTrying = what != Kind.Wait;
        sent = 0;
    }

    protected override Exception? Refusal => socket.IsDisposed ? socket.Closed() : null;

    protected override void Watch()
    {
        // Before a connection is in progress there is nothing to watch: a timer tries again.
        if (kind != Kind.Connect || details!.IsConnecting)
            socket.Watch(PollEvents.Writable);
    }

    protected override void Unpark()
    {
        if (details is not null)
            details.Retry?.Dispose();
    }

    protected override void Forget()
    {
        buffer = default;
        if (details is not null)
            (details.Pieces, details.Control, details.Descriptors, details.Retry) = (default, default, default, null);
    }

    protected override bool Attempt() => kind switch
    {
        Kind.Send => Send(),
        Kind.SendPieces => SendPieces(),
        Kind.SendTo => SendTo(),
        Kind.SendMessage => SendMessage(),
        Kind.Connect => Connect(),
        _ => IsWorthTrying = true,
    };

    bool Send() => Sent(Send(number, isSocket, buffer.Span[sent..]), buffer.Length, "send");

    bool SendTo()
    {
        nint n;
        do
            n = sendto(number, buffer.Span[sent..], NoSignal, in details!.To);
        while (n < 0 && Errno.Last == Errno.EINTR);
        return Sent(n, buffer.Length, "sendto");
    }

    /// <summary>On a stream control data and descriptors go with the first byte, and what there was no room for goes alone.</summary>
    bool SendMessage()
    {
        if (sent > 0)
            return Send();
        int n;
        try
        {
            if (!Libunp.TrySendmsg(socket.Descriptor, buffer.Span, out n, details!.Flags, in details.To, details.Control.Span, details.Descriptors.Span))
                n = -1;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // One of the descriptors is null or closed or has unread read-ahead, or there is no byte for them to go with.
            Error = e;
            return true;
        }
        return Sent(n, buffer.Length, "sendmsg");
    }

    /// <summary>Whether that was all. The rest, of a stream, waits for room: a call that does not take all would not take more if it were made again.</summary>
    bool Sent(nint n, long length, string function)
    {
        if (n < 0)
        {
            Errno error = Errno.Last;
            if (error == Errno.EAGAIN)
            {
                HasFoundNothing = true;
                return false;
            }
            var failure = new UnpException(error, function, $"{function} error: {error.Message} ({socket})", sent);
            socket.NoteLoss(failure);
            Error = failure;
            return true;
        }
        sent += (int)n;
        Loop.CountSent((int)n);
        return sent == length;
    }
}
