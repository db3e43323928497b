namespace Unp.Net.Pipelines;

// The turns of the loop. EventLoop.cs lists the steps of one turn.
public sealed partial class EventLoop
{
    /// <summary>The most events that one turn handles. The poller returns the others first in the next turn.</summary>
    const int EventsPerTurn = 128;

    /// <summary>
    /// The most operations that may complete inline, without a wait, within one callback. A callback is an event, a timer, a deferred
    /// operation or a piece of posted work.
    /// </summary>
    /// <remarks>
    /// Each further operation is deferred. Without this limit, a socket that always has data would keep its reader running
    /// indefinitely, and all other sockets would starve.
    /// </remarks>
    internal const int Budget = 16;

    /// <summary>
    /// The maximum depth of nested continuations. A continuation that closes another socket completes the operation of that socket, one
    /// level deeper.
    /// </summary>
    const int MaxNested = 16;

    readonly Queue<LoopOperation> deferred = new();
    readonly TaskCompletionSource<bool> ended = new();

    // The number of operations that the running callback may still complete inline.
    int budget;
    int nested;

    // Odd while the loop works, even while it waits. The stall monitor reads it, so the loop itself need not read a clock.
    int turn;
    long received;
    long sent;

    internal int Turn => Volatile.Read(ref turn);

    /// <summary>
    /// Takes one unit of the running callback's <see cref="Budget"/>. Returns whether an operation may complete inline. Only on the loop's
    /// thread.
    /// </summary>
    internal bool Spend() => --budget >= 0;

    internal void CountReceived(int bytes) => received += bytes;

    internal void CountSent(int bytes) => sent += bytes;

    /// <summary>
    /// Runs the continuation of an operation, or defers it if continuations are nested too deeply. Only on the loop's thread.
    /// </summary>
    internal void Complete(LoopOperation operation)
    {
        if (nested == MaxNested)
        {
            deferred.Enqueue(operation);
            return;
        }
        nested++;
        try
        {
            operation.Signal();
        }
        catch (Exception e)
        {
            Report(e);
        }
        nested--;
    }

    /// <summary>Postpones the completion of an operation to the next <see cref="RunDeferred"/>. Only on the loop's thread.</summary>
    internal void Defer(LoopOperation operation) => deferred.Enqueue(operation);

    /// <summary>Prepares the thread, and reports the outcome to the constructor.</summary>
    bool TryInitialize(TaskCompletionSource started)
    {
        current = this;
        context = ExecutionContext.Capture()!; // empty, because UnsafeStart does not pass on the context of its caller
        try
        {
            if (options.Processor is { } processor)
                Affinity.Bind(processor);
        }
        catch (Exception e)
        {
            started.SetException(e);
            return false;
        }
        started.SetResult();
        return true;
    }

    void Run(object? started)
    {
        if (!TryInitialize((TaskCompletionSource)started!))
            return;
        bool drained;
        Exception? failure = null;
        var events = new PollEvent[EventsPerTurn];
        Volatile.Write(ref turn, 1);
        try
        {
            while (!RunQueues(out drained))
                WaitForEvents(events);
        }
        catch (Exception e)
        {
            // An exception of the poller, such as ENOMEM. All other exceptions are caught where the work is called.
            drained = false;
            failure = e;
            Report(e);
        }
        try
        {
            fatal?.Throw();
        }
        finally
        {
            // Not reached if the exception ends the process. A program can handle it in another way (ExceptionHandling), so the loop must
            // end properly.
            End(drained, failure ?? fatal?.SourceException);
        }
        fatal?.Throw();
    }

    void End(bool drained, Exception? failure)
    {
        Close();
        Volatile.Write(ref turn, 0);
        if (failure is null)
            ended.SetResult(drained);
        else
            ended.SetException(failure);
    }

    /// <summary>Runs due timers, deferred operations and posted work. Returns whether the loop must end.</summary>
    bool RunQueues(out bool drained)
    {
        RunTimers();
        RunDeferred();
        RunPosted();
        drained = isStopping && deferred.Count == 0 && posted.IsEmpty && SocketCount == 0;
        return drained || IsAborted || fatal is not null;
    }

    /// <summary>Waits for events, and passes them to their sockets.</summary>
    void WaitForEvents(PollEvent[] events)
    {
        TimeSpan? timeout = deferred.Count > 0 ? TimeSpan.Zero : UntilNextTimer();
        if (timeout != TimeSpan.Zero)
        {
            // Publish `sleeping`, then check `posted`. A posting thread does the opposite (see EventLoop.cs).
            Interlocked.Exchange(ref sleeping, 1);
            if (!posted.IsEmpty || IsAborted)
                timeout = TimeSpan.Zero;
        }
        Volatile.Write(ref turn, turn + 1);
        int n = poller.Wait(events, timeout);
        Volatile.Write(ref turn, turn + 1);
        Volatile.Write(ref sleeping, 0);

        foreach (ref readonly PollEvent ready in events.AsSpan(0, n))
        {
            BeginCallback();
            if (ready.State is LoopSocket socket)
                socket.OnReady(in ready);
            RestoreContext();
        }
    }

    void RunPosted()
    {
        if (posted.IsEmpty)
            return;
        ReadOnlySpan<WorkItem> items;
        lock (gate)
            items = posted.Take();
        foreach (ref readonly WorkItem item in items)
        {
            if (!IsAborted || item.IsOwn)
                Invoke(item.Work, item.State, item.Context);
        }
        posted.Clear(items.Length);
    }

    void RunDeferred()
    {
        for (int left = deferred.Count; left > 0; left--)
        {
            BeginCallback();
            Complete(deferred.Dequeue());
            RestoreContext();
        }
    }

    /// <summary>Refuses further work, closes all sockets, timers and signals, and completes everything that waits.</summary>
    void Close()
    {
        LoopSocket[] open;
        lock (gate)
        {
            isClosed = true;
            open = [.. sockets];
        }
        foreach (LoopSocket socket in open)
            socket.Close();
        CloseTimers();
        CloseSignals();

        // A continuation may defer an operation, but it can no longer post work.
        RunPosted();
        while (deferred.Count > 0)
            RunDeferred();
        stallState?.Dispose();
        meter.Dispose();
        alarm?.Dispose();
        poller.Dispose();
    }
}
