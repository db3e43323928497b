namespace Unp.Net.Pipelines;

// Timers. Only the loop's thread changes the heap. Other threads post their changes.
//
// A timer has two times: Due, when it must run, and HeapTime, by which the heap is ordered. HeapTime is never later than Due. Postponing a
// timer changes Due only, so it is cheap: each request of a connection postpones the connection's timeout. When HeapTime is reached,
// RunTimers sets it to Due and updates the heap.
public sealed partial class EventLoop
{
    readonly TimerHeap timers = new();
    readonly TimeProvider clock;

    // A timer of the clock, which wakes the loop when its next timer is due. Null for the system's clock.
    readonly ITimer? alarm;
    long nextOrder;

    /// <summary>
    /// The longest time that <see cref="ITimer.Change"/> accepts, about 49.7 days. For a later timer the loop wakes and sets the alarm
    /// again.
    /// </summary>
    static readonly TimeSpan MaxAlarm = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    /// <summary>Runs work on the loop's thread after a delay, once or periodically. Any thread may call it.</summary>
    /// <remarks>
    /// The work runs in the <see cref="ExecutionContext"/> of this call. Its exception goes to
    /// <see cref="EventLoopOptions.OnException"/>.
    /// </remarks>
    /// <param name="due">
    /// The delay from now; zero for the next turn. The work never runs earlier. It may run later by the resolution of the mechanism, which
    /// is one millisecond with epoll and poll.
    /// </param>
    /// <param name="work">The work.</param>
    /// <param name="period">The time between two runs; null for one run. Missed runs are not repeated.</param>
    /// <returns>The timer, which can be changed and cancelled.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A time is negative, or the period is zero.</exception>
    /// <exception cref="ObjectDisposedException">The loop has ended, or is being aborted.</exception>
    public LoopTimer Schedule(TimeSpan due, Action work, TimeSpan? period = null)
    {
        ArgumentNullException.ThrowIfNull(work);
        return Schedule(new LoopTimer(this, work, null, ExecutionContext.Capture()), due, period);
    }

    /// <inheritdoc cref="Schedule(TimeSpan, Action, TimeSpan?)"/>
    /// <param name="due">The delay from now; zero for the next turn.</param>
    /// <param name="work">The work. A static function needs no closure.</param>
    /// <param name="state">The argument of the work.</param>
    /// <param name="period">The time between two runs; null for one run.</param>
    public LoopTimer Schedule(TimeSpan due, Action<object?> work, object? state, TimeSpan? period = null)
    {
        ArgumentNullException.ThrowIfNull(work);
        return Schedule(new LoopTimer(this, work, state, ExecutionContext.Capture()), due, period);
    }

    /// <inheritdoc cref="Schedule(TimeSpan, Action, TimeSpan?)"/>
    /// <param name="due">The delay from now; zero for the next turn.</param>
    /// <param name="work">The work. The exception of its task is reported as well.</param>
    /// <param name="period">
    /// The time between two runs; null for one run. A run that becomes due while the work still runs is skipped.
    /// </param>
    public LoopTimer Schedule(TimeSpan due, Func<Task> work, TimeSpan? period = null)
    {
        ArgumentNullException.ThrowIfNull(work);
        return Schedule(new LoopTimer(this, SkipWhileRunning(work), null, ExecutionContext.Capture()), due, period);
    }

    /// <inheritdoc cref="Schedule(TimeSpan, Func{Task}, TimeSpan?)"/>
    /// <param name="due">The delay from now; zero for the next turn.</param>
    /// <param name="work">The work. The exception of its task is reported as well.</param>
    /// <param name="state">The argument of the work.</param>
    /// <param name="period">
    /// The time between two runs; null for one run. A run that becomes due while the work still runs is skipped.
    /// </param>
    public LoopTimer Schedule(TimeSpan due, Func<object?, Task> work, object? state, TimeSpan? period = null)
    {
        ArgumentNullException.ThrowIfNull(work);
        return Schedule(due, () => work(state), period);
    }

    /// <summary>Completes on the loop's thread after a delay.</summary>
    /// <param name="time">The delay.</param>
    /// <param name="cancellationToken">Cancels the delay with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="time"/> is negative.</exception>
    /// <exception cref="ObjectDisposedException">The loop has ended, or ends during the delay.</exception>
    /// <example>
    /// <code>
    /// await loop.RunAsync(async () =>
    /// {
    ///     await loop.Delay(TimeSpan.FromSeconds(1));            // Task.Delay would continue on the thread pool
    ///     Console.WriteLine(EventLoop.Current);
    /// });
    /// </code>
    /// </example>
    public async ValueTask Delay(TimeSpan time, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        await SwitchTo();
        await new LoopDelay(this, cancellationToken).Begin(time).ConfigureAwait(false);
    }

    /// <summary>Schedules work of the library, which runs in the loop's own context. The timer captures no context.</summary>
    internal LoopTimer ScheduleOwn(TimeSpan due, Action<object?> work, object? state, TimeSpan? period = null) =>
        Schedule(new LoopTimer(this, work, state, context: null), due, period);

    internal static void CheckTimes(TimeSpan due, TimeSpan? period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(due, TimeSpan.Zero);
        if (period is { } time)
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(time, TimeSpan.Zero, nameof(period));
    }

    internal void Set(LoopTimer timer, TimeSpan due, TimeSpan? period)
    {
        long time = TimestampAfter(due);
        if (IsCurrent)
            Set(timer, time, period);
        else
            PostSet(timer, time, period);
    }

    /// <summary>
    /// Separate from <see cref="Set(LoopTimer, TimeSpan, TimeSpan?)"/>, because a method with a closure allocates it on entry.
    /// </summary>
    void PostSet(LoopTimer timer, long due, TimeSpan? period) =>
        ObjectDisposedException.ThrowIf(!TryPost(new WorkItem(() => Set(timer, due, period), null, IsOwn: true)), this);

    internal void Unset(LoopTimer timer)
    {
        if (timer.Index >= 0)
            timers.Remove(timer);
    }

    /// <summary>Wraps work so that a call during an earlier run does nothing.</summary>
    static Func<Task> SkipWhileRunning(Func<Task> work)
    {
        bool isRunning = false;
        return async () =>
        {
            if (Volatile.Read(ref isRunning))
                return;
            isRunning = true;
            try
            {
                await work().ConfigureAwait(false);
            }
            finally
            {
                Volatile.Write(ref isRunning, false);
            }
        };
    }

    LoopTimer Schedule(LoopTimer timer, TimeSpan due, TimeSpan? period)
    {
        CheckTimes(due, period);
        ObjectDisposedException.ThrowIf(IsClosed, this);
        Set(timer, due, period);
        return timer;
    }

    void Set(LoopTimer timer, long due, TimeSpan? period)
    {
        if (timer.IsDisposed)
            return;
        timer.Period = period ?? Timeout.InfiniteTimeSpan;
        timer.Due = due;
        timer.Order = nextOrder++;
        if (timer.Index < 0)
        {
            timer.HeapTime = due;
            timers.Add(timer);
        }
        else if (due < timer.HeapTime)
        {
            timer.HeapTime = due;
            timers.Update(timer);
        }
    }

    void RunTimers()
    {
        if (timers.Count == 0)
            return;
        long now = clock.GetTimestamp();
        long firstNewOrder = nextOrder;
        while (timers.Count > 0 && timers.First is var timer && timer.HeapTime <= now)
        {
            // A postponed timer moves to its new time now.
            if (timer.Due > timer.HeapTime)
            {
                timer.HeapTime = timer.Due;
                timers.Update(timer);
                continue;
            }

            // A timer that one of these timers has set waits for the next turn. Otherwise this might never end.
            if (timer.Order >= firstNewOrder)
                return;
            timers.Remove(timer);
            if (timer.Period != Timeout.InfiniteTimeSpan)
                Set(timer, Math.Max(timer.Due + ToTimestampTicks(timer.Period), now + 1), timer.Period);
            timer.Run();
        }
    }

    /// <summary>
    /// Returns the longest time that the poller may wait. Null means no limit, because no timer is set or the alarm wakes the loop.
    /// </summary>
    TimeSpan? UntilNextTimer()
    {
        if (timers.Count == 0)
            return null;
        long due = timers.First.HeapTime;
        long now = clock.GetTimestamp();
        if (alarm is null)
        {
            // Rounded up, because the loop must repeat a wait that ends too early.
            return now >= due ? TimeSpan.Zero : clock.GetElapsedTime(now, due) + TimeSpan.FromTicks(1);
        }

        // The alarm counts from the time of the clock at this call. If a test has just advanced its clock, the alarm would be late, so it
        // is set again.
        for (int i = 0; i < 3 && now < due; i++)
        {
            long before = now;
            TimeSpan left = clock.GetElapsedTime(now, due);
            alarm.Change(left < MaxAlarm ? left : MaxAlarm, Timeout.InfiniteTimeSpan);
            now = clock.GetTimestamp();
            if (now == before)
                break;
        }
        return now < due ? null : TimeSpan.Zero;
    }

    void CloseTimers()
    {
        foreach (LoopTimer timer in timers.All.ToArray())
            timer.Delay?.End(new ObjectDisposedException(ToString()));
    }

    long TimestampAfter(TimeSpan time)
    {
        long now = clock.GetTimestamp();
        long ticks = ToTimestampTicks(time);
        return ticks < long.MaxValue - now ? now + ticks : long.MaxValue;
    }

    /// <summary>Converts a time to units of the clock, rounded up.</summary>
    long ToTimestampTicks(TimeSpan time)
    {
        double ticks = Math.Ceiling(time.Ticks * (double)clock.TimestampFrequency / TimeSpan.TicksPerSecond);
        return ticks < long.MaxValue / 2 ? (long)ticks : long.MaxValue / 2;
    }
}
