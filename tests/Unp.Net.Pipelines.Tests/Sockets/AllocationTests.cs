using System.Runtime.CompilerServices;
using Pooling = System.Runtime.CompilerServices.PoolingAsyncValueTaskMethodBuilder;

namespace Unp.Net.Pipelines.Tests.Sockets;

/// <summary>No operation allocates, whether it waits or not.</summary>
public class AllocationTests : LoopSuite
{
    [Theory, MemberData(nameof(Mechanisms))]
    public void Stream_operations_allocate_nothing(string mechanism) => OnLoop(mechanism, async loop =>
    {
        var (first, second) = TcpPair(loop);
        using (first)
        using (second)
        {
            byte[] buffer = new byte[64], answer = new byte[64];
            using var source = new CancellationTokenSource();
            CancellationToken token = source.Token;
            var sequence = StreamTests.Cut(new byte[64], 4);
            Task echo = Echo(second);
            await AllocationCheck.AssertFreeAsync("receive that waits", [AsyncMethodBuilder(typeof(Pooling))] async ValueTask () =>
            {
                await first.SendAsync(buffer);
                await first.ReceiveAsync(answer);
            });
            await AllocationCheck.AssertFreeAsync("the same with a token", [AsyncMethodBuilder(typeof(Pooling))] async ValueTask () =>
            {
                await first.SendAsync(buffer, token);
                await first.ReceiveAsync(answer, token);
            });
            await AllocationCheck.AssertFreeAsync("pieces, wait without buffer", [AsyncMethodBuilder(typeof(Pooling))] async ValueTask () =>
            {
                await first.SendAsync(sequence);
                await first.WaitReadableAsync(token);
                await first.ReceiveAsync(answer);
            });
            await AllocationCheck.AssertFreeAsync("messages", [AsyncMethodBuilder(typeof(Pooling))] async ValueTask () =>
            {
                await first.SendMessageAsync(buffer);
                await first.ReceiveMessageAsync(answer);
            });
            await AllocationCheck.AssertFreeAsync(
                "wait for space", [AsyncMethodBuilder(typeof(Pooling))] async ValueTask () => await first.WaitWritableAsync());
            first.Shutdown(SHUT_WR);
            await echo;
        }
    });

    [Theory, MemberData(nameof(Mechanisms))]
    public void Send_that_waits_for_space_allocates_nothing(string mechanism) => OnLoop(mechanism, async loop =>
    {
        var (first, second) = Pair(loop);
        using (first)
        using (second)
        {
            byte[] large = new byte[400_000], room = new byte[100_000];
            ValueTask sending = default;
            await AllocationCheck.AssertFreeAsync("send that waits", [AsyncMethodBuilder(typeof(Pooling))] async ValueTask () =>
            {
                sending = first.SendAsync(large);
                for (int got = 0; got < large.Length;)
                    got += await second.ReceiveAsync(room);
                await sending;
            });
        }
    });

    [Theory, MemberData(nameof(Mechanisms))]
    public void Datagram_operations_allocate_nothing(string mechanism) => OnLoop(mechanism, async loop =>
    {
        using var first = new LoopSocket(loop, Loopback.Datagram());
        using var second = new LoopSocket(loop, Loopback.Datagram());
        SockAddr address = Getsockname(second.Descriptor);
        byte[] buffer = new byte[64];
        await AllocationCheck.AssertFreeAsync("a datagram", [AsyncMethodBuilder(typeof(Pooling))] async ValueTask () =>
        {
            ValueTask<ReceivedDatagram> receiving = second.ReceiveFromAsync(buffer);
            await first.SendToAsync(buffer, address);
            await receiving;
        });
    });

    [Theory, MemberData(nameof(Mechanisms))]
    public void Operations_of_another_thread_allocate_nothing(string mechanism)
    {
        using var loop = new EventLoop(new EventLoopOptions { Mechanism = mechanism });
        var (first, second) = Pair(loop);
        byte[] buffer = new byte[64];
        using var done = new SemaphoreSlim(0);
        Action onDone = () => done.Release();
        AllocationCheck.AssertFree("send and receive", () =>
        {
            ValueTask sending = first.SendAsync(buffer);
            Wait(sending.GetAwaiter());
            ValueTask<int> receiving = second.ReceiveAsync(buffer);
            var awaiter = receiving.GetAwaiter();
            awaiter.UnsafeOnCompleted(onDone);
            done.Wait();
            awaiter.GetResult();
        });
        first.DisposeAsync().AsTask().Within();
        second.DisposeAsync().AsTask().Within();

        void Wait(ValueTaskAwaiter awaiter)
        {
            awaiter.UnsafeOnCompleted(onDone);
            done.Wait();
            awaiter.GetResult();
        }
    }

    [Fact]
    public void Timer_change_allocates_nothing() => OnLoop((string?)null, loop =>
    {
        using LoopTimer timer = loop.Schedule(TimeSpan.FromHours(1), () => { });
        AllocationCheck.AssertFree("Change", () => timer.Change(TimeSpan.FromHours(1)));
        return Task.CompletedTask;
    });
}
