using System.Runtime.InteropServices;
using static Unp.Net.Libc;

namespace Unp.Net;

// How workers begin and end.
public sealed partial class WorkerPool
{
    /// <summary>A worker that dies younger than that, in milliseconds, is one that cannot work.</summary>
    const long Young = 1000;

    const long FirstBackoff = 100;

    /// <summary>How long after its last word a process is looked for that has ended, in milliseconds: mostly it has by then.</summary>
    const long Breath = 5;

    /// <summary>Milliseconds from the end of its socket in which a worker may end by itself, whatever the deadline for draining is.</summary>
    const long Farewell = 1000;

    readonly Restart[] restarts;

    /// <summary>
    /// How a worker is started. It is read at the beginning, because later there may be no descriptor for that, or another file at the
    /// program's path.
    /// </summary>
    readonly (string Program, string[] Arguments, string? Name) command;
    WorkerGeneration current;
    WorkerGeneration? next;
    long nextDeadline;
    bool reloadsAgain;
    bool isStopping;
    int killed;

    /// <summary>When a worker's place is to be filled again, and how many have died young there in a row.</summary>
    struct Restart
    {
        internal long? At;
        internal int DiedYoung;
    }

    /// <summary>Does what was asked for and what it is time for.</summary>
    /// <returns>When there is more to do, or <see cref="long.MaxValue"/>.</returns>
    long DoWhatIsDue()
    {
        while (commands.TryDequeue(out Action? action))
            action();
        foreach (WorkerProcess worker in processes.ToArray())
        {
            if (worker.IsSilent && worker.Process.TryWait(out WaitStatus status))
                Bury(worker, status);
            else if (worker.Deadline <= Environment.TickCount64)
                Kill(worker);
            else if (worker.ReadyDeadline <= Environment.TickCount64)
                GiveUp(worker);
        }
        FinishReload();
        for (int index = 0; index < restarts.Length && !isStopping; index++)
        {
            if (restarts[index].At <= Environment.TickCount64)
                StartAgain(index);
        }
        PassConnections();

        long due = next is null ? long.MaxValue : nextDeadline;
        foreach (WorkerProcess worker in processes)
            due = Math.Min(due, worker.IsSilent ? Environment.TickCount64 + Breath : Math.Min(worker.Deadline, worker.ReadyDeadline));
        foreach (ref readonly Restart restart in restarts.AsSpan())
            due = Math.Min(due, isStopping ? long.MaxValue : restart.At ?? long.MaxValue);
        return Math.Min(due, retryAcceptAt);
    }

    void Start(WorkerGeneration generation, int index)
    {
        var given = new List<(string Name, SafeHandle Descriptor)>();
        Fd? queue = null, control = null, workersQueue = null;
        Libunp.Socketpair(AF_UNIX, SOCK_STREAM, 0, out control, out Fd workersControl);
        WorkerProcess worker;
        try
        {
            given.Add((WorkerProtocol.Control, workersControl));
            if (options.Accept == AcceptMode.Passing)
            {
                Libunp.Socketpair(AF_UNIX, SOCK_STREAM, 0, out queue, out workersQueue);
                given.Add((WorkerProtocol.Queue, workersQueue));
            }
            else
            {
                given.Add((WorkerProtocol.Listener, listeners[index % listeners.Count]));
            }
            if (generation.AcceptLock is { } acceptLock)
                given.Add((WorkerProtocol.Lock, acceptLock));
            given.AddRange(options.Descriptors.Select(each => (each.Key, each.Value)));
            worker = new WorkerProcess(generation, index, Spawn(generation, index, given), control, queue, Environment.TickCount64);
        }
        catch
        {
            control.Dispose();
            queue?.Dispose();
            throw;
        }
        finally
        {
            workersControl.Dispose();
            workersQueue?.Dispose();
        }

        // All of a new generation have one deadline together.
        if (generation == current)
            worker.ReadyDeadline = ReadyDeadline;
        processes.Add(worker);
        generation.Workers[index] = worker;
        TellProcessIds();
        worker.ControlWatch = poller.Add(control, PollEvents.Readable, worker);
        if (queue is not null)
            worker.QueueWatch = poller.Add(queue, PollEvents.Readable, worker);
        Tell(worker.Event(WorkerEventKind.Started));
    }

    SpawnedProcess Spawn(WorkerGeneration generation, int index, List<(string Name, SafeHandle Descriptor)> given)
    {
        Dictionary<string, string> environment = Libunp.OwnEnvironment();
        foreach (var (name, value) in options.Environment)
            environment[name] = value;
        environment[WorkerProtocol.Variable] = WorkerProtocol.Describe(index, generation.Number, options.Accept, given.Select(each => each.Name));
        var spawn = new SpawnOptions { Environment = environment, Name = command.Name };
        foreach (var (_, descriptor) in given)
            spawn.Descriptors[WorkerProtocol.FirstDescriptor + spawn.Descriptors.Count] = descriptor;
        return Libunp.Spawn(command.Program, command.Arguments, spawn);
    }

    static (string Program, string[] Arguments, string? Name) WorkerCommand(WorkerPoolOptions options) =>
        options.Program is { } program ? (program, [.. options.Arguments ?? []], null)
        : (OwnCommand.Program, [.. OwnCommand.HostArguments, .. options.Arguments ?? OwnCommand.Arguments], OwnCommand.Name);

    void StartAgain(int index)
    {
        restarts[index].At = null;
        try
        {
            Start(current, index);
        }
        catch (UnpException e)
        {
            Tell(new WorkerEvent(WorkerEventKind.NotStarted, index, current.Number, 0, Error: e));
            Postpone(index);
        }
    }

    void Postpone(int index)
    {
        ref Restart restart = ref restarts[index];
        double delay = Math.Min(FirstBackoff * Math.Pow(2, restart.DiedYoung), options.LongestBackoff.TotalMilliseconds);
        restart.DiedYoung++;
        restart.At = Environment.TickCount64 + (long)delay;
    }

    void Bury(WorkerProcess worker, WaitStatus status)
    {
        processes.Remove(worker);
        TellProcessIds();
        Tell(worker.Event(WorkerEventKind.Ended, status));
        WorkerGeneration generation = worker.Generation;
        bool hasPlace = generation.Workers[worker.Index] == worker;
        if (hasPlace)
            generation.Workers[worker.Index] = null;
        long age = Environment.TickCount64 - worker.StartedAt;
        worker.Dispose();
        if (isStopping || !hasPlace)
            return;
        if (generation == next)
        {
            GiveUpReload();
        }
        else if (generation == current)
        {
            if (age < Young || worker.IsLate)
            {
                Postpone(worker.Index);
            }
            else
            {
                restarts[worker.Index] = new() { At = Environment.TickCount64 };
            }
        }
    }

    long ReadyDeadline => Environment.TickCount64 + (long)options.ReadyTimeout.TotalMilliseconds;

    /// <summary>Of those that are to end from now on.</summary>
    long DrainDeadline => Environment.TickCount64 + (long)options.DrainTimeout.TotalMilliseconds;

    void Drain(WorkerProcess worker)
    {
        if (worker.IsDraining)
            return;
        worker.Drain(DrainDeadline);
        worker.Wanted = 0;
        if (worker.QueueWatch is { IsAdded: true } watch)
            poller.Remove(watch);
        Tell(worker.Event(WorkerEventKind.Draining));
    }

    /// <summary>A worker that is not ready in time will not be soon either, so its place is for another one.</summary>
    void GiveUp(WorkerProcess worker)
    {
        worker.ReadyDeadline = long.MaxValue;
        if (worker.IsReady || worker.IsDraining)
            return;
        worker.IsLate = true;
        Tell(worker.Event(WorkerEventKind.NotReady));
        Drain(worker);
    }

    void Kill(WorkerProcess worker)
    {
        Tell(worker.Event(WorkerEventKind.Killed));
        worker.Kill();
        killed++;
    }

    void Unwatch(WorkerProcess worker)
    {
        worker.Wanted = 0;
        foreach (PollRegistration? watch in (PollRegistration?[])[worker.ControlWatch, worker.QueueWatch])
        {
            if (watch is { IsAdded: true })
                poller.Remove(watch);
        }
    }

    void BeginStop()
    {
        if (isStopping)
            return;
        isStopping = true;
        StopListening();
        CloseListeners();
        foreach (WorkerProcess worker in processes)
            Drain(worker);
    }

    void BeginReload()
    {
        reloadsAgain = next is not null;
        if (isStopping || reloadsAgain)
            return;
        next = new WorkerGeneration(current.Number + 1, options.Workers);
        nextDeadline = ReadyDeadline;
        int index = 0;
        try
        {
            next.AcceptLock = AcceptTurn.CreateFor(options.Accept);
            for (; index < options.Workers; index++)
                Start(next, index);
        }
        catch (UnpException e)
        {
            Tell(new WorkerEvent(WorkerEventKind.NotStarted, index, next.Number, 0, Error: e));
            GiveUpReload();
        }
    }

    /// <summary>When all the new workers are ready, the old ones are asked to end.</summary>
    void FinishReload()
    {
        if (next is null || isStopping)
            return;
        if (next.Workers.All(worker => worker is { IsReady: true }))
        {
            foreach (WorkerProcess? worker in current.Workers)
            {
                if (worker is not null)
                    Drain(worker);
            }
            current.Dispose();
            current = next;
            next = null;
            restarts.AsSpan().Clear();
            if (reloadsAgain)
                BeginReload();
        }
        else if (nextDeadline <= Environment.TickCount64)
        {
            GiveUpReload();
        }
    }

    void GiveUpReload()
    {
        WorkerGeneration failed = next!;
        next = null;
        reloadsAgain = false;
        for (int index = 0; index < failed.Workers.Length; index++)
        {
            WorkerProcess? worker = failed.Workers[index];
            failed.Workers[index] = null;
            if (worker is not null)
                Drain(worker);
        }
        failed.Dispose();
        Tell(new WorkerEvent(WorkerEventKind.ReloadFailed, -1, failed.Number, 0));
    }

    void TellProcessIds() => processIds = [.. processes.Select(worker => worker.Process.Id)];
}
