using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>A worker, as its pool sees it.</summary>
sealed class WorkerProcess(WorkerGeneration generation, int index, SpawnedProcess process, Fd control, Fd? queue, long startedAt) : IDisposable
{
    internal WorkerGeneration Generation => generation;

    internal int Index => index;

    internal SpawnedProcess Process => process;

    /// <summary>Its end, at the latest, is that of the worker.</summary>
    internal Fd Control => control;

    /// <summary>Where connections are passed, if they are.</summary>
    internal Fd? Queue => queue;

    /// <summary>In milliseconds, as <see cref="Environment.TickCount64"/> counts.</summary>
    internal long StartedAt => startedAt;

    internal PollRegistration? ControlWatch { get; set; }

    internal PollRegistration? QueueWatch { get; set; }

    internal bool IsReady { get; set; }

    /// <summary>When it must be ready; set for a worker of the current generation.</summary>
    internal long ReadyDeadline { get; set; } = long.MaxValue;

    /// <summary>It was not ready by then.</summary>
    internal bool IsLate { get; set; }

    internal bool IsDraining { get; private set; }

    /// <summary>Its control socket has ended, so that its process is about to.</summary>
    internal bool IsSilent { get; set; }

    internal bool IsKilled { get; private set; }

    /// <summary>When it is to be killed.</summary>
    internal long Deadline { get; private set; } = long.MaxValue;

    /// <summary>How many connections it has asked for and not got yet.</summary>
    internal int Wanted { get; set; }

    internal WorkerEvent Event(WorkerEventKind kind, WaitStatus? status = null) => new(kind, index, generation.Number, process.Id, status);

    /// <summary>Asks it to end. Connections that were passed to it before are read first.</summary>
    internal void Drain(long deadline)
    {
        IsDraining = true;
        EndBy(deadline);
        _ = send(control, [WorkerProtocol.Drain], MSG_NOSIGNAL | MSG_DONTWAIT);
        if (queue is not null)
            _ = shutdown(queue, SHUT_WR);
    }

    /// <summary>Gives it a time by which it must have ended, unless it has an earlier one.</summary>
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
            // It has ended already, and its status was taken by other code.
        }
    }

    public void Dispose()
    {
        control.Dispose();
        queue?.Dispose();
        process.Dispose();
    }
}

/// <summary>The workers that were started together, or in the place of one of those; they share a lock.</summary>
sealed class WorkerGeneration(int number, int workers) : IDisposable
{
    internal int Number => number;

    internal Fd? AcceptLock { get; set; }

    /// <summary>By index; null where none runs.</summary>
    internal WorkerProcess?[] Workers { get; } = new WorkerProcess?[workers];

    public void Dispose() => AcceptLock?.Dispose();
}
