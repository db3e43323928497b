namespace Unp.Testing;

/// <summary>A clock that stands still until a test advances it.</summary>
public sealed class ManualTime : TimeProvider
{
    readonly Lock gate = new();
    readonly List<Alarm> alarms = [];
    long now = 1_000_000;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Volatile.Read(ref now);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, callback, state);
        alarm.Change(dueTime, period);
        return alarm;
    }

    public void Advance(TimeSpan time)
    {
        Alarm[] due;
        lock (gate)
        {
            now += time.Ticks;
            due = [.. alarms.Where(alarm => alarm.Due <= now)];
            foreach (Alarm alarm in due)
                alarm.Due = long.MaxValue;
        }
        foreach (Alarm alarm in due)
            alarm.Ring();
    }

    sealed class Alarm(ManualTime time, TimerCallback callback, object? state) : ITimer
    {
        public long Due { get; set; } = long.MaxValue;

        public void Ring() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            bool rings;
            lock (time.gate)
            {
                Due = dueTime == Timeout.InfiniteTimeSpan ? long.MaxValue : time.now + dueTime.Ticks;
                if (!time.alarms.Contains(this))
                    time.alarms.Add(this);
                rings = Due <= time.now;
            }
            if (rings)
                Ring();
            return true;
        }

        public void Dispose()
        {
            lock (time.gate)
                time.alarms.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
