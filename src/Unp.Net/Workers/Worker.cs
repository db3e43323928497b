using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>
/// The view that a worker process of a <see cref="WorkerPool"/> has of itself: its number, the source of its connections, and when it must
/// end.
/// </summary>
/// <remarks>
/// A worker ignores SIGINT and SIGHUP, because a terminal sends them to all its processes and the pool handles them. SIGTERM asks a worker
/// to end, as the pool does; the pool then starts another one. When the pool's process ends, its workers are asked to end, too.
/// </remarks>
public sealed partial class Worker : IDisposable
{
    // Static, because terminal signals must be ignored until the process exits, not just until Dispose. The runtime delivers signals late,
    // so one that was sent before Dispose could kill a process that is already exiting.
    static IDisposable[]? terminalSignals;

    readonly Dictionary<string, Fd> descriptors;
    readonly AcceptMode mode;
    readonly AcceptTurn turn;
    readonly CallInterrupter interrupter = new();
    readonly CancellationTokenSource draining = new();
    readonly Fd control;
    readonly IDisposable terminating;
    readonly Thread controlReader;
    int isReady;
    int isDisposed;

    Worker(int index, int generation, AcceptMode mode, Dictionary<string, Fd> descriptors)
    {
        Index = index;
        Generation = generation;
        this.mode = mode;
        this.descriptors = descriptors;
        control = descriptors[WorkerProtocol.Control];
        turn = AcceptTurn.Open(mode, descriptors.GetValueOrDefault(WorkerProtocol.Lock));
        terminating = Libunp.WatchSignal(SIGTERM, _ => Drain());
        terminalSignals = [Libunp.WatchSignal(SIGINT, _ => { }), Libunp.WatchSignal(SIGHUP, _ => { })];
        controlReader = new Thread(ReadControl, maxStackSize: 256 * 1024) { IsBackground = true, Name = "Unp.Net worker" };
        controlReader.UnsafeStart();
    }

    /// <summary>Gets the number of this worker in its pool, from 0. The replacement of a worker has the same number.</summary>
    public int Index { get; }

    /// <summary>Gets the generation of this worker: 1 at first, and one more after each <see cref="WorkerPool.Reload"/>.</summary>
    public int Generation { get; }

    /// <summary>
    /// Gets a token that is cancelled when the worker must end. The worker then accepts no new connection, finishes its work, and returns
    /// from its main function.
    /// </summary>
    public CancellationToken Draining => draining.Token;

    /// <summary>
    /// Gets the listening socket, for a worker that accepts by itself, for example on an event loop. Other workers call
    /// <see cref="Accept()"/>.
    /// </summary>
    /// <remarks>
    /// A worker that uses this socket must call <see cref="Ready"/> and stop accepting when <see cref="Draining"/> is cancelled. All
    /// workers of a pool share the socket's modes, such as O_NONBLOCK. With <see cref="AcceptMode.ReusePort"/> only workers of the same
    /// <see cref="Index"/> share them.
    /// </remarks>
    /// <exception cref="InvalidOperationException">The mode is <see cref="AcceptMode.Passing"/>, in which the pool accepts.</exception>
    public Fd Listener => descriptors.GetValueOrDefault(WorkerProtocol.Listener)
        ?? throw new InvalidOperationException("A worker has no listening socket with AcceptMode.Passing. Call Accept.");

    /// <summary>
    /// Returns the worker of this process, or null if no pool has started the process. Must be called once, at the beginning.
    /// </summary>
    /// <remarks>
    /// The method removes the variable UNP_WORKER from the environment, so that programs which this process starts do not take themselves
    /// for workers.
    /// </remarks>
    /// <exception cref="UnpException">
    /// UNP_WORKER is set, but not by a pool for this process; the message contains the variable. EINVAL: the text is malformed. EBADF: its
    /// descriptors are not open, or were not inherited. ENOTSOCK: one of them is not a socket.
    /// </exception>
    /// <example>
    /// Call it first in <c>Main</c>, because a worker is this program started again:
    /// <code>
    /// using Worker? worker = Worker.FromEnvironment();
    /// while (worker?.Accept() is { } connfd)       // null: the worker must end
    /// {
    ///     using (connfd)
    ///         Str_echo(connfd);
    /// }
    /// if (worker is not null)
    ///     return;
    /// using var workers = new WorkerPool(Tcp_listen(null, "9877"));
    /// workers.Run();
    /// </code>
    /// </example>
    public static Worker? FromEnvironment()
    {
        const string Function = "Worker.FromEnvironment";
        if (Environment.GetEnvironmentVariable(WorkerProtocol.Variable) is not { Length: > 0 } text)
            return null;
        Environment.SetEnvironmentVariable(WorkerProtocol.Variable, null);
        string variable = $"{WorkerProtocol.Variable}={text}";
        if (!WorkerProtocol.TryRead(text, out int index, out int generation, out AcceptMode mode, out string[] names))
            throw new UnpException(Errno.EINVAL, Function, variable);
        Fd[] descriptors = InheritedDescriptors.Take(names.Length, Function, variable, number => WorkerProtocol.IsSocket(names[number]));
        return new Worker(index, generation, mode, names.Zip(descriptors).ToDictionary(pair => pair.First, pair => pair.Second));
    }

    /// <summary>
    /// Returns a descriptor of the pool's <see cref="WorkerPoolOptions.Descriptors"/> by its name. <see cref="Dispose"/> closes it.
    /// </summary>
    /// <exception cref="ArgumentException">No descriptor has this name.</exception>
    public Fd Descriptor(string name) =>
        descriptors.GetValueOrDefault(name) ?? throw new ArgumentException(
            $"The pool has no descriptor \"{name}\". Add it to WorkerPoolOptions.Descriptors.", nameof(name));

    /// <summary>
    /// Notifies the pool that this worker can serve. A reload asks the old workers to end when all new ones are ready.
    /// <see cref="Accept()"/> calls this method.
    /// </summary>
    public void Ready()
    {
        if (Interlocked.Exchange(ref isReady, 1) == 0)
            _ = send(control, [WorkerProtocol.ReadyMessage], MSG_NOSIGNAL); // fails if the pool is gone, which does not matter
    }

    /// <summary>
    /// Closes all descriptors from the pool. <see cref="Accept()"/> then returns null to the threads that wait in it. The process must end
    /// soon afterwards, because the pool kills it after <see cref="WorkerPoolOptions.DrainTimeout"/>.
    /// </summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref isDisposed, 1) != 0)
            return;
        _ = shutdown(control, SHUT_RDWR);
        if (Thread.CurrentThread != controlReader)
            controlReader.Join();
        terminating.Dispose();
        if (descriptors.TryGetValue(WorkerProtocol.Queue, out Fd? queue))
            _ = shutdown(queue, SHUT_RDWR); // threads that wait there are not interrupted, but read end of file
        if (interrupter.Request())
            turn.Dispose(); // not while a thread uses it
        foreach (Fd descriptor in descriptors.Values)
            descriptor.Dispose();
    }

    /// <summary><c>"worker 0 of generation 1"</c></summary>
    public override string ToString() => $"worker {Index} of generation {Generation}";

    /// <summary>Waits until the pool asks this worker to end, or until the pool's process has ended.</summary>
    void ReadControl()
    {
        Span<byte> wish = stackalloc byte[1];
        nint n;
        do
            n = read(control, wish);
        while (Libunp.Interrupted(n) || n > 0 && wish[0] != WorkerProtocol.DrainMessage);
        if (Volatile.Read(ref isDisposed) == 0)
            Drain();
    }

    void Drain()
    {
        // Cancel the token first, so that a caller sees it as soon as Accept has returned null.
        draining.Cancel();
        try
        {
            // After a SIGTERM the pool does not know yet that this worker ends. With AcceptMode.Passing the pool then closes the queue,
            // which ends the wait in Accept.
            _ = send(control, [WorkerProtocol.EndingMessage], MSG_NOSIGNAL | MSG_DONTWAIT);
        }
        catch (ObjectDisposedException)
        {
            // A signal has arrived while the worker is disposed.
        }
        if (mode != AcceptMode.Passing)
            interrupter.Request();
    }
}
