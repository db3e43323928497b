namespace Unp.Net.Pipelines;

/// <summary>A pending <see cref="EventLoop.Delay"/>.</summary>
sealed class LoopDelay(EventLoop loop, CancellationToken cancellationToken) : LoopOperation(loop)
{
    LoopTimer? timer;

    public ValueTask Begin(TimeSpan time)
    {
        Claim();
        timer = Loop.ScheduleOwn(time, static delay => ((LoopDelay)delay!).End(null), this);
        StartWaiting(cancellationToken);
        return new ValueTask(this, Version);
    }

    public void End(Exception? failure)
    {
        if (!IsWaiting)
            return;
        Error = failure;
        EndWait();
    }

    protected override bool Attempt() => false;

    protected override void OnWaitEnded() => timer!.Dispose();

    protected override void ClearReferences()
    {
    }
}
