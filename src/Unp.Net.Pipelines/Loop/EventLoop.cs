using System.Runtime.CompilerServices;

namespace Unp.Net.Pipelines;

// One turn of the loop (EventLoop.Turns.cs):
//
//   1. Run the timers that are due.
//   2. Complete the operations that were deferred before this step.
//   3. Run the work that was posted before this step.
//   4. End the loop if it was aborted, if an exception is fatal, or if it has drained. It has drained when it is stopping and has no
//      socket, no posted work and no deferred operation.
//   5. Compute the timeout: zero if an operation is deferred, otherwise the time until the next timer.
//   6. Unless the timeout is zero, announce the sleep (see below).
//   7. Wait in the poller for at most 128 events.
//   8. Call LoopSocket.OnReady for each event.
//
// Work that a step adds to its own queue waits for the next turn, so no queue can starve the others.
//
// Hand-over between the sleeping loop and the threads that post:
//
//   loop thread     sets `sleeping`, then checks `posted` and `isAborted`. If there is work, it waits with a timeout of zero.
//   posting thread  adds to `posted`, then clears `sleeping`. If `sleeping` was set, it calls Poller.Wake.
//
// Both sides have a full fence (Interlocked.Exchange) between the two accesses, so at least one side sees the write of the other. The
// exchange also ensures that only one thread wakes the loop. Poller.Wake also ends a wait that has not begun yet, so no wake-up is lost.
//
// `gate` protects posted, sockets, signals and isClosed. Only the loop's thread uses timers, deferred, budget and nested.

/// <summary>
/// A thread that waits for descriptors, timers and posted work, and runs their callbacks one after another. <see cref="LoopSocket"/>
/// provides the sockets of a loop.
/// </summary>
/// <remarks>
/// <para>The thread starts with the constructor, and ends with <see cref="StopAsync"/> or <see cref="Dispose"/>. Code that runs on it must
/// not block.</para>
/// <para>Each turn runs the timers that are due, then the work posted until then, then the callbacks of ready descriptors. The number
/// of descriptors per turn is limited, so none of the three can starve the others. For the same reason a socket whose operations all
/// complete at once lets the other sockets run after some of them.</para>
/// </remarks>
/// <example>
/// <code>
/// using var loop = new EventLoop();
/// await loop.RunAsync(async () =>
/// {
///     using var socket = new LoopSocket(loop, Libunp.Socket(Libc.AF_INET, Libc.SOCK_STREAM));
///     await socket.ConnectAsync(address);
///     await socket.SendAsync("hello\n"u8.ToArray());
/// });
/// </code>
/// </example>
public sealed partial class EventLoop : IDisposable, IAsyncDisposable
{
    [ThreadStatic]
    static EventLoop? current;

    readonly Lock gate = new();
    readonly WorkQueue posted = new();
    readonly HashSet<LoopSocket> sockets = [];
    readonly EventLoopOptions options;
    readonly Poller poller;
    readonly Thread thread;
    readonly LoopMeter meter;
    readonly StallState? stallState;

    // 1 while the loop's thread sleeps or is about to sleep, otherwise 0.
    int sleeping;
    bool isClosed;

    /// <summary>Starts a loop.</summary>
    /// <param name="options">The options; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option or the environment variable UNP_POLLER has an invalid value.</exception>
    /// <exception cref="PlatformNotSupportedException">
    /// This system does not have the mechanism, or cannot bind a thread to a processor.
    /// </exception>
    /// <exception cref="UnpException">
    /// EMFILE, ENFILE, ENOMEM; EINVAL: the processor does not exist, or the process may not use it.
    /// </exception>
    public EventLoop(EventLoopOptions? options = null)
    {
        this.options = options ?? new EventLoopOptions();
        this.options.Validate();
        clock = this.options.TimeProvider;
        poller = this.options.Mechanism is { } mechanism ? Poller.Create(mechanism) : Poller.Create();
        poller.SpinPeriod = this.options.SpinPeriod;
        Completion = LoopTask.Guarded(ended.Task, loop => loop == this, TaskCreationOptions.RunContinuationsAsynchronously);
        thread = new Thread(Run) { IsBackground = true, Name = this.options.Name };
        try
        {
            if (clock != TimeProvider.System)
            {
                alarm = clock.CreateTimer(
                    static loop => ((EventLoop)loop!).Wake(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }
            meter = new LoopMeter(this, this.options);
            var started = new TaskCompletionSource();
            thread.UnsafeStart(started);
            started.Task.GetAwaiter().GetResult();
        }
        catch
        {
            meter?.Dispose();
            alarm?.Dispose();
            poller.Dispose();
            throw;
        }
        stallState = StallState.Start(this, this.options, meter);
    }

    /// <summary>Gets the loop that owns the calling thread, or null.</summary>
    public static EventLoop? Current => current;

    /// <summary>Gets whether the calling thread is the loop's thread.</summary>
    public bool IsCurrent => current == this;

    /// <summary>Gets the mechanism that the loop waits with: <c>"select"</c>, <c>"poll"</c>, <c>"epoll"</c> or <c>"kqueue"</c>.</summary>
    public string Mechanism => poller.Mechanism;

    /// <summary>Gets the name of the loop (<see cref="EventLoopOptions.Name"/>).</summary>
    public string Name => options.Name;

    /// <summary>Gets the number of open <see cref="LoopSocket"/>s of the loop, including sockets without a pending operation.</summary>
    public int SocketCount
    {
        get
        {
            lock (gate)
                return sockets.Count;
        }
    }

    /// <summary>Gets the number of bytes that the loop's sockets have received.</summary>
    public long BytesReceived => Volatile.Read(ref received);

    /// <summary>Gets the number of bytes that the loop's sockets have sent.</summary>
    public long BytesSent => Volatile.Read(ref sent);

    /// <inheritdoc cref="EventLoopOptions.Name"/>
    public override string ToString() => $"{Name} ({Mechanism})";

    internal Poller Poller => poller;

    internal bool RunsContinuationsAsynchronously => options.RunContinuationsAsynchronously;

    /// <summary>Gets the resources that the loop's connections with the same options object share.</summary>
    internal ConditionalWeakTable<LoopConnectionOptions, LoopConnectionOptions.ConnectionResources> ConnectionResources { get; } = [];

    internal bool IsClosed => Volatile.Read(ref isClosed);

    /// <summary>Posts work, and wakes the loop if it sleeps. Returns false if the loop has closed. Any thread may call it.</summary>
    internal bool TryPost(in WorkItem item)
    {
        lock (gate)
        {
            if (isClosed)
                return false;
            posted.Add(item);
            if (Interlocked.Exchange(ref sleeping, 0) != 0)
                poller.Wake();
        }
        return true;
    }

    /// <summary>Posts work of the library, which runs even if the loop is aborted. Returns false if the loop has closed.</summary>
    internal bool TryPostOwn(Action<object?> work, object? state) => TryPost(new WorkItem(work, state, IsOwn: true));

    internal void Join(LoopSocket socket)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(isClosed, this);
            sockets.Add(socket);
        }
    }

    internal void Leave(LoopSocket socket)
    {
        lock (gate)
            sockets.Remove(socket);
    }

    void Wake()
    {
        lock (gate)
        {
            if (!isClosed)
                poller.Wake();
        }
    }
}
