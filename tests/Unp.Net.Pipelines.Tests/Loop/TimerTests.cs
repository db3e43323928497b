using System.Diagnostics;

namespace Unp.Net.Pipelines.Tests.Loop;

public class TimerTests : LoopSuite
{
    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    readonly ManualTime time = new();

    void WithTime(Func<EventLoop, Task> work) => OnLoop(new EventLoopOptions { TimeProvider = time }, work);

    async Task Advance(EventLoop loop, TimeSpan by)
    {
        time.Advance(by);
        await Turns(loop);
    }

    [Fact]
    public void Timers_run_when_due_in_order_of_time() => WithTime(async loop =>
    {
        var ran = new List<string>();
        loop.Schedule(3 * Second, () => ran.Add("third"));
        loop.Schedule(Second, () => ran.Add("first"));
        loop.Schedule(2 * Second, static list => ((List<string>)list!).Add("second"), ran);
        loop.Schedule(2 * Second, () => ran.Add("second too"));
        await Advance(loop, Second - TimeSpan.FromTicks(1));
        Assert.Empty(ran);
        await Advance(loop, TimeSpan.FromTicks(1));
        Assert.Equal(["first"], ran);
        await Advance(loop, 5 * Second);
        Assert.Equal(["first", "second", "second too", "third"], ran);
        loop.Schedule(TimeSpan.Zero, () => ran.Add("at once"));
        await Turns(loop);
        Assert.Equal("at once", ran[^1]);
    });

    [Fact]
    public void Periodic_timer_runs_until_disposed_and_skips_missed_runs() => WithTime(async loop =>
    {
        int ran = 0;
        LoopTimer timer = null!;
        timer = loop.Schedule(
            Second, () =>
            {
                if (++ran == 4)
                    timer.Dispose();
            }, 2 * Second);
        await Advance(loop, Second);
        Assert.Equal(1, ran);
        await Advance(loop, 2 * Second);
        Assert.Equal(2, ran);
        await Advance(loop, 60 * Second);
        Assert.Equal(3, ran);
        await Advance(loop, 2 * Second);
        await Advance(loop, 2 * Second);
        Assert.Equal(4, ran);
        Assert.Throws<ObjectDisposedException>(() => timer.Change(Second));
    });

    [Fact]
    public void Timer_can_be_postponed_advanced_and_set_again() => WithTime(async loop =>
    {
        var ran = new List<string>();
        LoopTimer late = loop.Schedule(Second, () => ran.Add("late"));
        LoopTimer early = loop.Schedule(10 * Second, () => ran.Add("early"));
        loop.Schedule(3 * Second, () => ran.Add("between"));
        late.Change(4 * Second);
        early.Change(2 * Second);
        await Advance(loop, Second);
        Assert.Empty(ran);
        await Advance(loop, 4 * Second);
        Assert.Equal(["early", "between", "late"], ran);
        late.Change(Second);
        await Task.Run(() => early.Change(Second));
        await loop.SwitchTo();
        early.Dispose();
        early.Dispose();
        await Advance(loop, Second);
        Assert.Equal(["early", "between", "late", "late"], ran);
    });

    [Fact]
    public void Random_timer_changes_run_exactly_due_timers() => WithTime(async loop =>
    {
        var random = new Random(7);
        var due = new Dictionary<LoopTimer, (long Due, int Number)>();
        var ran = new List<int>();
        var expected = new List<int>();
        int numbers = 0;
        long now = 0;
        for (int step = 0; step < 3000; step++)
        {
            LoopTimer? any = due.Count > 0 ? due.Keys.ElementAt(random.Next(due.Count)) : null;
            int after = random.Next(1, 200);
            switch (random.Next(6))
            {
                case 0 or 1 or 2:
                    int number = numbers++;
                    due[loop.Schedule(TimeSpan.FromTicks(after), () => ran.Add(number))] = (now + after, number);
                    break;
                case 3 when any is not null:
                    any.Change(TimeSpan.FromTicks(after));
                    due[any] = (now + after, due[any].Number);
                    break;
                case 4 when any is not null:
                    any.Dispose();
                    due.Remove(any);
                    break;
                default:
                    int by = random.Next(20);
                    now += by;
                    foreach (var (timer, each) in due.Where(each => each.Value.Due <= now).OrderBy(each => each.Value.Due).ToArray())
                    {
                        expected.Add(each.Number);
                        due.Remove(timer);
                    }
                    await Advance(loop, TimeSpan.FromTicks(by));
                    Assert.Equal(expected.Count, ran.Count);
                    break;
            }
        }
        Assert.Equal(expected.Order(), ran.Order());
        Assert.NotEmpty(ran);
    });

    [Fact]
    public void Delay_continues_on_loop_and_can_be_cancelled() => WithTime(async loop =>
    {
        ValueTask delay = loop.Delay(Second);
        await Turns(loop);
        Assert.False(delay.IsCompleted);
        time.Advance(Second);
        await delay;
        Assert.True(loop.IsCurrent);
        using var cancelling = new CancellationTokenSource();
        delay = loop.Delay(Second, cancelling.Token);
        cancelling.Cancel();
        OperationCanceledException cancelled = await Assert.ThrowsAsync<OperationCanceledException>(() => delay.AsTask());
        Assert.Equal(cancelling.Token, cancelled.CancellationToken);
        await Assert.ThrowsAsync<OperationCanceledException>(() => loop.Delay(Second, new CancellationToken(true)).AsTask());
    });

    [Theory, MemberData(nameof(Mechanisms))]
    public void Delay_by_system_clock_never_ends_early(string mechanism) => OnLoop(mechanism, async loop =>
    {
        foreach (double milliseconds in (double[])[0, 0.1, 1, 7.3, 30])
        {
            long started = Stopwatch.GetTimestamp();
            await loop.Delay(TimeSpan.FromMilliseconds(milliseconds));
            Assert.True(Stopwatch.GetElapsedTime(started) >= TimeSpan.FromMilliseconds(milliseconds));
        }
    });

    [Fact]
    public void Timer_that_sets_timers_does_not_starve_posted_work() => OnLoop((string?)null, async loop =>
    {
        int ran = 0;
        void Again()
        {
            ran++;
            loop.Schedule(TimeSpan.Zero, Again);
        }
        Again();
        await Turns(loop, 10);
        Assert.InRange(ran, 10, 100);
    });

    [Fact]
    public void Invalid_times_are_refused()
    {
        using var loop = new EventLoop();
        Assert.Throws<ArgumentOutOfRangeException>(() => loop.Schedule(-Second, () => { }));
        Assert.Throws<ArgumentOutOfRangeException>(() => loop.Schedule(Second, () => { }, TimeSpan.Zero));
        loop.Schedule(TimeSpan.MaxValue, () => { }, TimeSpan.MaxValue).Dispose();
    }
}
