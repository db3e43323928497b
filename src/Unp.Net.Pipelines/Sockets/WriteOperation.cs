using System.Buffers;
using System.Runtime.InteropServices;
using static Unp.Net.Libc;

namespace Unp.Net.Pipelines;

/// <summary>The writing direction of a socket. LoopOperation.cs describes its states.</summary>
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

    // The .NET runtime ignores SIGPIPE, but a native host may not. macOS has no such flag.
    static readonly int NoSignal = OperatingSystem.IsMacOS() ? 0 : MSG_NOSIGNAL;

    readonly int number = socket.Number;
    readonly bool isSocket = socket.IsSocket;
    Kind kind;
    ReadOnlyMemory<byte> buffer;
    int sent;
    Details? details;

    /// <summary>Fields that few sockets need, allocated on first use to keep each connection small.</summary>
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

    /// <summary>Sends as much as one call accepts.</summary>
    /// <returns>The number of bytes, or -1 with the error in <see cref="Errno.Last"/>.</returns>
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
        Prepare(Kind.Wait);
        return TryCompleteNow(cancellationToken);
    }

    public bool BeginSend(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        Prepare(Kind.Send);
        buffer = data;
        return TryCompleteNow(cancellationToken);
    }

    /// <summary>
    /// Starts the operation for the rest after a <see cref="Send(int, bool, ReadOnlySpan{byte})"/> that did not send all data.
    /// </summary>
    public void BeginSend(ReadOnlyMemory<byte> data, nint alreadySent, CancellationToken cancellationToken)
    {
        Prepare(Kind.Send);
        buffer = data;
        StartAfterAttempt(CompleteSend(alreadySent, data.Length, "send"), cancellationToken);
    }

    public bool BeginSend(in ReadOnlySequence<byte> data, CancellationToken cancellationToken)
    {
        Prepare(Kind.SendPieces);
        details ??= new Details();
        details.Pieces = data;
        return TryCompleteNow(cancellationToken);
    }

    public bool BeginSendTo(ReadOnlyMemory<byte> data, in SockAddr to, CancellationToken cancellationToken)
    {
        Prepare(Kind.SendTo);
        buffer = data;
        details ??= new Details();
        details.To = to;
        return TryCompleteNow(cancellationToken);
    }

    public bool BeginSendMessage(
        ReadOnlyMemory<byte> data, ReadOnlyMemory<byte> control, ReadOnlyMemory<SafeHandle> descriptors, int flags, in SockAddr to,
        CancellationToken cancellationToken)
    {
        Prepare(Kind.SendMessage);
        buffer = data;
        details ??= new Details();
        (details.Control, details.Descriptors, details.Flags, details.To) = (control, descriptors, flags, to);
        return TryCompleteNow(cancellationToken);
    }

    public bool BeginConnect(in SockAddr address, CancellationToken cancellationToken)
    {
        Prepare(Kind.Connect);
        details ??= new Details();
        details.To = address;
        details.IsConnecting = false;
        return TryCompleteNow(cancellationToken);
    }

    /// <summary>Starts the claimed operation, and changes the state to Free if it has succeeded already.</summary>
    /// <returns>True if it has succeeded; false if a ValueTask must be made of this object.</returns>
    bool TryCompleteNow(CancellationToken cancellationToken)
    {
        bool isDone = Start(cancellationToken);
        if (isDone)
            TakeResult();
        return isDone;
    }

    void Prepare(Kind what)
    {
        Claim();
        kind = what;
        IsWorthTrying = what != Kind.Wait;
        sent = 0;
    }

    protected override Exception? Refusal => socket.IsDisposed ? socket.GetCloseReason() : null;

    protected override void Watch()
    {
        // Without a connection in progress there is no event to wait for. A timer makes the next attempt.
        if (kind != Kind.Connect || details!.IsConnecting)
            socket.Watch(PollEvents.Writable);
    }

    protected override void OnWaitEnded()
    {
        if (details is not null)
            details.Retry?.Dispose();
    }

    protected override void ClearReferences()
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
        _ => EndReadinessWait(),
    };

    bool EndReadinessWait()
    {
        IsWorthTrying = true;
        return true;
    }

    bool Send() => CompleteSend(Send(number, isSocket, buffer.Span[sent..]), buffer.Length, "send");

    bool SendTo()
    {
        nint n;
        do
            n = sendto(number, buffer.Span[sent..], NoSignal, in details!.To);
        while (n < 0 && Errno.Last == Errno.EINTR);
        return CompleteSend(n, buffer.Length, "sendto");
    }

    /// <summary>
    /// Sends a message. On a stream the first call sends the control data and the descriptors; later calls send the rest of the data.
    /// </summary>
    bool SendMessage()
    {
        if (sent > 0)
            return Send();
        int n;
        try
        {
            bool isSent = Libunp.TrySendmsg(
                socket.Descriptor, buffer.Span, out n, details!.Flags, in details.To, details.Control.Span, details.Descriptors.Span);
            if (!isSent)
                n = -1;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // A descriptor is null, closed or has unread bytes in its read-ahead buffer, or there is no byte to send with the descriptors.
            Error = e;
            return true;
        }
        return CompleteSend(n, buffer.Length, "sendmsg");
    }

    /// <summary>
    /// Evaluates the result of a call. The rest of a stream's data waits for space, because another call would fail with EAGAIN after a
    /// partial one.
    /// </summary>
    /// <returns>True if all data are sent or the operation has failed; false if it must wait.</returns>
    bool CompleteSend(nint n, long length, string function)
    {
        if (n < 0)
        {
            Errno error = Errno.Last;
            if (error == Errno.EAGAIN)
            {
                WouldBlock = true;
                return false;
            }
            var failure = new UnpException(error, function, socket.Name, sent);
            socket.RecordConnectionLoss(failure);
            Error = failure;
            return true;
        }
        sent += (int)n;
        Loop.CountSent((int)n);
        return sent == length;
    }
}
