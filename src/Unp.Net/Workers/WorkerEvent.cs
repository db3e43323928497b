namespace Unp.Net;

/// <summary>The kinds of events in the life of a worker of a <see cref="WorkerPool"/>.</summary>
public enum WorkerEventKind
{
    /// <summary>The process of the worker was started.</summary>
    Started,

    /// <summary>The worker is ready: it has called <see cref="Worker.Accept()"/> or <see cref="Worker.Ready"/>.</summary>
    Ready,

    /// <summary>The worker was asked to end.</summary>
    Draining,

    /// <summary>The worker has not ended in time, and the pool kills it.</summary>
    Killed,

    /// <summary>The process of the worker has ended.</summary>
    Ended,

    /// <summary>The worker could not be started, for the reason in <see cref="WorkerEvent.Error"/>. The pool tries again.</summary>
    NotStarted,

    /// <summary>
    /// The worker was not ready within <see cref="WorkerPoolOptions.ReadyTimeout"/>. The pool asks it to end, and starts another one after
    /// a delay.
    /// </summary>
    NotReady,

    /// <summary>A new worker has ended, was not ready in time, or could not be started. The old workers continue.</summary>
    ReloadFailed,
}

/// <summary>An event in the life of a worker. <see cref="ToString"/> returns a line for a log.</summary>
/// <param name="Kind">The kind of the event.</param>
/// <param name="Index">The index of the worker, from 0; -1 for <see cref="WorkerEventKind.ReloadFailed"/>.</param>
/// <param name="Generation">The generation of the worker: 1 at first, and one more after each reload.</param>
/// <param name="ProcessId">The process id of the worker; 0 if there is no process.</param>
/// <param name="Status">The exit status, for <see cref="WorkerEventKind.Ended"/>. It is <see cref="WaitStatus.Unknown"/> if other code has
/// reaped the process (see <see cref="SpawnedProcess"/>).</param>
/// <param name="Error">The reason why the worker could not be started.</param>
public readonly record struct WorkerEvent(
    WorkerEventKind Kind, int Index, int Generation, int ProcessId, WaitStatus? Status = null, UnpException? Error = null)
{
    /// <summary><c>"worker 0 (process 4711, generation 1) has ended: exit status 1"</c></summary>
    public override string ToString()
    {
        string worker = ProcessId == 0
            ? $"worker {Index} (generation {Generation})"
            : $"worker {Index} (process {ProcessId}, generation {Generation})";
        return Kind switch
        {
            WorkerEventKind.Started => $"{worker} was started",
            WorkerEventKind.Ready => $"{worker} is ready",
            WorkerEventKind.Draining => $"{worker} was asked to end",
            WorkerEventKind.Killed => $"{worker} has not ended in time and is killed",
            WorkerEventKind.Ended => $"{worker} has ended: {Status}",
            WorkerEventKind.NotStarted => $"{worker} could not be started: {Error?.Message}",
            WorkerEventKind.NotReady => $"{worker} was not ready in time and is asked to end",
            _ => $"reload to generation {Generation} has failed, the previous workers continue",
        };
    }
}
