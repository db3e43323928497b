using System.Collections.Concurrent;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>
/// Pre-started processes that serve one listening socket (chapter 30): kept at their number, replaced without a refused connection, ended by a deadline.
/// </summary>
/// <remarks>
/// <para>A worker is this program itself, started again: its main function finds out what it is by <see cref="Worker.FromEnvironment"/>. A .NET process
/// cannot fork, so nothing but descriptors and the environment comes from the parent.</para>
/// <para>A worker that ends is replaced, at once if it has lived for a second, otherwise after a time that doubles. <see cref="Reload"/> (SIGHUP) starts new
/// workers, waits until they are ready, and then asks the old ones to finish what they do; the listening socket is open all the while. <see cref="Stop"/> (SIGTERM,
/// SIGINT) asks all of them. Who has not ended by its deadline is killed.</para>
/// </remarks>
/// <example>
/// <code>
/// static int Main()
/// {
///     using (Worker? worker = Worker.FromEnvironment())
///     {
///         if (worker is not null)
///             return Serve(worker);
///     }
///     Fd listenfd = Tcp_listen(null, "9877");
///     using var pool = new WorkerPool(listenfd, new WorkerPoolOptions { Workers = 4, OnEvent = e => Console.Error.WriteLine(e) });
///     return pool.Run();
/// }
///
/// static int Serve(Worker worker)
/// {
///     while (worker.Accept() is { } connfd)   // null: the worker is to end
///     {
///         using (connfd)
///             Str_echo(connfd);
///     }
///     return 0;
/// }
/// </code>
/// </example>
public sealed partial class WorkerPool : IDisposable
{
    readonly WorkerPoolOptions options;
    readonly Poller poller;
    readonly ConcurrentQueue<Action> commands = [];
    readonly List<WorkerProcess> processes = [];
    readonly List<Fd> listeners = [];
    volatile int[] processIds = [];
    int started;
    int disposed;

    /// <summary>Makes a pool, without starting anything.</summary>
    /// <param name="listener">
    /// A listening socket. It becomes the pool's, which closes it when it stops; an exception leaves it open, and the caller's. With
    /// <see cref="AcceptMode.ReusePort"/> it was bound with SO_REUSEPORT (FreeBSD: SO_REUSEPORT_LB).
    /// </param>
    /// <param name="options">How it works; null: as many workers as processors, which all wait in accept.</param>
    /// <exception cref="ArgumentException">
    /// An option is wrong, the socket does not listen, or SO_REUSEPORT is not set where it has to be.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// This process is a worker itself, and did not call <see cref="Worker.FromEnvironment"/> before.
    /// </exception>
    /// <exception cref="UnpException">EADDRINUSE...: a further socket for <see cref="AcceptMode.ReusePort"/> could not be bound; EMFILE.</exception>
    /// <exception cref="PlatformNotSupportedException">The system does not have the <see cref="AcceptMode"/>.</exception>
    public WorkerPool(Fd listener, WorkerPoolOptions? options = null)
    {
        Libunp.Check(listener);
        RefuseWorker();
        if (!Listeners.IsListening(listener))
            throw new ArgumentException($"The pool's socket {listener} does not listen.", nameof(listener));
        this.options = options ?? new();
        this.options.Check();
        poller = Poller.Create();
        try
        {
            listeners.Add(listener);
            if (this.options.Accept == AcceptMode.ReusePort)
                AddListeners();
            command = WorkerCommand(this.options);
            current = new WorkerGeneration(1, this.options.Workers) { AcceptLock = AcceptTurn.CreateFor(this.options.Accept) };
            restarts = new Restart[this.options.Workers];
        }
        catch
        {
            poller.Dispose();
            foreach (Fd own in listeners.Skip(1))
                own.Dispose();
            throw;
        }
    }

    /// <summary>The processes of all workers that run at this moment, those among them that are about to end.</summary>
    public IReadOnlyList<int> ProcessIds => processIds;

    /// <summary>Starts the workers, and returns when all have ended after <see cref="Stop"/>. To be called once.</summary>
    /// <returns>How many had to be killed because they did not end in time: 0, as a program's exit status has it.</returns>
    /// <remarks>
    /// A worker that does not get ready within <see cref="WorkerPoolOptions.ReadyTimeout"/> is reported
    /// (<see cref="WorkerEventKind.NotReady"/>), asked to end, and replaced after a delay, as one that dies young.
    /// </remarks>
    /// <exception cref="UnpException">One of the first workers could not be started (ENOENT, EACCES, EAGAIN, EMFILE...).</exception>
    /// <exception cref="InvalidOperationException">It was called before.</exception>
    public int Run()
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref disposed) != 0, this);
        if (Interlocked.Exchange(ref started, 1) != 0)
            throw new InvalidOperationException("A pool runs once.");
        IDisposable[] signals = options.HandlesSignals
            ? [Libunp.WatchSignal(SIGHUP, _ => Reload()), Libunp.WatchSignal(SIGTERM, _ => Stop()), Libunp.WatchSignal(SIGINT, _ => Stop())]
            : [];
        try
        {
            if (options.Accept == AcceptMode.Passing)
                WatchListener();
            for (int index = 0; index < options.Workers; index++)
                Start(current, index);
            Span<PollEvent> events = new PollEvent[64];
            while (!isStopping || processes.Count > 0)
            {
                long next = DoWhatIsDue();
                if (isStopping && processes.Count == 0)
                    break;
                TimeSpan? wait = next == long.MaxValue ? null : TimeSpan.FromMilliseconds(Math.Max(0, next - Environment.TickCount64));
                int n = poller.Wait(events, wait);
                foreach (PollEvent ready in events[..n])
                    Handle(ready);
            }
            return killed;
        }
        finally
        {
            foreach (IDisposable signal in signals)
                signal.Dispose();
            Dispose();
        }
    }

    /// <summary>
    /// Replaces all workers: new ones are started, and when all of them are ready the old ones are asked to end. If one is not in time, or ends, the old ones go
    /// on. Any thread may call it, and it does not wait; a second one while the first goes on comes after it.
    /// </summary>
    public void Reload() => Command(BeginReload);

    /// <summary>Ends all workers by <see cref="WorkerPoolOptions.DrainTimeout"/>, and with them <see cref="Run"/>. Any thread may call it, and it does not wait.</summary>
    public void Stop() => Command(BeginStop);

    /// <summary>Closes the pool's sockets. To be called when <see cref="Run"/> has returned or was not called; before that there is <see cref="Stop"/>.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref disposed, 1) != 0)
            return;
        foreach (WorkerProcess worker in processes)
            worker.Dispose(); // after an exception; the workers see their pool's end
        processes.Clear();
        CloseListeners();
        current.Dispose();
        next?.Dispose();
        poller.Dispose();
    }

    /// <summary>
    /// A worker is this program again, so a program that does not ask whether it is one would make a pool in each worker, without end.
    /// </summary>
    static void RefuseWorker()
    {
        if (Environment.GetEnvironmentVariable(WorkerProtocol.Variable) is { Length: > 0 } text)
        {
            throw new InvalidOperationException(
                $"This process is a worker of another pool ({WorkerProtocol.Variable}={text}): "
                + "call Worker.FromEnvironment before a WorkerPool is made.");
        }
    }

    void Command(Action action)
    {
        commands.Enqueue(action);
        try
        {
            poller.Wake();
        }
        catch (ObjectDisposedException)
        {
            // A signal that comes while Run returns.
        }
    }

    void Handle(PollEvent ready)
    {
        if (!ready.Registration.IsAdded)
            return;
        if (ready.State is not WorkerProcess worker)
            ListenerIsReady();
        else if (ready.Registration == worker.QueueWatch)
            CountWanted(worker);
        else
            Listen(worker);
        PassConnections();
    }

    /// <summary>The worker says that it is ready, or is to end, or that it has ended, by the end of its socket.</summary>
    void Listen(WorkerProcess worker)
    {
        Span<byte> said = stackalloc byte[16];
        nint n = recv(worker.Control, said, MSG_DONTWAIT);
        if (n > 0)
        {
            if (said[..(int)n].Contains(WorkerProtocol.IsReady) && !worker.IsReady)
            {
                worker.IsReady = true;
                worker.ReadyDeadline = long.MaxValue;
                Tell(worker.Event(WorkerEventKind.Ready));
            }
            if (said[..(int)n].Contains(WorkerProtocol.IsEnding))
                Drain(worker);
        }
        else if (n == 0 || Errno.Last != Errno.EAGAIN && Errno.Last != Errno.EINTR)
        {
            worker.IsSilent = true;
            worker.ReadyDeadline = long.MaxValue;
            worker.EndBy(DrainDeadline + Farewell); // it may have closed its socket and not its eyes
            Unwatch(worker);
        }
    }

    void Tell(in WorkerEvent what) => options.OnEvent?.Invoke(what);

    void CloseListeners()
    {
        foreach (Fd listener in listeners)
            listener.Dispose();
    }

    /// <summary>A socket for each of the other workers, with the modes of the first that matter before bind.</summary>
    void AddListeners()
    {
        Fd first = listeners[0];
        SocketOption<bool> reusePort = Libunp.PortSharing;
        if (!Libunp.Getsockopt(first, reusePort))
            throw new ArgumentException($"For AcceptMode.ReusePort the listening socket needs {reusePort.Name} before it is bound.", "listener");
        SockAddr address = Libunp.Getsockname(first);
        while (listeners.Count < options.Workers)
        {
            Fd another = Libunp.Socket(address.Family, SOCK_STREAM);
            listeners.Add(another);
            Libunp.Setsockopt(another, reusePort, true);
            Libunp.Setsockopt(another, SocketOptions.ReuseAddr, Libunp.Getsockopt(first, SocketOptions.ReuseAddr));
            if (address.Family == AF_INET6)
                Libunp.Setsockopt(another, SocketOptions.Ipv6V6Only, Libunp.Getsockopt(first, SocketOptions.Ipv6V6Only));
            Libunp.Bind(another, address);
            Libunp.Listen(another, options.Backlog);
        }
    }
}
