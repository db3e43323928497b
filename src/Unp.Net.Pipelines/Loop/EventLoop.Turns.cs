namespace Unp.Net.Pipelines;

// What the thread does.
public sealed partial class EventLoop
{
    /// <summary>How many descriptors one turn serves: the others come first in the next.</summary>
    const int EventsPerTurn = 128;

    /// <summary>
    /// How many operations may complete at once, without waiting, in what one event or one piece of posted work has set going. The next one completes in the
    /// next turn: else a socket that always has data would keep its reader busy for ever, and all others waiting.
    /// </summary>
    internal const int Budget = 16;

    /// <summary>How deep continuations may be in one another: each that completes the operation of another socket by closing it is one deeper.</summary>
    const int MostNested = 16;

    readonly Queue<LoopOperation> deferred = new();
    readonly TaskCompletionSource<bool> ended = new();
    Func<bool>? begin;
    int budget;
    int nested;

    // Odd while it works, even while it waits: the stall watch looks at it, and costs nothing here.
    int turn;
    long received;
    long sent;

    internal int Turn => Volatile.Read(ref turn);

    /// <summary>An operation is about to complete without having waited: whether it may. Only on the loop's thread.</summary>
    internal bool Spend() => --budget >= 0;

    internal void CountReceived(int bytes) => received += bytes;

    internal void CountSent(int bytes) => sent += bytes;

    /// <summary>Goes on with what awaits an operation: here and now, or in the next turn when that would be too deep. Only on the loop's thread.</summary>
    internal void Complete(LoopOperation operation)
    {
        if (nested == MostNested)
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

    /// <summary>Completes an operation in the next turn. Only on the loop's thread.</summary>
    internal void Defer(LoopOperation operation) => deferred.Enqueue(operation);

    void Run()
    {
        current = this;
        if (!begin!())
            return;
        bool drained;
        Exception? failure = null;
        var events = new PollEvent[EventsPerTurn];
        Volatile.Write(ref turn, 1);
        try
        {
            while (!IsOver(out drained))
                Wait(events);
        }
        catch (Exception e)
        {
            // The poller's own: ENOMEM. Whatever else is thrown is caught where it was called.
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
            // Not reached where the exception ends the process. A program that handles it otherwise (ExceptionHandling) has a loop that has
            // ended.
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

    /// <summary>Does what is due and posted, and tells whether that was all there will be.</summary>
    bool IsOver(out bool drained)
    {
        RunTimers();
        RunDeferred();
        RunPosted();
        drained = isStopping && deferred.Count == 0 && posted.IsEmpty && SocketCount == 0;
        return drained || IsAborted || fatal is not null;
    }

    void Wait(PollEvent[] events)
    {
        TimeSpan? timeout = deferred.Count > 0 ? TimeSpan.Zero : UntilNextTimer();
        if (timeout != TimeSpan.Zero)
        {
            // In this order, with a barrier between: who posts looks in the other one, so that one of the two sees what the other has done.
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

    /// <summary>Takes no more work, closes what is still open, and lets everybody who waits for something know.</summary>
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

        // A continuation may defer another; it can post none any more.
        RunPosted();
        while (deferred.Count > 0)
            RunDeferred();
        watch?.Dispose();
        meter.Dispose();
        alarm?.Dispose();
        poller.Dispose();
    }
}
