namespace Unp.Net.Pipelines.Tests.Loop;

/// <summary>Tests of times that exceed the limits of the system calls and timers below the loop.</summary>
public class LongTimerTests : LoopSuite
{
    public static TheoryData<string, bool, int> Times => new(
        from mechanism in TestKqueue.Mechanisms
        from isSystemClock in (bool[])[true, false]
        from days in (int[])[30, 50, int.MaxValue]
        select (mechanism, isSystemClock, days));

    [Theory, MemberData(nameof(Times))]
    public void Loop_works_with_very_long_timer(string mechanism, bool isSystemClock, int days)
    {
        TimeSpan time = days == int.MaxValue ? TimeSpan.MaxValue : TimeSpan.FromDays(days);
        var clock = isSystemClock ? TimeProvider.System : new OtherClock();
        OnLoop(new EventLoopOptions { Mechanism = mechanism, TimeProvider = clock, StallTimeout = TimeSpan.MaxValue }, async loop =>
        {
            using var cancelled = new CancellationTokenSource();
            using LoopTimer timer = loop.Schedule(time, () => throw new InvalidOperationException("too early"), time);
            Task delay = loop.Delay(time, cancelled.Token).AsTask();
            await loop.Delay(TimeSpan.FromMilliseconds(20));
            timer.Change(time, time);
            await Turns(loop);
            Assert.False(delay.IsCompleted);
            cancelled.Cancel();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => delay);
        });
    }

    [Fact]
    public void Loop_drains_with_maximum_drain_time()
    {
        using var loop = new EventLoop(new EventLoopOptions { TimeProvider = new OtherClock() });
        using var hold = new LoopSocket(loop, Loopback.Datagram());
        Task<bool> stopped = loop.StopAsync(TimeSpan.MaxValue);
        loop.RunAsync(() => Turns(loop)).Within();
        Assert.False(stopped.IsCompleted);
        hold.Dispose();
        Assert.True(stopped.Within());
    }

    /// <summary>A clock whose timers are those of the system, with their limit.</summary>
    sealed class OtherClock : TimeProvider;
}
