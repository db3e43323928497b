using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>
/// One of the processes that a <see cref="WorkerPool"/> has started, as it sees itself: which it is, where its connections come from, and when it is to end.
/// </summary>
/// <remarks>
/// A worker leaves to its pool what a terminal sends to all its processes: SIGINT and SIGHUP do nothing in it. SIGTERM does what the pool's wish does, and
/// then the pool starts another one. When the pool is gone, its workers are to end, too.
/// </remarks>
public sealed partial class Worker : IDisposable
{
    // What the terminal sends is passed over to the end of the process, and not to that of the worker: the runtime tells of a signal later than it comes, and one
    // that came before would end what is about to end by itself.
    static IDisposable[]? ofTerminal;

    readonly Dictionary<string, Fd> descriptors;
    readonly AcceptMode mode;
    readonly AcceptTurn turn;
    readonly CallInterrupter interrupter = new();
    readonly CancellationTokenSource draining = new();
    readonly Fd control;
    readonly IDisposable terminating;
    readonly Thread listening;
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
        ofTerminal = [Libunp.WatchSignal(SIGINT, _ => { }), Libunp.WatchSignal(SIGHUP, _ => { })];
        listening = new Thread(ListenToPool, maxStackSize: 256 * 1024) { IsBackground = true, Name = "Unp.Net worker" };
        listening.UnsafeStart();
    }

    /// <summary>Which of the pool's workers this is, from 0. The one that takes its place when it ends has the same.</summary>
    public int Index { get; }

    /// <summary>1, and one more after each <see cref="WorkerPool.Reload"/>.</summary>
    public int Generation { get; }

    /// <summary>Cancelled when the worker is to end: it takes no new connection, finishes what it does, and returns from its main function.</summary>
    public CancellationToken Draining => draining.Token;

    /// <summary>
    /// The listening socket, for a worker that accepts by itself, on an event loop say: it says when it is <see cref="Ready"/>, and stops when it is
    /// <see cref="Draining"/>. The others call <see cref="Accept()"/>. All workers of a pool share its modes, such as O_NONBLOCK, but with
    /// <see cref="AcceptMode.ReusePort"/> only those of the same <see cref="Index"/>.
    /// </summary>
    /// <exception cref="InvalidOperationException">The pool accepts (<see cref="AcceptMode.Passing"/>).</exception>
    public Fd Listener => descriptors.GetValueOrDefault(WorkerProtocol.Listener)
        ?? throw new InvalidOperationException("The pool accepts, and passes the connections: a worker has no listening socket.");

    /// <summary>
    /// The worker that this process is; null: it was not started by a pool. To be called once, at the beginning: what tells it is taken out of the
    /// environment, so that programs which this one starts do not take themselves for workers.
    /// </summary>
    /// <exception cref="UnpException">
    /// The variable UNP_WORKER is there, but no pool has set it for this process: EINVAL: its text is no pool's; EBADF: the descriptors
    /// that it names are not open, or not from the pool; ENOTSOCK. The message has the variable.
    /// </exception>
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

    /// <summary>One of the descriptors that the pool's <see cref="WorkerPoolOptions.Descriptors"/> have given, by its name. It stays this object's.</summary>
    /// <exception cref="ArgumentException">None has that name.</exception>
    public Fd Descriptor(string name) =>
        descriptors.GetValueOrDefault(name) ?? throw new ArgumentException($"The pool has given no descriptor \"{name}\".", nameof(name));

    /// <summary>
    /// Tells the pool that this worker can serve: a reload asks the old workers to end when all the new ones have said so. <see cref="Accept()"/> does it.
    /// </summary>
    public void Ready()
    {
        if (Interlocked.Exchange(ref isReady, 1) == 0)
            _ = send(control, [WorkerProtocol.IsReady], MSG_NOSIGNAL); // a pool that is gone does not want to know
    }

    /// <summary>
    /// Closes all that the pool has given; threads that wait in <see cref="Accept()"/> get null. The pool takes that for the end of the worker, which is to follow:
    /// after <see cref="WorkerPoolOptions.DrainTimeout"/> it is killed.
    /// </summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref isDisposed, 1) != 0)
            return;
        _ = shutdown(control, SHUT_RDWR);
        if (Thread.CurrentThread != listening)
            listening.Join();
        terminating.Dispose();
        if (descriptors.TryGetValue(WorkerProtocol.Queue, out Fd? queue))
            _ = shutdown(queue, SHUT_RDWR); // who waits there is not interrupted, but sees the end
        if (interrupter.Request())
            turn.Dispose(); // not while somebody waits for it
        foreach (Fd descriptor in descriptors.Values)
            descriptor.Dispose();
    }

    /// <summary><c>"worker 0 of generation 1"</c></summary>
    public override string ToString() => $"worker {Index} of generation {Generation}";

    /// <summary>Waits for the pool's wish, or its end.</summary>
    void ListenToPool()
    {
        Span<byte> wish = stackalloc byte[1];
        nint n;
        do
            n = read(control, wish);
        while (Libunp.Interrupted(n) || n > 0 && wish[0] != WorkerProtocol.Drain);
        if (Volatile.Read(ref isDisposed) == 0)
            Drain();
    }

    void Drain()
    {
        // The token first, as who asks why Accept has returned null shall see it.
        draining.Cancel();
        try
        {
            // The pool may not know of it yet. It is what ends the wait for a connection that it passes.
            _ = send(control, [WorkerProtocol.IsEnding], MSG_NOSIGNAL | MSG_DONTWAIT);
        }
        catch (ObjectDisposedException)
        {
            // A signal that comes while the worker is disposed.
        }
        if (mode != AcceptMode.Passing)
            interrupter.Request();
    }
}
