using System.Threading.Tasks.Sources;

namespace Unp.Net.Pipelines;

// The receiver. ReadAhead.cs describes its states. It registers continuations, because the state machine of a pending async method would
// cost memory per connection.
sealed partial class ReadAhead : IReceiver
{
    /// <summary>The smallest space for a receive. If the last block has less space, another block is rented.</summary>
    const int MinSpace = 1024;

    readonly int minSpace;
    TaskCompletionSource? receivedSource;
    bool isReceivedCompleted;

    bool isReceiving = true;
    bool isPaused;
    bool isFilling;

    bool IReceiver.IsInterrupted => false;

    /// <inheritdoc cref="LoopConnection.Received"/>
    public Task Received
    {
        get
        {
            lock (gate)
                return isReceivedCompleted ? Task.CompletedTask : (receivedSource ??= new TaskCompletionSource()).Task;
        }
    }

    /// <summary>Resumes paused receiving because the socket was closed, so that it ends.</summary>
    public void Stop()
    {
        bool resumes;
        lock (gate)
            resumes = TryResume(true);
        if (resumes)
            ScheduleReceiving();
    }

    Memory<byte> IReceiver.GetMemory()
    {
        lock (gate)
        {
            Memory<byte> space = chain.GetMemory(minSpace);
            isFilling = true;
            return space;
        }
    }

    void IReceiver.Advance(int bytes)
    {
        lock (gate)
        {
            isFilling = false;
            chain.Advance(bytes);
            unexamined += bytes;
            if (isCompleted || (chain.Length == 0 && !KeepsLast))
                chain.Clear();
        }
    }

    /// <summary>Whether the last block stays even if all its bytes are consumed.</summary>
    bool KeepsLast => isFilling || !connection.Resources.Options.WaitForDataBeforeAllocatingBuffer;

    void ScheduleReceiving()
    {
        connection.Notify(static (observer, _) => observer.OnReceivingResumed());
        connection.Resources.Scheduler.Schedule(static ahead => ((ReadAhead)ahead!).Receive(), this);
    }

    /// <summary>Changes the state from Paused to Receiving if the condition is true. The caller has the lock.</summary>
    /// <returns>Whether the caller must call <see cref="ScheduleReceiving"/> after it has left the lock.</returns>
    bool TryResume(bool condition)
    {
        if (!isPaused || !condition)
            return false;
        isPaused = false;
        bool resumes = !isReceiving;
        isReceiving = true;
        return resumes;
    }

    void Receive()
    {
        ReadOperation operation = connection.Socket.Reader;
        try
        {
            while (PrepareReceive())
            {
                int received;
                if (operation.BeginReceive(this, default))
                {
                    received = operation.TakeCount();
                }
                else if (operation.GetStatus(operation.Version) == ValueTaskSourceStatus.Pending)
                {
                    operation.OnCompleted(
                        static ahead => ((ReadAhead)ahead!).OnReceived(), this, operation.Version, ValueTaskSourceOnCompletedFlags.None);
                    return;
                }
                else
                {
                    received = operation.GetResult(operation.Version);
                }
                if (!ReportReceived(received))
                    return;
            }
        }
        catch (Exception e)
        {
            Fail(e);
        }
    }

    /// <summary>The continuation of a receive that had to wait.</summary>
    void OnReceived()
    {
        try
        {
            ReadOperation operation = connection.Socket.Reader;
            if (!ReportReceived(operation.GetResult(operation.Version)))
                return;
        }
        catch (Exception e)
        {
            Fail(e);
            return;
        }
        Receive();
    }

    /// <summary>
    /// Changes the state to Ended if the reader is completed, or to Paused if the limit is reached. Otherwise a receive must follow.
    /// </summary>
    /// <returns>Whether a receive must follow.</returns>
    bool PrepareReceive()
    {
        bool isWanted, hasSpace;
        lock (gate)
        {
            isWanted = !isCompleted;
            hasSpace = unexamined < connection.Resources.PauseReadingAt || connection.Socket.IsDisposed;
            isPaused = isWanted && !hasSpace;
            isReceiving = !isPaused; // after the lock another thread may call TryResume
        }
        if (!isWanted)
            End(null);
        else if (!hasSpace)
            connection.Notify(static (observer, _) => observer.OnReceivingPaused());
        return isWanted && hasSpace;
    }

    /// <summary>Wakes the reader after a receive, and ends the receiving at the peer's end.</summary>
    /// <returns>Whether more data can follow.</returns>
    bool ReportReceived(int received)
    {
        if (received > 0)
        {
            wait.Wake();
            return true;
        }
        connection.Notify(static (observer, _) => observer.OnEndReceived());
        End(null);
        return false;
    }

    void Fail(Exception reason)
    {
        connection.ReportFailure(reason);
        End(Translated(reason));
    }

    /// <summary>
    /// Changes the state to Ended. At the peer's orderly end the reader runs before the continuations of <see cref="Received"/>, because it
    /// may still have an answer to send. After a failure it runs after them, so that a handler knows already that the client is gone.
    /// </summary>
    void End(Exception? reason)
    {
        if (reason is not null)
            CompleteReceived();
        lock (gate)
        {
            failure = reason;
            isEnd = true;
            isFilling = false;
            if (isCompleted)
                chain.Clear();
        }
        wait.Wake();
        if (reason is null)
            CompleteReceived();
    }

    void CompleteReceived()
    {
        TaskCompletionSource? first;
        lock (gate)
        {
            isReceivedCompleted = true;
            first = receivedSource;
        }
        first?.TrySetResult();
    }

    Exception Translated(Exception failure)
    {
        try
        {
            return connection.Resources.Options.Translate?.Invoke(failure) ?? failure;
        }
        catch (Exception e)
        {
            connection.Socket.Loop.Report(e);
            return failure;
        }
    }
}
