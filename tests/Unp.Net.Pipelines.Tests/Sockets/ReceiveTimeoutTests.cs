using System.Runtime.CompilerServices;
using Pooling = System.Runtime.CompilerServices.PoolingAsyncValueTaskMethodBuilder;

namespace Unp.Net.Pipelines.Tests.Sockets;

/// <summary>Receives with a time-out, on a clock that only the test moves.</summary>
public class ReceiveTimeoutTests : LoopSuite
{
    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    static readonly byte[] Data = "x"u8.ToArray();

    [Theory, MemberData(nameof(Mechanisms))]
    public void Timeout_receives_nothing_and_keeps_socket_usable(string mechanism) => WithClock(mechanism, async (first, second, clock) =>
    {
        byte[] buffer = new byte[10];
        for (int i = 0; i < 3; i++)
        {
            Task<int> receiving = first.ReceiveAsync(buffer, Second).AsTask();
            clock.Advance(Second / 2);
            await Turns(first.Loop);
            Assert.False(receiving.IsCompleted);
            clock.Advance(Second / 2);
            await Assert.ThrowsAsync<TimeoutException>(() => receiving);
        }
        ValueTask<int> next = first.ReceiveAsync(buffer, Second);
        await second.SendAsync(Data);
        Assert.Equal(1, await next);
        second.Shutdown(SHUT_WR);
        Assert.Equal(0, await first.ReceiveAsync(buffer, Second));
    });

    [Theory, MemberData(nameof(Mechanisms))]
    public void Later_receive_is_not_ended_by_earlier_timeout(string mechanism) => WithClock(mechanism, async (first, second, clock) =>
    {
        byte[] buffer = new byte[10];
        ValueTask<int> timed = first.ReceiveAsync(buffer, Second);
        await second.SendAsync(Data);
        Assert.Equal(1, await timed);

        // Without a time-out, and with a longer one.
        Task<int> untimed = first.ReceiveAsync(buffer).AsTask();
        clock.Advance(2 * Second);
        await Turns(first.Loop);
        Assert.False(untimed.IsCompleted);
        await second.SendAsync(Data);
        Assert.Equal(1, await untimed);
        timed = first.ReceiveAsync(buffer, Second);
        await second.SendAsync(Data);
        Assert.Equal(1, await timed);
        Task<int> longer = first.ReceiveAsync(buffer, 3 * Second).AsTask();
        clock.Advance(2 * Second);
        await Turns(first.Loop);
        Assert.False(longer.IsCompleted);
        clock.Advance(Second);
        await Assert.ThrowsAsync<TimeoutException>(() => longer);
    });

    [Theory, MemberData(nameof(Mechanisms))]
    public void Arrived_data_take_precedence_over_timeout(string mechanism) => WithClock(mechanism, async (first, second, clock) =>
    {
        byte[] buffer = new byte[10];
        Task<int> receiving = first.ReceiveAsync(buffer, Second).AsTask();
        await Turns(first.Loop);
        Writen(second.Descriptor, Data);
        clock.Advance(Second);
        Assert.Equal(1, await receiving);

        // Data that are there already need no wait.
        Writen(second.Descriptor, Data);
        Assert.Equal(1, await first.ReceiveAsync(buffer, TimeSpan.Zero));
        await Assert.ThrowsAsync<TimeoutException>(async () => await first.ReceiveAsync(buffer, TimeSpan.Zero));
    });

    [Fact]
    public void Cancellation_and_close_end_receive_with_timeout() => WithClock(null, async (first, second, clock) =>
    {
        byte[] buffer = new byte[10];
        using var source = new CancellationTokenSource();
        Task<int> receiving = first.ReceiveAsync(buffer, Second, source.Token).AsTask();
        source.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => receiving);
        receiving = first.ReceiveAsync(buffer, Second).AsTask();
        first.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => receiving);
        clock.Advance(2 * Second);
        await Turns(second.Loop);
    });

    [Fact]
    public void Negative_timeout_is_refused() => WithClock(null, async (first, second, clock) =>
    {
        Assert.Throws<ArgumentOutOfRangeException>("timeout", () => { _ = first.ReceiveAsync(new byte[1], -Second); });
        Assert.Throws<ArgumentException>("buffer", () => { _ = first.ReceiveAsync(default(Memory<byte>), Second); });
        Task<int> receiving = first.ReceiveAsync(new byte[1], Timeout.InfiniteTimeSpan).AsTask();
        clock.Advance(TimeSpan.FromDays(1));
        await Turns(first.Loop);
        Assert.False(receiving.IsCompleted);
        await second.SendAsync(Data);
        Assert.Equal(1, await receiving);
    });

    [Fact]
    public void Other_thread_starts_receive_with_timeout()
    {
        using var loop = new EventLoop();
        var (first, second) = Pair(loop);
        Task<int> receiving = first.ReceiveAsync(new byte[1], TimeSpan.FromMilliseconds(20)).AsTask();
        Assert.Throws<TimeoutException>(() => receiving.Within());
        receiving = first.ReceiveAsync(new byte[1], TimeSpan.FromMinutes(1)).AsTask();
        second.SendAsync(Data).AsTask().Within();
        Assert.Equal(1, receiving.Within());
        first.DisposeAsync().AsTask().Within();
        second.DisposeAsync().AsTask().Within();
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Receive_with_timeout_allocates_nothing(string mechanism) => OnLoop(mechanism, async loop =>
    {
        var (first, second) = TcpPair(loop);
        using (first)
        using (second)
        {
            byte[] buffer = new byte[64];
            await AllocationCheck.AssertFreeAsync("receive that waits", [AsyncMethodBuilder(typeof(Pooling))] async ValueTask () =>
            {
                ValueTask<int> receiving = first.ReceiveAsync(buffer, TimeSpan.FromMinutes(1));
                await second.SendAsync(Data);
                await receiving;
            });
        }
    });

    static void WithClock(string? mechanism, Func<LoopSocket, LoopSocket, ManualTime, Task> work)
    {
        var clock = new ManualTime();
        OnLoop(new EventLoopOptions { Mechanism = mechanism, TimeProvider = clock }, async loop =>
        {
            var (first, second) = Pair(loop);
            using (first)
            using (second)
                await work(first, second, clock);
        });
    }
}
