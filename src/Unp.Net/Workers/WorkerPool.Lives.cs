using System.Runtime.InteropServices;
using static Unp.Net.Libc;

namespace Unp.Net;

// The life of a worker. Only the thread of Run changes its state.
//
//   started   Start has spawned the process. ReadyDeadline runs.
//   ready     The worker has sent WorkerProtocol.ReadyMessage.
//   draining  The worker was asked to end, by Stop, a reload or a signal, or because it was late. Deadline is DrainDeadline.
//   closed    The control socket has ended (IsControlClosed). The pool checks every ReapDelay whether the process has exited.
//   killed    The deadline has passed. The pool waits for the exit.
//   reaped    Reap removes the worker. A worker of the current generation is replaced; one of a new generation makes the reload fail.
//
// A worker may skip any state but the first and the last. A draining worker of the current generation keeps its place until it is reaped.
public sealed partial class WorkerPool
{
    /// <summary>The pool replaces a worker at once if it has lived longer than this.</summary>
    static readonly TimeSpan StartPeriod = TimeSpan.FromSeconds(1);

    /// <summary>The delay before the first replacement of a worker that has lived for less than <see cref="StartPeriod"/>.</summary>
    static readonly TimeSpan RestartDelay = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// The delay between the end of a worker's control socket and the next check whether the process has exited. Usually it has.
    /// </summary>
    static readonly TimeSpan ReapDelay = TimeSpan.FromMilliseconds(5);

    /// <summary>
    /// The time that a worker may take to exit after the end of its control socket, in addition to
    /// <see cref="WorkerPoolOptions.DrainTimeout"/>.
    /// </summary>
    static readonly TimeSpan ExitTimeout = TimeSpan.FromSeconds(1);

    readonly Restart[] restarts;

    /// <summary>
    /// The command that starts a worker. It is determined in the constructor, because later no descriptor may be free for that, or another
    /// file may be at the program's path.
    /// </summary>
    readonly (string Program, string[] Arguments, string? Name) command;
    WorkerGeneration current;
    WorkerGeneration? next;
    long nextDeadline;
    bool isReloadQueued;
    bool isStopping;
    int killed;

    /// <summary>When a worker must be replaced, and how many in a row have ended early at its index.</summary>
    struct Restart
    {
        internal long? At;
        internal int EarlyExits;
    }

    /// <summary>Returns a time, in the form of <see cref="Environment.TickCount64"/>. All times of the pool have this form.</summary>
    /// <param name="delay">The delay.</param>
    /// <param name="since">The beginning of the delay; null for now.</param>
    static long After(TimeSpan delay, long? since = null) => (since ?? Environment.TickCount64) + (long)delay.TotalMilliseconds;

    /// <summary>Runs the queued commands and everything whose time has come.</summary>
    /// <returns>The time at which the next action is due, or <see cref="long.MaxValue"/>.</returns>
    long RunDueActions()
    {
        while (commands.TryDequeue(out Action? action))
            action();
        foreach (WorkerProcess worker in processes.ToArray())
        {
            if (worker.IsControlClosed && worker.Process.TryWait(out WaitStatus status))
                Reap(worker, status);
            else if (worker.Deadline <= Environment.TickCount64)
                Kill(worker);
            else if (worker.ReadyDeadline <= Environment.TickCount64)
                DrainLate(worker);
        }
        FinishReload();
        for (int index = 0; index < restarts.Length && !isStopping; index++)
        {
            if (restarts[index].At <= Environment.TickCount64)
                StartReplacement(index);
        }
        PassConnections();

        long due = next is null ? long.MaxValue : nextDeadline;
        foreach (WorkerProcess worker in processes)
        {
            due = Math.Min(
                due, worker.IsControlClosed ? After(ReapDelay) : Math.Min(worker.Deadline, worker.ReadyDeadline));
        }
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

        // The workers of a new generation share one deadline, which is nextDeadline.
        if (generation == current)
            worker.ReadyDeadline = ReadyDeadline;
        processes.Add(worker);
        generation.Workers[index] = worker;
        UpdateProcessIds();
        worker.ControlWatch = poller.Add(control, PollEvents.Readable, worker);
        if (queue is not null)
            worker.QueueWatch = poller.Add(queue, PollEvents.Readable, worker);
        Report(worker.Event(WorkerEventKind.Started));
    }

    SpawnedProcess Spawn(WorkerGeneration generation, int index, List<(string Name, SafeHandle Descriptor)> given)
    {
        Dictionary<string, string> environment = Libunp.OwnEnvironment();
        foreach (var (name, value) in options.Environment)
            environment[name] = value;
        environment[WorkerProtocol.Variable] =
            WorkerProtocol.Describe(index, generation.Number, options.Accept, given.Select(each => each.Name));
        var spawn = new SpawnOptions { Environment = environment, Name = command.Name };
        foreach (var (_, descriptor) in given)
            spawn.Descriptors[WorkerProtocol.FirstDescriptor + spawn.Descriptors.Count] = descriptor;
        return Libunp.Spawn(command.Program, command.Arguments, spawn);
    }

    static (string Program, string[] Arguments, string? Name) WorkerCommand(WorkerPoolOptions options) =>
        options.Program is { } program ? (program, [.. options.Arguments ?? []], null)
        : (OwnCommand.Program, [.. OwnCommand.HostArguments, .. options.Arguments ?? OwnCommand.Arguments], OwnCommand.Name);

    void StartReplacement(int index)
    {
        restarts[index].At = null;
        try
        {
            Start(current, index);
        }
        catch (UnpException e)
        {
            Report(new WorkerEvent(WorkerEventKind.NotStarted, index, current.Number, 0, Error: e));
            ScheduleRestart(index);
        }
    }

    void ScheduleRestart(int index)
    {
        ref Restart restart = ref restarts[index];
        double delay = Math.Min(
            RestartDelay.TotalMilliseconds * Math.Pow(2, restart.EarlyExits), options.MaxRestartDelay.TotalMilliseconds);
        restart.EarlyExits++;
        restart.At = Environment.TickCount64 + (long)delay;
    }

    void Reap(WorkerProcess worker, WaitStatus status)
    {
        processes.Remove(worker);
        UpdateProcessIds();
        Report(worker.Event(WorkerEventKind.Ended, status));
        WorkerGeneration generation = worker.Generation;
        bool hasPlace = generation.Workers[worker.Index] == worker;
        if (hasPlace)
            generation.Workers[worker.Index] = null;
        var age = TimeSpan.FromMilliseconds(Environment.TickCount64 - worker.StartedAt);
        worker.Dispose();
        if (isStopping || !hasPlace)
            return;
        if (generation == next)
        {
            AbandonReload();
        }
        else if (generation == current)
        {
            if (age < StartPeriod || worker.IsLate)
                ScheduleRestart(worker.Index);
            else
                restarts[worker.Index] = new() { At = After(TimeSpan.Zero) };
        }
    }

    long ReadyDeadline => After(options.ReadyTimeout);

    /// <summary>The deadline of a worker that is asked to end now.</summary>
    long DrainDeadline => After(options.DrainTimeout);

    void Drain(WorkerProcess worker)
    {
        if (worker.IsDraining)
            return;
        worker.Drain(DrainDeadline);
        worker.Requests = 0;
        if (worker.QueueWatch is { IsAdded: true } watch)
            poller.Remove(watch);
        Report(worker.Event(WorkerEventKind.Draining));
    }

    /// <summary>
    /// Asks a worker that was not ready in time to end, because it will probably never be ready. The pool then replaces it.
    /// </summary>
    void DrainLate(WorkerProcess worker)
    {
        worker.ReadyDeadline = long.MaxValue;
        if (worker.IsReady || worker.IsDraining)
            return;
        worker.IsLate = true;
        Report(worker.Event(WorkerEventKind.NotReady));
        Drain(worker);
    }

    void Kill(WorkerProcess worker)
    {
        Report(worker.Event(WorkerEventKind.Killed));
        worker.Kill();
        killed++;
    }

    void Unwatch(WorkerProcess worker)
    {
        worker.Requests = 0;
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
        isReloadQueued = next is not null;
        if (isStopping || isReloadQueued)
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
            Report(new WorkerEvent(WorkerEventKind.NotStarted, index, next.Number, 0, Error: e));
            AbandonReload();
        }
    }

    /// <summary>Asks the old workers to end if all new ones are ready, or abandons the reload if its deadline has passed.</summary>
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
            if (isReloadQueued)
                BeginReload();
        }
        else if (nextDeadline <= Environment.TickCount64)
        {
            AbandonReload();
        }
    }

    void AbandonReload()
    {
        WorkerGeneration failed = next!;
        next = null;
        isReloadQueued = false;
        for (int index = 0; index < failed.Workers.Length; index++)
        {
            WorkerProcess? worker = failed.Workers[index];
            failed.Workers[index] = null;
            if (worker is not null)
                Drain(worker);
        }
        failed.Dispose();
        Report(new WorkerEvent(WorkerEventKind.ReloadFailed, -1, failed.Number, 0));
    }

    void UpdateProcessIds() => processIds = [.. processes.Select(worker => worker.Process.Id)];
}
