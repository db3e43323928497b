using System.Runtime.InteropServices;
using Unp.Net.Pipelines;

namespace Unp.Net.Netlink.Tests;

/// <summary>Requests on an event loop that wait for their answer, and end before it.</summary>
/// <remarks>
/// A socket of NETLINK_FIB_LOOKUP answers only a request of full length, with the sequence number that it states. So a test decides when an
/// answer arrives.
/// </remarks>
public sealed class AsyncRequestTests : IDisposable
{
    const int LookupSize = 32;

    readonly NetworkNamespace host = new();
    readonly EventLoop loop = new();
    readonly NetlinkSocket netlink;
    readonly NetlinkMessageWriter request = new();

    public AsyncRequestTests()
    {
        netlink = new NetlinkSocket(loop, host.Socket(AF_NETLINK, SOCK_RAW, NETLINK_FIB_LOOKUP));
    }

    public void Dispose()
    {
        netlink.Dispose();
        loop.Dispose();
        host.Dispose();
    }

    NetlinkMessageWriter Unanswered()
    {
        request.Begin(NLMSG_MIN_TYPE);
        return request;
    }

    /// <summary>Makes the kernel answer a request that was sent before.</summary>
    void Answer(uint sequence)
    {
        var bytes = new byte[NetlinkMessage.HeaderSize + LookupSize];
        MemoryMarshal.Write(bytes, new nlmsghdr
        {
            nlmsg_len = (uint)bytes.Length,
            nlmsg_type = (ushort)NLMSG_MIN_TYPE,
            nlmsg_flags = (ushort)NLM_F_REQUEST,
            nlmsg_seq = sequence,
            nlmsg_pid = netlink.PortId,
        });
        Libunp.Send(netlink.Descriptor, bytes);
    }

    [Fact]
    public void Late_answer_of_cancelled_request_is_ignored()
    {
        using var source = new CancellationTokenSource();
        Task<string?> cancelled = netlink.ExecuteAsync(Unanswered(), cancellationToken: source.Token).AsTask();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => cancelled.Within());

        NetlinkAnswers answers = netlink.Query(Unanswered());
        Task<bool> next = answers.MoveNextAsync().AsTask();
        Answer(1);
        Answer(2);
        Assert.True(next.Within());
        Assert.Equal(2u, answers.Current.Sequence);
    }

    [Fact]
    public void Cancelled_answers_can_be_awaited_again()
    {
        using var source = new CancellationTokenSource();
        NetlinkAnswers answers = netlink.Query(Unanswered()).WithCancellation(source.Token);
        Task<bool> next = answers.MoveNextAsync().AsTask();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => next.Within());
        Answer(1);
        Assert.True(answers.WithCancellation(default).MoveNextAsync().AsTask().Within());
        Assert.Equal(1u, answers.Current.Sequence);
    }

    [Fact]
    public void Cancelled_token_prevents_send()
    {
        Task<string?> cancelled = netlink.ExecuteAsync(Unanswered(), cancellationToken: new CancellationToken(true)).AsTask();
        Assert.True(cancelled.IsCanceled);
        Assert.Equal(1u, netlink.Send(Unanswered()));
    }

    [Fact]
    public void Dispose_ends_pending_request()
    {
        Task<string?> pending = netlink.ExecuteAsync(Unanswered()).AsTask();
        netlink.Dispose();
        Assert.Throws<ObjectDisposedException>(() => pending.Within());
    }

    [Fact]
    public void End_of_loop_ends_pending_requests()
    {
        using var other = new EventLoop();
        using var client = new NetlinkClient(new NetlinkSocket(other, host.Socket(AF_NETLINK, SOCK_RAW, NETLINK_FIB_LOOKUP)));
        var silent = new NetlinkRequest(writer => writer.Begin(NLMSG_MIN_TYPE));
        Task first = client.ExecuteAsync(silent, default).AsTask(), second = client.ExecuteAsync(silent, default).AsTask();
        other.Dispose();
        Assert.Throws<ObjectDisposedException>(first.Within);
        Assert.Throws<ObjectDisposedException>(second.Within);
    }

    [Fact]
    public void Second_request_is_sent_after_first_has_ended()
    {
        using var client = new NetlinkClient(netlink);
        using var source = new CancellationTokenSource();
        int sent = 0;
        var silent = new NetlinkRequest(writer =>
        {
            writer.Begin(NLMSG_MIN_TYPE);
            sent++;
        });
        Task first = client.ExecuteAsync(silent, source.Token).AsTask(), second = client.ExecuteAsync(silent, default).AsTask();
        Assert.Equal(1, sent);
        InvalidOperationException refused = Assert.Throws<InvalidOperationException>(() => client.Execute(silent));
        Assert.Contains("pending", refused.Message, StringComparison.Ordinal);
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(first.Within);
        Limit.Until(() => Volatile.Read(ref sent) == 2, "the second request is sent");
        netlink.Dispose();
        Assert.Throws<ObjectDisposedException>(second.Within);
    }

    [Fact]
    public void Waiting_request_leaves_queue_when_cancelled()
    {
        using var client = new NetlinkClient(netlink);
        using var source = new CancellationTokenSource();
        var silent = new NetlinkRequest(writer => writer.Begin(NLMSG_MIN_TYPE));
        Task first = client.ExecuteAsync(silent, default).AsTask(), second = client.ExecuteAsync(silent, source.Token).AsTask();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(second.Within);
        Assert.False(first.IsCompleted);
        netlink.Dispose();
        Assert.Throws<ObjectDisposedException>(first.Within);
    }

    [Fact]
    public void Execution_resumes_on_loop_thread() => loop.RunAsync(async () =>
    {
        ValueTask<bool> next = netlink.Query(Unanswered()).MoveNextAsync();
        Answer(1);
        Assert.True(await next);
        Assert.True(loop.IsCurrent);
    }).Within();

    [Fact]
    public void Socket_without_loop_refuses_to_await()
    {
        using var plain = new NetlinkSocket(host.Socket(AF_NETLINK, SOCK_RAW));
        using var routing = new RtnetlinkSocket(plain);
        Assert.Null(plain.Loop);
        InvalidOperationException refused = Assert.Throws<InvalidOperationException>(
            () => plain.ExecuteAsync(Unanswered()).AsTask().Within());
        Assert.Contains("has no event loop", refused.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => plain.WaitReadableAsync().AsTask().Within());
        Assert.Throws<InvalidOperationException>(() => routing.GetLinksAsync());
        Assert.Throws<InvalidOperationException>(() => routing.FindLinkAsync(1).AsTask().Within());
        Assert.Throws<InvalidOperationException>(() => RtnetlinkMonitor.OpenAsync(
            MonitorTopics.Links, () => new NetlinkSocket(host.Socket(AF_NETLINK, SOCK_RAW))).AsTask().Within());
    }

    [Fact]
    public void Notification_is_awaited_and_received()
    {
        using var groups = new NetlinkSocket(loop, host.Socket(AF_NETLINK, SOCK_RAW));
        groups.Join(RTNLGRP_LINK);
        Task readable = groups.WaitReadableAsync().AsTask();
        Assert.False(readable.IsCompleted);
        host.Run("ip link set lo mtu 1500");
        readable.Within();
        Assert.True(groups.TryReceive(out NetlinkMessages messages));
        Assert.True(messages.MoveNext());
        Assert.Equal(RTM_NEWLINK, messages.Current.Type);
    }

    [Fact]
    public void Loop_that_has_ended_is_refused()
    {
        using var other = new EventLoop();
        other.Dispose();
        Assert.Throws<ObjectDisposedException>(() => new NetlinkSocket(other));
        Assert.Throws<ObjectDisposedException>(() => new RtnetlinkSocket(other));
    }
}
