namespace Unp.Net;

/// <summary>What can happen to the workers of a <see cref="WorkerPool"/>.</summary>
public enum WorkerEventKind
{
    /// <summary>Its process was started.</summary>
    Started,

    /// <summary>It is ready: it has called <see cref="Worker.Accept()"/> or <see cref="Worker.Ready"/>.</summary>
    Ready,

    /// <summary>It was asked to end.</summary>
    Draining,

    /// <summary>It has not ended in time and is killed.</summary>
    Killed,

    /// <summary>It has ended.</summary>
    Ended,

    /// <summary>It could not be started: <see cref="WorkerEvent.Error"/> says why. It is tried again.</summary>
    NotStarted,

    /// <summary>
    /// It was not ready within <see cref="WorkerPoolOptions.ReadyTimeout"/>. It is asked to end, and another one is started after a delay.
    /// </summary>
    NotReady,

    /// <summary>The new workers were not ready, or ended before they were: the old ones go on.</summary>
    ReloadFailed,
}

/// <summary>What has happened, for a log: <see cref="ToString"/> is a line for it.</summary>
/// <param name="Kind">What.</param>
/// <param name="Index">To which worker, from 0; -1 for <see cref="WorkerEventKind.ReloadFailed"/>.</param>
/// <param name="Generation">Of which generation: the first is 1, and a reload makes the next.</param>
/// <param name="ProcessId">Its process; 0 where there is none.</param>
/// <param name="Status">How it ended; <see cref="WaitStatus.Unknown"/> if other code has taken the status (see
/// <see cref="SpawnedProcess"/>).</param>
/// <param name="Error">Why it could not be started.</param>
public readonly record struct WorkerEvent(
    WorkerEventKind Kind, int Index, int Generation, int ProcessId, WaitStatus? Status = null, UnpException? Error = null)
{
    /// <summary><c>"worker 0 (process 4711, generation 1) has ended: exit status 1"</c></summary>
    public override string ToString()
    {
        string who = ProcessId == 0 ? $"worker {Index} (generation {Generation})" : $"worker {Index} (process {ProcessId}, generation {Generation})";
        return Kind switch
        {
            WorkerEventKind.Started => $"{who} was started",
            WorkerEventKind.Ready => $"{who} is ready",
            WorkerEventKind.Draining => $"{who} is to end",
            WorkerEventKind.Killed => $"{who} has not ended in time and is killed",
            WorkerEventKind.Ended => $"{who} has ended: {Status}",
            WorkerEventKind.NotStarted => $"{who} could not be started: {Error?.Message}",
            WorkerEventKind.NotReady => $"{who} was not ready in time and is asked to end",
            _ => $"the workers of generation {Generation} are not ready: those from before go on",
        };
    }
}
