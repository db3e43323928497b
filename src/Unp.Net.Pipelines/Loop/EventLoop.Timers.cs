namespace Unp.Net.Pipelines;

// Timers.
public sealed partial class EventLoop
{
    readonly TimerHeap timers = new();
    readonly TimeProvider clock;

    // Of a clock that is not the system's: tells when the next timer is due.
    readonly ITimer? alarm;
    long order;

    /// <summary>
    /// The longest time that <see cref="ITimer.Change"/> takes, some 49.7 days. A later timer sets the alarm again when the loop has woken.
    /// </summary>
    static readonly TimeSpan MaxAlarm = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    /// <summary>Has something done later, on the loop's thread. Any thread may call it.</summary>
    /// <remarks>
    /// The work runs in the <see cref="ExecutionContext"/> of this call. Its exception goes to
    /// <see cref="EventLoopOptions.OnException"/>.
    /// </remarks>
    /// <param name="due">From now; zero for the next turn. It is never done before, and later by what the mechanism counts in (a millisecond with epoll and poll).</param>
    /// <param name="work">What is done.</param>
    /// <param name="period">After that, again and again; null for once. Times that are missed are not made up for.</param>
    /// <returns>The timer, by which it is cancelled or put off.</returns>
    /// <exception cref="ArgumentOutOfRangeException">One of the two is negative, or the period zero.</exception>
    /// <exception cref="ObjectDisposedException">The loop has ended, or is being aborted.</exception>
    public LoopTimer Schedule(TimeSpan due, Action work, TimeSpan? period = null)
    {
        ArgumentNullException.ThrowIfNull(work);
        return Schedule(new LoopTimer(this, work, null), due, period);
    }

    /// <inheritdoc cref="Schedule(TimeSpan, Action, TimeSpan?)"/>
    /// <param name="due">From now; zero for the next turn.</param>
    /// <param name="work">What is done; a static function allocates nothing.</param>
    /// <param name="state">What it gets.</param>
    /// <param name="period">After that, again and again; null for once.</param>
    public LoopTimer Schedule(TimeSpan due, Action<object?> work, object? state, TimeSpan? period = null)
    {
        ArgumentNullException.ThrowIfNull(work);
        return Schedule(new LoopTimer(this, work, state), due, period);
    }

    /// <inheritdoc cref="Schedule(TimeSpan, Action, TimeSpan?)"/>
    /// <param name="due">From now; zero for the next turn.</param>
    /// <param name="work">The work. The exception of its task is reported as well.</param>
    /// <param name="period">
    /// The time between two runs; null for one run. A time that comes while the work still runs is passed
    /// over.
    /// </param>
    public LoopTimer Schedule(TimeSpan due, Func<Task> work, TimeSpan? period = null)
    {
        ArgumentNullException.ThrowIfNull(work);
        return Schedule(new LoopTimer(this, OneAtATime(work), null), due, period);
    }

    /// <inheritdoc cref="Schedule(TimeSpan, Func{Task}, TimeSpan?)"/>
    /// <param name="due">From now; zero for the next turn.</param>
    /// <param name="work">The work. The exception of its task is reported as well.</param>
    /// <param name="state">The argument of the work.</param>
    /// <param name="period">
    /// The time between two runs; null for one run. A time that comes while the work still runs is passed
    /// over.
    /// </param>
    public LoopTimer Schedule(TimeSpan due, Func<object?, Task> work, object? state, TimeSpan? period = null)
    {
        ArgumentNullException.ThrowIfNull(work);
        return Schedule(due, () => work(state), period);
    }

    /// <summary>Completes after some time, on the loop's thread.</summary>
    /// <param name="time">How long.</param>
    /// <param name="cancellationToken">Ends it before, with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="time"/> is negative.</exception>
    /// <exception cref="ObjectDisposedException">The loop has ended, or ends before.</exception>
    public async ValueTask Delay(TimeSpan time, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        await SwitchTo();
        await new LoopDelay(this, cancellationToken).Begin(time).ConfigureAwait(false);
    }

    internal static void CheckTimes(TimeSpan due, TimeSpan? period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(due, TimeSpan.Zero);
        if (period is { } time)
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(time, TimeSpan.Zero, nameof(period));
    }

    internal void Set(LoopTimer timer, TimeSpan due, TimeSpan? period)
    {
        long time = After(due);
        if (IsCurrent)
            Set(timer, time, period);
        else
            SetFromElsewhere(timer, time, period);
    }

    /// <summary>A function of its own, since it allocates for what it captures as soon as it is entered.</summary>
    void SetFromElsewhere(LoopTimer timer, long due, TimeSpan? period) =>
        ObjectDisposedException.ThrowIf(!TryPost(new WorkItem(() => Set(timer, due, period), null, IsOwn: true)), this);

    internal void Unset(LoopTimer timer)
    {
        if (timer.Index >= 0)
            timers.Remove(timer);
    }

    static Func<Task> OneAtATime(Func<Task> work)
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
        timer.Order = order++;
        if (timer.Index < 0)
        {
            timer.Place = due;
            timers.Add(timer);
        }
        else if (due < timer.Place)
        {
            timer.Place = due;
            timers.Moved(timer);
        }
    }

    void RunTimers()
    {
        if (timers.Count == 0)
            return;
        long now = clock.GetTimestamp();
        long last = order;
        while (timers.Count > 0 && timers.First is var timer && timer.Place <= now)
        {
            // One that was put off finds its new place now; one that was set by another of these waits for the next turn, or there might be no end.
            if (timer.Due > timer.Place)
            {
                timer.Place = timer.Due;
                timers.Moved(timer);
                continue;
            }
            if (timer.Order >= last)
                return;
            timers.Remove(timer);
            if (timer.Period != Timeout.InfiniteTimeSpan)
                Set(timer, Math.Max(timer.Due + Ticks(timer.Period), now + 1), timer.Period);
            timer.Run();
        }
    }

    /// <summary>How long the poller may wait, by the system's clock; another one has its alarm.</summary>
    TimeSpan? UntilNextTimer()
    {
        if (timers.Count == 0)
            return null;
        long due = timers.First.Place;
        long now = clock.GetTimestamp();
        if (alarm is null)
            return now >= due ? TimeSpan.Zero : clock.GetElapsedTime(now, due) + TimeSpan.FromTicks(1); // rounded up: a wait that ends too early is made again

        // A clock that a test sets may be set just now, and the alarm counts from then.
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

    long After(TimeSpan time)
    {
        long now = clock.GetTimestamp();
        long ticks = Ticks(time);
        return ticks < long.MaxValue - now ? now + ticks : long.MaxValue;
    }

    /// <summary>A time in units of the clock, rounded up.</summary>
    long Ticks(TimeSpan time)
    {
        double ticks = Math.Ceiling(time.Ticks * (double)clock.TimestampFrequency / TimeSpan.TicksPerSecond);
        return ticks < long.MaxValue / 2 ? (long)ticks : long.MaxValue / 2;
    }
}
