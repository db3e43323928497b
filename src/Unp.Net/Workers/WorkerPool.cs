using System.Collections.Concurrent;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>
/// A pool of pre-started processes, the workers, that serve one listening socket (UNP 30). The pool keeps their number constant, can
/// replace them without refusing a connection, and ends them within a time limit.
/// </summary>
/// <remarks>
/// <para>A worker is a new process of the same program, because a .NET process cannot fork. Its main function calls
/// <see cref="Worker.FromEnvironment"/> to find out whether it runs in a worker. A worker gets only descriptors and the environment from
/// its pool.</para>
/// <para>The pool replaces a worker that ends: at once if the worker has lived for a second, otherwise after a delay that doubles each
/// time.</para>
/// <para><see cref="Reload"/> (SIGHUP) starts new workers, waits until they are ready, and then asks the old ones to finish. The
/// listening socket stays open meanwhile. <see cref="Stop"/> (SIGTERM, SIGINT) asks all workers to end. The pool kills a worker that
/// has not ended by its deadline.</para>
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
///     while (worker.Accept() is { } connfd)   // null: the worker must end
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

    /// <summary>Creates a pool. No worker is started before <see cref="Run"/>.</summary>
    /// <param name="listener">
    /// A listening socket. The pool takes ownership and closes it when it stops. If the constructor throws, the socket stays open and
    /// belongs to the caller. For <see cref="AcceptMode.ReusePort"/> it must have been bound with SO_REUSEPORT (FreeBSD: SO_REUSEPORT_LB).
    /// </param>
    /// <param name="options">The options. Null means one worker per processor, in <see cref="AcceptMode.Direct"/>.</param>
    /// <exception cref="ArgumentException">
    /// An option is invalid, the socket does not listen, or SO_REUSEPORT is not set although the <see cref="AcceptMode"/> needs it.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// This process is a worker and has not called <see cref="Worker.FromEnvironment"/> yet.
    /// </exception>
    /// <exception cref="UnpException">
    /// EADDRINUSE...: a further socket for <see cref="AcceptMode.ReusePort"/> could not be bound. EMFILE: no descriptor is free.
    /// </exception>
    /// <exception cref="PlatformNotSupportedException">The system does not support the <see cref="AcceptMode"/>.</exception>
    public WorkerPool(Fd listener, WorkerPoolOptions? options = null)
    {
        Libunp.Check(listener);
        ThrowIfWorker();
        if (!Libunp.IsListening(listener))
            throw new ArgumentException($"The socket {listener} does not listen. Call Listen before creating the pool.", nameof(listener));
        this.options = options ?? new();
        this.options.Validate();
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

    /// <summary>Gets the process ids of all running workers, including those that were asked to end.</summary>
    public IReadOnlyList<int> ProcessIds => processIds;

    /// <summary>
    /// Starts the workers, and returns when all of them have ended after <see cref="Stop"/>. Can be called only once.
    /// </summary>
    /// <returns>
    /// The number of workers that were killed because they did not end in time. It can be used as the exit status of the program.
    /// </returns>
    /// <remarks>
    /// A worker that is not ready within <see cref="WorkerPoolOptions.ReadyTimeout"/> is reported (<see cref="WorkerEventKind.NotReady"/>)
    /// and asked to end. The pool replaces it after a delay, like a worker that ends in its first second.
    /// </remarks>
    /// <exception cref="UnpException">One of the first workers could not be started (ENOENT, EACCES, EAGAIN, EMFILE...).</exception>
    /// <exception cref="InvalidOperationException">The method has already been called.</exception>
    public int Run()
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref disposed) != 0, this);
        if (Interlocked.Exchange(ref started, 1) != 0)
            throw new InvalidOperationException("Run has already been called on this pool. Create a new WorkerPool.");
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
                long next = RunDueActions();
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
    /// Replaces all workers. The pool starts new workers, and asks the old ones to end when all new ones are ready.
    /// </summary>
    /// <remarks>
    /// If a new worker ends or is not ready in time, the pool ends the new workers and keeps the old ones. Any thread may call the method;
    /// it does not wait. A call during a reload starts another reload when the first has finished.
    /// </remarks>
    public void Reload() => Command(BeginReload);

    /// <summary>
    /// Asks all workers to end and kills those that still run after <see cref="WorkerPoolOptions.DrainTimeout"/>; then <see cref="Run"/>
    /// returns. Any thread may call the method; it does not wait.
    /// </summary>
    public void Stop() => Command(BeginStop);

    /// <summary>
    /// Closes the sockets of the pool. Must not be called while <see cref="Run"/> runs; call <see cref="Stop"/> then.
    /// </summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref disposed, 1) != 0)
            return;
        foreach (WorkerProcess worker in processes)
            worker.Dispose(); // Run has thrown; the worker ends because its control socket closes
        processes.Clear();
        CloseListeners();
        current.Dispose();
        next?.Dispose();
        poller.Dispose();
    }

    /// <summary>
    /// Throws if this process is a worker. Without this check, a program that does not call <see cref="Worker.FromEnvironment"/> would
    /// create a pool in each of its workers, and so start processes without end.
    /// </summary>
    static void ThrowIfWorker()
    {
        if (Environment.GetEnvironmentVariable(WorkerProtocol.Variable) is { Length: > 0 } text)
        {
            throw new InvalidOperationException(
                $"This process is a worker of another pool ({WorkerProtocol.Variable}={text}). "
                + "Call Worker.FromEnvironment before creating a WorkerPool.");
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
            // A signal has arrived while Run returns.
        }
    }

    void Handle(PollEvent ready)
    {
        if (!ready.Registration.IsAdded)
            return;
        if (ready.State is not WorkerProcess worker)
            OnListenerReady();
        else if (ready.Registration == worker.QueueWatch)
            CountRequests(worker);
        else
            ReadControl(worker);
        PassConnections();
    }

    /// <summary>
    /// Reads the messages of a worker: it is ready, or it ends by itself. End of file on the socket means that the process is exiting.
    /// </summary>
    void ReadControl(WorkerProcess worker)
    {
        Span<byte> message = stackalloc byte[16];
        nint n = recv(worker.Control, message, MSG_DONTWAIT);
        if (n > 0)
        {
            if (message[..(int)n].Contains(WorkerProtocol.ReadyMessage) && !worker.IsReady)
            {
                worker.IsReady = true;
                worker.ReadyDeadline = long.MaxValue;
                Report(worker.Event(WorkerEventKind.Ready));
            }
            if (message[..(int)n].Contains(WorkerProtocol.EndingMessage))
                Drain(worker);
        }
        else if (n == 0 || !Errno.Last.IsAny(Errno.EAGAIN, Errno.EINTR))
        {
            worker.IsControlClosed = true;
            worker.ReadyDeadline = long.MaxValue;
            worker.EndBy(After(ExitTimeout, since: DrainDeadline)); // the worker may close its socket and keep running
            Unwatch(worker);
        }
    }

    void Report(in WorkerEvent what) => options.OnEvent?.Invoke(what);

    void CloseListeners()
    {
        foreach (Fd listener in listeners)
            listener.Dispose();
    }

    /// <summary>
    /// Opens a listening socket for each further worker, with the options of the first socket that must be set before bind.
    /// </summary>
    void AddListeners()
    {
        Fd first = listeners[0];
        SocketOption<bool> reusePort = Libunp.PortSharing;
        if (!Libunp.Getsockopt(first, reusePort))
        {
            throw new ArgumentException(
                $"The listening socket was bound without {reusePort.Name}. Set this option before bind for AcceptMode.ReusePort.",
                "listener");
        }
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
