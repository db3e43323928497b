using System.Runtime.ExceptionServices;

namespace Unp.Net.Pipelines;

/// <summary>
/// One thread that waits for descriptors, timers and posted work, and does what comes, one thing after another. <see cref="LoopSocket"/>s are its
/// clients.
/// </summary>
/// <remarks>
/// <para>The thread starts with the object, and ends with <see cref="StopAsync"/> or <see cref="Dispose"/>. What runs on it must not block.</para>
/// <para>In each turn timers come first, then what was posted before the turn, then descriptors, so many at most: so neither keeps the others
/// waiting, however busy it is. For the same reason a socket whose operations all complete at once gives way to the others after some of them.</para>
/// </remarks>
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
    readonly StallWatch? watch;

    // Whether the thread is about to sleep, or does: who posts wakes it then, once.
    int sleeping;
    bool isClosed;

    /// <summary>Starts a loop.</summary>
    /// <param name="options">What is chosen; null for the defaults. Later changes of that object do not matter.</param>
    /// <exception cref="ArgumentException">An option makes no sense, or UNP_POLLER does not.</exception>
    /// <exception cref="PlatformNotSupportedException">This system does not have the mechanism, or the binding to a processor.</exception>
    /// <exception cref="UnpException">EMFILE, ENFILE, ENOMEM; EINVAL: there is no such processor, or the process may not use it.</exception>
    public EventLoop(EventLoopOptions? options = null)
    {
        this.options = (options ?? new EventLoopOptions()).Checked();
        clock = this.options.TimeProvider;
        poller = this.options.Mechanism is { } mechanism ? Poller.Create(mechanism) : Poller.Create();
        poller.SpinTime = this.options.SpinTime;
        Completion = LoopTask.Guarded(ended.Task, loop => loop == this, TaskCreationOptions.RunContinuationsAsynchronously);
        thread = new Thread(Run) { IsBackground = true, Name = this.options.Name };
        try
        {
            if (clock != TimeProvider.System)
                alarm = clock.CreateTimer(static loop => ((EventLoop)loop!).Wake(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            meter = new LoopMeter(this, this.options);
        }
        catch
        {
            alarm?.Dispose();
            poller.Dispose();
            throw;
        }

        using var started = new ManualResetEventSlim();
        Exception? failure = null;
        begin = () =>
        {
            context = ExecutionContext.Capture()!; // empty, as UnsafeStart passes none on
            try
            {
                if (this.options.Processor is { } processor)
                    Affinity.Bind(processor);
            }
            catch (UnpException e)
            {
                failure = e;
            }
            started.Set();
            return failure is null;
        };
        thread.UnsafeStart();
        started.Wait();
        begin = null;
        if (failure is not null)
        {
            meter.Dispose();
            alarm?.Dispose();
            poller.Dispose();
            ExceptionDispatchInfo.Throw(failure);
        }
        watch = StallWatch.Start(this, this.options, meter);
    }

    /// <summary>The loop whose thread this is, or null.</summary>
    public static EventLoop? Current => current;

    /// <summary>Whether this is the loop's thread.</summary>
    public bool IsCurrent => current == this;

    /// <summary>What it waits with: <c>"select"</c>, <c>"poll"</c>, <c>"epoll"</c> or <c>"kqueue"</c>.</summary>
    public string Mechanism => poller.Mechanism;

    /// <summary>The name it was given.</summary>
    public string Name => options.Name;

    /// <summary>How many <see cref="LoopSocket"/>s it has, those among them that nobody waits for.</summary>
    public int SocketCount
    {
        get
        {
            lock (gate)
                return sockets.Count;
        }
    }

    /// <summary>How many bytes its sockets have received.</summary>
    public long BytesReceived => Volatile.Read(ref received);

    /// <summary>How many bytes its sockets have sent.</summary>
    public long BytesSent => Volatile.Read(ref sent);

    /// <inheritdoc cref="EventLoopOptions.Name"/>
    public override string ToString() => $"{Name} ({Mechanism})";

    internal Poller Poller => poller;

    internal bool RunsContinuationsAsynchronously => options.RunContinuationsAsynchronously;

    internal bool IsClosed => Volatile.Read(ref isClosed);

    /// <summary>False when the loop takes no more work.</summary>
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

    /// <summary>Posts a function of the library's own. False when the loop takes no more work.</summary>
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
