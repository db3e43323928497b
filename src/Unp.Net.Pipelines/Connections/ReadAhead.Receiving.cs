using System.Threading.Tasks.Sources;

namespace Unp.Net.Pipelines;

// What is done on the loop's thread, as long as the connection lasts: no function waits for more, which would cost each connection its state.
sealed partial class ReadAhead : IReceiver
{
    /// <summary>So much room at least for a call: with less another block is taken.</summary>
    const int LeastRoom = 1024;

    readonly int leastRoom;
    TaskCompletionSource? told;
    bool isTold;

    // Whether it is on its way to the loop, or there; only who sets it starts it.
    bool isReceiving = true;

    // It has read ahead enough.
    bool isPaused;

    // Whether the last block is just being filled.
    bool isFilling;

    bool IReceiver.IsInterrupted => false;

    /// <inheritdoc cref="LoopConnection.Received"/>
    public Task Received
    {
        get
        {
            lock (gate)
                return isTold ? Task.CompletedTask : (told ??= new TaskCompletionSource()).Task;
        }
    }

    /// <summary>The socket was closed: nobody need read first what has arrived.</summary>
    public void Stop()
    {
        bool resumes;
        lock (gate)
            resumes = Resumes(true);
        if (resumes)
            ScheduleReceiving();
    }

    Memory<byte> IReceiver.Room()
    {
        lock (gate)
        {
            Memory<byte> room = chain.Room(leastRoom);
            isFilling = true;
            return room;
        }
    }

    void IReceiver.Add(int bytes)
    {
        lock (gate)
        {
            isFilling = false;
            chain.Add(bytes);
            unexamined += bytes;
            if (isCompleted || (chain.Length == 0 && !KeepsLast))
                chain.Clear();
        }
    }

    /// <summary>Whether a block stays when all of it is consumed.</summary>
    bool KeepsLast => isFilling || !connection.Means.Options.WaitForDataBeforeAllocatingBuffer;

    void ScheduleReceiving()
    {
        connection.Note(static (observer, _) => observer.OnReceivingResumed());
        connection.Means.Scheduler.Schedule(static ahead => ((ReadAhead)ahead!).Receive(), this);
    }

    /// <summary>Whether the caller, who has the lock, is to start the receiving again.</summary>
    bool Resumes(bool isRoom)
    {
        if (!isPaused || !isRoom)
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
            while (GoesOn())
            {
                int received;
                if (operation.BeginReceive(this, default))
                {
                    received = operation.TakeCount();
                }
                else if (operation.GetStatus(operation.Version) == ValueTaskSourceStatus.Pending)
                {
                    operation.OnCompleted(static ahead => ((ReadAhead)ahead!).GoOn(), this, operation.Version, ValueTaskSourceOnCompletedFlags.None);
                    return;
                }
                else
                {
                    received = operation.GetResult(operation.Version);
                }
                if (!Tell(received))
                    return;
            }
        }
        catch (Exception e)
        {
            Fail(e);
        }
    }

    /// <summary>Something has come that was waited for.</summary>
    void GoOn()
    {
        try
        {
            ReadOperation operation = connection.Socket.Reader;
            if (!Tell(operation.GetResult(operation.Version)))
                return;
        }
        catch (Exception e)
        {
            Fail(e);
            return;
        }
        Receive();
    }

    /// <summary>Whether there is more to receive, and somebody who wants it.</summary>
    bool GoesOn()
    {
        bool isWanted, isRoom;
        lock (gate)
        {
            isWanted = !isCompleted;
            isRoom = unexamined < connection.Means.PauseReadingAt || connection.Socket.IsDisposed;
            isPaused = isWanted && !isRoom;
            isReceiving = !isPaused; // from here on who makes room may start it again
        }
        if (!isWanted)
            End(null);
        else if (!isRoom)
            connection.Note(static (observer, _) => observer.OnReceivingPaused());
        return isWanted && isRoom;
    }

    /// <summary>Tells who reads that something has come.</summary>
    /// <returns>Whether more can come.</returns>
    bool Tell(int received)
    {
        if (received > 0)
        {
            wait.Wake();
            return true;
        }
        connection.Note(static (observer, _) => observer.OnEndReceived());
        End(null);
        return false;
    }

    void Fail(Exception reason)
    {
        connection.NoteFailure(reason);
        End(Translated(reason));
    }

    /// <summary>
    /// Ends the receiving. At the peer's orderly end the reader runs first, because it may still have an answer to send. After a failure it
    /// runs last, so that a handler knows already that the client is gone.
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
            isTold = true;
            first = told;
        }
        first?.TrySetResult();
    }

    Exception Translated(Exception failure)
    {
        try
        {
            return connection.Means.Options.Translate?.Invoke(failure) ?? failure;
        }
        catch (Exception e)
        {
            connection.Socket.Loop.Report(e);
            return failure;
        }
    }
}
