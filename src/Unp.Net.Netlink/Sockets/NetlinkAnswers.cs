using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using static Unp.Net.Libc;

namespace Unp.Net.Netlink;

/// <summary>The answers to a request, for <c>foreach</c> and <c>await foreach</c>. It allocates nothing per message.</summary>
/// <remarks>
/// <para>Each answer is a view of the socket's buffer, valid until the next <see cref="MoveNext"/>. Answers to other requests and
/// notifications are left out.</para>
/// <para>The enumeration ends where the kernel says so: at NLMSG_DONE or at the acknowledgement. A lost notification (ENOBUFS) does not end
/// it.</para>
/// </remarks>
public sealed class NetlinkAnswers
{
    readonly NetlinkSocket socket;
    readonly NetlinkMessageWriter request;
    readonly uint sequence;
    readonly int type;
    readonly string? subject;
    int position;
    int start, length;
    bool isFirst = true;
    bool isInvalid;
    bool wasOverrun;
    CancellationToken token;

    internal NetlinkAnswers(NetlinkSocket socket, NetlinkMessageWriter request, uint sequence, string? subject)
    {
        this.socket = socket;
        this.request = request;
        this.sequence = sequence;
        this.subject = subject;
        type = request.Type;
    }

    /// <summary>Gets the current answer.</summary>
    /// <exception cref="InvalidOperationException">There is no current answer.</exception>
    public NetlinkMessage Current
    {
        get
        {
            ReadOnlySpan<byte> bytes = length > 0 && !isInvalid ? socket.Received.Slice(start, length) : default;
            return NetlinkMessage.TryRead(ref bytes, out NetlinkMessage message) ? message
                : throw new InvalidOperationException("There is no current answer. Call MoveNext first.");
        }
    }

    /// <summary>
    /// Gets whether the list changed while the kernel sent it (NLM_F_DUMP_INTR), so it may lack entries or have some twice.
    /// </summary>
    /// <remarks>The value is final when <see cref="MoveNext"/> has returned false. The program can then send the request again.</remarks>
    public bool IsInterrupted { get; private set; }

    /// <summary>Gets whether the kernel has applied the filter of the request (NLM_F_DUMP_FILTERED).</summary>
    public bool IsFiltered { get; private set; }

    /// <summary>Gets whether the last answer was read, or the request has failed.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Gets the text that the kernel added to a success, or null.</summary>
    public string? Warning { get; private set; }

    /// <summary>Gets or sets whether ENOENT means that the requested list has no entries.</summary>
    internal bool IsEmptyIfAbsent { get; set; }

    /// <summary>Gets or sets what receives the answers that <see cref="Abandon"/> reads.</summary>
    internal Action<NetlinkAnswers>? Abandoned { get; set; }

    /// <summary>Gets the error of the request if it was found by <see cref="Abandon"/>.</summary>
    internal ExceptionDispatchInfo? Failure { get; private set; }

    string Name => MessageNames.Of(socket.Protocol, type);

    /// <summary>Returns this enumerator. The answers can be enumerated once.</summary>
    public NetlinkAnswers GetEnumerator() => this;

    /// <summary>Returns this enumerator for <c>await foreach</c>. The socket must have an event loop.</summary>
    /// <example>
    /// <code>
    /// await foreach (NetlinkMessage message in netlink.Query(request))
    ///     Console.WriteLine(message.ToString());
    /// </code>
    /// </example>
    public NetlinkAnswers GetAsyncEnumerator() => this;

    /// <summary>Sets the token of <see cref="MoveNextAsync()"/>, and returns this object.</summary>
    /// <param name="cancellationToken">Ends a wait. The next request on the socket drops the rest of the answers.</param>
    public NetlinkAnswers WithCancellation(CancellationToken cancellationToken)
    {
        token = cancellationToken;
        return this;
    }

    /// <summary>Moves to the next answer, and waits for it, at most <see cref="NetlinkSocket.Timeout"/>.</summary>
    /// <returns>Whether there is an answer; false after the last one.</returns>
    /// <exception cref="NetlinkException">The kernel refused the request, or a dump failed on its way.</exception>
    /// <exception cref="UnpException">
    /// ENOBUFS: the end of the answers was lost, because the receive buffer was full of notifications. ETIMEDOUT: no answer arrived in
    /// time. EBADMSG: a message states a length that the datagram does not have.
    /// </exception>
    /// <exception cref="InvalidOperationException">Another request was sent on the socket.</exception>
    public bool MoveNext() => TryMoveNext() ?? NetlinkWait.Result(ReceiveNextAsync(NetlinkWait.Blocking));

    /// <summary>Moves to the next answer, and awaits it on the socket's event loop.</summary>
    /// <returns>Whether there is an answer; false after the last one.</returns>
    /// <exception cref="NetlinkException">The kernel refused the request, or a dump failed on its way.</exception>
    /// <exception cref="UnpException">
    /// ENOBUFS: the end of the answers was lost, because the receive buffer was full of notifications. EBADMSG: a message states a length
    /// that the datagram does not have.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// Another request was sent on the socket, or the socket has no event loop.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The socket or its loop is closed, or was closed during the wait.</exception>
    /// <exception cref="OperationCanceledException">The token of <see cref="WithCancellation"/> was cancelled.</exception>
    public ValueTask<bool> MoveNextAsync() => MoveNextAsync(socket.Awaiting(token));

    /// <summary>Returns the state of the request.</summary>
    public override string ToString() =>
        $"answers to {Name} {sequence}{(IsComplete ? ", complete" : "")}{(IsInterrupted ? ", interrupted" : "")}";

    internal ValueTask<bool> MoveNextAsync(NetlinkWait wait) =>
        TryMoveNext() is { } isThere ? new ValueTask<bool>(isThere) : ReceiveNextAsync(wait);

    /// <summary>Moves to the next answer of the datagram that was received last.</summary>
    /// <returns>Whether there is an answer; false after the last one; null if the next datagram must be received first.</returns>
    internal bool? TryMoveNext()
    {
        if (isInvalid)
            throw new InvalidOperationException("These answers are lost, because another request was sent on the socket.");
        length = 0;
        while (!IsComplete)
        {
            if (!TryTake(out NetlinkMessage message))
                return null;
            if (message.Sequence != sequence || message.PortId != socket.PortId)
                continue;
            int flags = message.Flags;
            IsInterrupted |= (flags & NLM_F_DUMP_INTR) != 0;
            if (message.Type == NLMSG_ERROR || message.Type == NLMSG_DONE)
            {
                Finish(message);
                return false;
            }
            IsFiltered |= (flags & NLM_F_DUMP_FILTERED) != 0;
            if (message.Type == NLMSG_NOOP)
                continue;
            length = message.Bytes.Length;
            return true;
        }
        return false;
    }

    /// <summary>Gives the answers up, because another request follows.</summary>
    /// <remarks>
    /// A dump must end before the next one starts. The kernel makes its parts when they are received, so all are there without a wait. Late
    /// answers of other requests are recognised by their sequence number.
    /// </remarks>
    internal void Abandon()
    {
        try
        {
            while (!IsComplete)
            {
                if (TryMoveNext() is not { } isThere)
                {
                    if (!Begin(socket.ReceiveAvailable()))
                        throw Lost();
                }
                else if (isThere)
                {
                    Abandoned?.Invoke(this);
                }
            }
        }
        catch (Exception e) when (e is NetlinkException or UnpException)
        {
            // The failure belongs to the request that is given up.
            Failure = ExceptionDispatchInfo.Capture(e);
        }
        isInvalid = true;
    }

    /// <summary>Takes the next message of the datagram.</summary>
    bool TryTake(out NetlinkMessage message)
    {
        message = default;
        if (isFirst || position >= socket.Received.Length)
            return false;
        ReadOnlySpan<byte> rest = socket.Received[position..];
        start = position;
        if (!NetlinkMessage.TryRead(ref rest, out message))
        {
            IsComplete = true;
            throw new UnpException(Errno.EBADMSG, Name, subject);
        }
        position = socket.Received.Length - rest.Length;
        return true;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    async ValueTask<bool> ReceiveNextAsync(NetlinkWait wait)
    {
        while (true)
        {
            // The kernel queues an answer before `send` returns, and the next part of a dump before `recvfrom` returns. So an answer that
            // is not in the queue after an overrun is lost, and a wait for it would never end.
            NetlinkSocket.Arrival arrival =
                wasOverrun ? socket.ReceiveAvailable() : await socket.ReceiveDatagramAsync(wait).ConfigureAwait(false);
            if (!Begin(arrival))
                throw Lost();
            if (TryMoveNext() is { } isThere)
                return isThere;
        }
    }

    /// <summary>Begins to read what was received, and returns whether something was.</summary>
    bool Begin(NetlinkSocket.Arrival arrival)
    {
        position = 0;
        isFirst = false;
        wasOverrun |= arrival == NetlinkSocket.Arrival.Overrun;
        return arrival != NetlinkSocket.Arrival.Nothing;
    }

    UnpException Lost()
    {
        IsComplete = true;
        return new UnpException(wasOverrun ? Errno.ENOBUFS : Errno.ETIMEDOUT, Name, subject);
    }

    /// <summary>Reads the error number and the attributes of the last message.</summary>
    void Finish(NetlinkMessage last)
    {
        IsComplete = true;
        ReadOnlySpan<byte> payload = last.Payload;
        NetlinkAttributes details = default;
        MemoryMarshal.TryRead(payload, out int error);
        if ((last.Flags & NLM_F_ACK_TLVS) != 0)
            details = last.GetAttributes(last.Type == NLMSG_DONE ? sizeof(int) : ErrorSize(last));
        if (error < 0 && !(IsEmptyIfAbsent && new Errno(-error) == Errno.ENOENT))
        {
            bool isKept = request.IsBegun && request.Header.nlmsg_seq == sequence;
            throw NetlinkException.From(
                new Errno(-error), details, Name, subject, isKept ? request.Written : default);
        }
        if (details.TryGet(NLMSGERR_ATTR_MSG, out NetlinkAttribute text))
            Warning = text.Text;
    }

    /// <summary>Returns the size of what precedes the attributes: the error, and the request or its header alone.</summary>
    static int ErrorSize(NetlinkMessage error)
    {
        const int Head = sizeof(int) + NetlinkMessage.HeaderSize;
        if ((error.Flags & NLM_F_CAPPED) != 0 || !error.TryGetHeader(out nlmsgerr header))
            return Head;
        long size = sizeof(int) + (long)header.msg.nlmsg_len;
        return size is >= Head and <= int.MaxValue - NetlinkMessage.Alignment ? (int)size : Head;
    }
}
