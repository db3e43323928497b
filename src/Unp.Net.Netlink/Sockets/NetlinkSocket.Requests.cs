using static Unp.Net.Libc;

namespace Unp.Net.Netlink;

// Requests and their answers.
public sealed partial class NetlinkSocket
{
    NetlinkAnswers? open;

    /// <summary>Sends a request that the kernel acknowledges, and waits for the acknowledgement.</summary>
    /// <param name="request">The request. Its flags and sequence number are completed.</param>
    /// <param name="subject">The link, prefix or other object for the message of an exception, or null.</param>
    /// <returns>The warning that the kernel added to its acknowledgement, or null.</returns>
    /// <exception cref="NetlinkException">The kernel refused the request. EPERM: the request needs CAP_NET_ADMIN.</exception>
    /// <exception cref="UnpException">
    /// ENOBUFS: the acknowledgement was lost, because the receive buffer was full of notifications. The kernel may have executed the
    /// request. ETIMEDOUT: <see cref="Timeout"/> has passed.
    /// </exception>
    public string? Execute(NetlinkMessageWriter request, string? subject = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        return NetlinkWait.Result(FinishAsync(Query(request, subject), NetlinkWait.Blocking));
    }

    /// <summary>
    /// Sends a request that the kernel acknowledges, and awaits the acknowledgement. The socket must have an event loop.
    /// </summary>
    /// <param name="request">The request. Its flags and sequence number are completed.</param>
    /// <param name="subject">The link, prefix or other object for the message of an exception, or null.</param>
    /// <param name="cancellationToken">
    /// Ends the wait. The kernel may have done the request. A late acknowledgement is dropped, so the socket can be used further.
    /// </param>
    /// <returns>The warning that the kernel added to its acknowledgement, or null.</returns>
    /// <exception cref="NetlinkException">The kernel refused the request. EPERM: the request needs CAP_NET_ADMIN.</exception>
    /// <exception cref="UnpException">
    /// ENOBUFS: the acknowledgement was lost, because the receive buffer was full of notifications; the kernel may have done the request.
    /// </exception>
    /// <exception cref="InvalidOperationException">The socket has no event loop.</exception>
    /// <exception cref="ObjectDisposedException">The socket or its loop is closed, or was closed during the wait.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask<string?> ExecuteAsync(
        NetlinkMessageWriter request, string? subject = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        NetlinkWait wait = Awaiting(cancellationToken);
        return cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<string?>(cancellationToken)
            : FinishAsync(Query(request, subject), wait);
    }

    /// <summary>
    /// Sends a request and returns its answers for <c>foreach</c>, or for <c>await foreach</c> if the socket has an event loop.
    /// </summary>
    /// <remarks>
    /// If the previous request's answers were not all read, they are received and dropped first, because the kernel runs only one dump
    /// per socket.
    /// </remarks>
    /// <param name="request">The request. Its flags and sequence number are completed.</param>
    /// <param name="subject">The link, prefix or other object for the message of an exception, or null.</param>
    /// <returns>The answers, which are valid until the next request.</returns>
    /// <exception cref="UnpException">EMSGSIZE: the request is longer than the send buffer.</exception>
    public NetlinkAnswers Query(NetlinkMessageWriter request, string? subject = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        FinishOpenAnswers();
        uint sequence = Send(request);
        return open = new NetlinkAnswers(this, request, sequence, subject);
    }

    /// <summary>Sends a request without waiting. <see cref="Receive"/> or <see cref="TryReceive"/> receives the answers.</summary>
    /// <param name="request">The request. Its flags and sequence number are completed.</param>
    /// <returns>The sequence number, which the answers repeat.</returns>
    /// <exception cref="UnpException">EMSGSIZE: the request is longer than the send buffer.</exception>
    public uint Send(NetlinkMessageWriter request)
    {
        ArgumentNullException.ThrowIfNull(request);
        ReadOnlySpan<byte> bytes = request.Written;
        ref nlmsghdr header = ref request.Header;
        header.nlmsg_flags |= (ushort)(NLM_F_REQUEST | NLM_F_ACK); // a dump ends with NLMSG_DONE instead of the acknowledgement
        if (++lastSequence == 0)
            lastSequence = 1; // 0 marks notifications
        header.nlmsg_seq = lastSequence;
        header.nlmsg_pid = PortId;
        Libunp.Send(Descriptor, bytes);
        return lastSequence;
    }

    static async ValueTask<string?> FinishAsync(NetlinkAnswers answers, NetlinkWait wait)
    {
        while (await answers.MoveNextAsync(wait).ConfigureAwait(false))
        {
            // With NLM_F_ECHO the kernel also sends what it has made.
        }
        return answers.Warning;
    }

    void FinishOpenAnswers()
    {
        NetlinkAnswers? unread = open;
        open = null;
        unread?.Abandon();
    }
}
