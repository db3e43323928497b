using System.Buffers;
using System.IO.Pipelines;
using FsCheck;
using FsCheck.Fluent;

namespace Unp.Net.Pipelines.Tests.Faults;

/// <summary>
/// Property tests with random peers: a connection receives all bytes of the peer in order, or a prefix of them and the right error. The
/// peer receives a prefix of the bytes that were sent. After each connection no socket and no buffer is left.
/// </summary>
public class FaultTests : LoopSuite
{
    static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(100).WithQuietOnSuccess(true);

    [Theory, MemberData(nameof(Mechanisms))]
    public void Socket_receives_sent_bytes_or_error(string mechanism) => Check(mechanism, async (socket, plan) =>
    {
        using LoopSocket own = socket;
        Task<Exception?> sending = End(() => Send(own, plan));
        var got = new List<byte>();
        Exception? end = await End(() => Receive(own, plan, got));
        if (end is Aborted)
        {
            Setsockopt(own.Descriptor, SocketOptions.Linger, TimeSpan.Zero);
            own.Dispose();
        }
        return (got, end, await sending);
    });

    [Theory, MemberData(nameof(Mechanisms))]
    public void Connection_receives_sent_bytes_or_error(string mechanism) => CheckConnection(mechanism, ahead: 0);

    [Theory, MemberData(nameof(Mechanisms))]
    public void Connection_with_read_ahead_receives_sent_bytes_or_error(string mechanism) => CheckConnection(mechanism, ahead: 10_000);

    static void CheckConnection(string mechanism, long ahead)
    {
        var pool = new BlockPool();
        var options = new LoopConnectionOptions { MemoryPool = pool, MaxReadBufferSize = ahead, MaxWriteBufferSize = 10_000 };
        Check(mechanism, async (socket, plan) =>
        {
            var got = new List<byte>();
            Exception? end;
            Task<Exception?> sending;
            await using (var connection = new LoopConnection(socket, options))
            {
                sending = End(() => Send(connection.Output, socket.Loop, plan));
                end = await End(() => Receive(connection.Input, plan, got));
                if (end is Aborted)
                    connection.Abort(end);
                await sending;
            }
            Assert.Equal(0, pool.Rented);
            return (got, end, await sending);
        });
    }

    static void Check(string mechanism, Func<LoopSocket, FaultPlan, Task<(List<byte> Got, Exception? End, Exception? SendEnd)>> serve) =>
        OnLoopOf(mechanism, loop => Prop.ForAll(FaultPlan.Any, plan =>
        {
            var (client, server) = Loopback.TcpPair();
            if (plan.SmallBuffers)
            {
                // The receive buffers keep their size, because small ones would make TCP wait for its timers.
                Array.ForEach([client, server], fd => Setsockopt(fd, SocketOptions.SndBuf, 4096));
            }
            var peer = new FaultyPeer(client, plan);
            Task acting = peer.Run();
            (List<byte> got, Exception? end, Exception? sendEnd) = (null!, null, null);
            loop.RunAsync(async () => (got, end, sendEnd) = await serve(new LoopSocket(loop, server), plan)).Within();
            acting.Within();
            Assert.Equal(0, loop.SocketCount);

            // In any case the received bytes are a prefix of the sent bytes.
            Assert.True(plan.PeerSent.AsSpan().StartsWith(got.ToArray()), "received bytes that were not sent");
            Assert.True(plan.Sent.AsSpan().StartsWith(peer.Got), "the peer received bytes that were not sent");
            if (plan.AbortAt is not null && end is Aborted)
                return;

            bool isAll = got.Count == plan.PeerSent.Length;
            if (!plan.Resets)
                Assert.Equal((null, true, null, true, plan.Sent.Length), (end, isAll, sendEnd, peer.SawEnd, peer.Got.Length));
            else if (end is null)
                Assert.True(
                    isAll && plan.EndsSendingBeforeReset,
                    $"a reset was reported as the end, after {got.Count} of {plan.PeerSent.Length} bytes");
            else
                Assert.Equal(Errno.ECONNRESET, Assert.IsType<UnpException>(end).Errno);
            if (sendEnd is not null)
                Assert.Contains(Assert.IsType<UnpException>(sendEnd).Errno, (Errno[])[Errno.EPIPE, Errno.ECONNRESET, Errno.ENOTCONN]);
        }).Check(Config));

    static void OnLoopOf(string mechanism, Action<EventLoop> work)
    {
        using var loop = new EventLoop(new EventLoopOptions { Mechanism = mechanism });
        work(loop);
    }

    static async Task Send(LoopSocket socket, FaultPlan plan)
    {
        int at = 0;
        foreach (int size in plan.Writes)
        {
            await Pause(socket.Loop, size);
            await socket.SendAsync(plan.Sent.AsMemory(at, size));
            at += size;
        }
        socket.Shutdown(SHUT_WR);
    }

    static async Task Send(PipeWriter output, EventLoop loop, FaultPlan plan)
    {
        int at = 0;
        foreach (int size in plan.Writes)
        {
            await Pause(loop, size);
            await output.WriteAsync(plan.Sent.AsMemory(at, size));
            at += size;
        }
        await output.CompleteAsync();
    }

    static async Task Receive(LoopSocket socket, FaultPlan plan, List<byte> got)
    {
        byte[] buffer = new byte[plan.Reads.Max()];
        for (int i = 0; ; i++)
        {
            AbortIfAsked(plan, got);
            int n = await socket.ReceiveAsync(buffer.AsMemory(0, plan.Reads[i % plan.Reads.Length]));
            if (n == 0)
                return;
            got.AddRange(buffer.AsSpan(0, n));
        }
    }

    static async Task Receive(PipeReader input, FaultPlan plan, List<byte> got)
    {
        for (int i = 0; ; i++)
        {
            AbortIfAsked(plan, got);
            ReadResult read = await input.ReadAsync();
            int size = plan.Reads[i % plan.Reads.Length];
            ReadOnlySequence<byte> taken = read.Buffer.Slice(0, Math.Min(size, read.Buffer.Length));
            got.AddRange(taken.ToArray());

            // The bytes that are not consumed count as examined, or not.
            bool isLast = read.IsCompleted && taken.Length == read.Buffer.Length;
            input.AdvanceTo(taken.End, size % 2 == 0 ? taken.End : read.Buffer.End);
            if (isLast)
                return;
        }
    }

    static void AbortIfAsked(FaultPlan plan, List<byte> got)
    {
        if (got.Count >= plan.AbortAt)
            throw new Aborted();
    }

    static async ValueTask Pause(EventLoop loop, int size)
    {
        if (size % 3 == 0)
            await loop.Delay(TimeSpan.FromMicroseconds(size % 1000));
    }

    static async Task<Exception?> End(Func<Task> work)
    {
        try
        {
            await work();
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }

    sealed class Aborted : Exception;
}
