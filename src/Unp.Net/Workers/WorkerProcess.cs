using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>The pool's view of a worker. Only the thread of <see cref="WorkerPool.Run"/> uses it.</summary>
sealed class WorkerProcess(
    WorkerGeneration generation, int index, SpawnedProcess process, Fd control, Fd? queue, long startedAt) : IDisposable
{
    internal WorkerGeneration Generation => generation;

    internal int Index => index;

    internal SpawnedProcess Process => process;

    /// <summary>
    /// The control socket. End of file on it means that the worker is exiting, because the kernel closes the other end at the latest then.
    /// </summary>
    internal Fd Control => control;

    /// <summary>The socket over which connections are passed; null in other modes than <see cref="AcceptMode.Passing"/>.</summary>
    internal Fd? Queue => queue;

    /// <summary>The start time as a value of <see cref="Environment.TickCount64"/>, like all times of this class.</summary>
    internal long StartedAt => startedAt;

    internal PollRegistration? ControlWatch { get; set; }

    internal PollRegistration? QueueWatch { get; set; }

    internal bool IsReady { get; set; }

    /// <summary>When the worker must be ready. Only set for a worker of the current generation.</summary>
    internal long ReadyDeadline { get; set; } = long.MaxValue;

    /// <summary>Whether the worker was not ready by <see cref="ReadyDeadline"/>.</summary>
    internal bool IsLate { get; set; }

    internal bool IsDraining { get; private set; }

    /// <summary>Whether the worker has closed its control socket, so its process is about to exit.</summary>
    internal bool IsControlClosed { get; set; }

    internal bool IsKilled { get; private set; }

    /// <summary>When the pool kills the worker.</summary>
    internal long Deadline { get; private set; } = long.MaxValue;

    /// <summary>The number of connections that the worker has requested and not received yet.</summary>
    internal int Requests { get; set; }

    internal WorkerEvent Event(WorkerEventKind kind, WaitStatus? status = null) => new(kind, index, generation.Number, process.Id, status);

    /// <summary>Asks the worker to end. It still receives the connections that were passed earlier.</summary>
    internal void Drain(long deadline)
    {
        IsDraining = true;
        EndBy(deadline);
        _ = send(control, [WorkerProtocol.DrainMessage], MSG_NOSIGNAL | MSG_DONTWAIT);
        if (queue is not null)
            _ = shutdown(queue, SHUT_WR);
    }

    /// <summary>Sets <see cref="Deadline"/>, unless it is earlier already or the worker was killed.</summary>
    internal void EndBy(long deadline) => Deadline = IsKilled ? Deadline : Math.Min(Deadline, deadline);

    internal void Kill()
    {
        IsKilled = true;
        Deadline = long.MaxValue;
        try
        {
            process.Kill(SIGKILL);
        }
        catch (UnpException e) when (e.Errno == Errno.ESRCH)
        {
            // The process has already ended, and other code has reaped it.
        }
    }

    public void Dispose()
    {
        control.Dispose();
        queue?.Dispose();
        process.Dispose();
    }
}

/// <summary>The workers of one generation: those that were started together, and their replacements. They share an accept lock.</summary>
sealed class WorkerGeneration(int number, int workers) : IDisposable
{
    internal int Number => number;

    internal Fd? AcceptLock { get; set; }

    /// <summary>The workers by their index; null where none runs.</summary>
    internal WorkerProcess?[] Workers { get; } = new WorkerProcess?[workers];

    public void Dispose() => AcceptLock?.Dispose();
}
