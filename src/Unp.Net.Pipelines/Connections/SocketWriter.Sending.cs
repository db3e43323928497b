using System.Buffers;
using System.Threading.Tasks.Sources;
using static Unp.Net.Libc;

namespace Unp.Net.Pipelines;

// What is done on the loop's thread, while there is something to send: no function waits for more, which would cost each connection its state.
sealed partial class SocketWriter
{
    SequencePosition sending;
    Exception? failure;
    TaskCompletionSource? told;

    // Whether it is on its way to the loop, or there, or over; only who sets it starts it.
    bool isSending;
    bool isOver;

    /// <summary>Completes when all is sent and the peer told so, or nothing can be sent any more.</summary>
    public Task Sent
    {
        get
        {
            lock (gate)
                return isOver ? Task.CompletedTask : (told ??= new TaskCompletionSource(connection.Means.TaskOptions)).Task;
        }
    }

    /// <summary>The socket was closed: who writes is to be told.</summary>
    public void Stop()
    {
        bool begins;
        lock (gate)
        {
            begins = !isSending; // else that finds out
            isSending = true;
        }
        if (begins)
            ScheduleSending();
    }

    /// <summary>Nothing is sent any more.</summary>
    public void End(Exception? reason)
    {
        lock (gate)
        {
            failure = reason;
            unsent = 0;
            Volatile.Write(ref isOver, true);
            if (!isWriting)
                blocks.Clear();
        }
        told?.SetResult();
        waiting?.Wake();
    }

    void ScheduleSending() => connection.Means.Scheduler.Schedule(static writer => ((SocketWriter)writer!).Send(), this);

    void Send()
    {
        try
        {
            while (TryNext(out ReadOnlySequence<byte> next))
            {
                LoopSocket socket = connection.Socket;
                if (!(next.IsSingleSegment ? socket.BeginSend(next.First, default) : socket.Writer.BeginSend(in next, default)) && Waits(socket.Writer))
                    return;
                NoteSent();
            }
        }
        catch (Exception e)
        {
            _ = connection.FailAsync(e);
        }
    }

    /// <summary>Whether it has to wait for room, and goes on later; if it has failed at once it throws.</summary>
    bool Waits(WriteOperation operation)
    {
        if (operation.GetStatus(operation.Version) != ValueTaskSourceStatus.Pending)
        {
            operation.GetResult(operation.Version);
            return false;
        }
        operation.ContinuesOnPool = false; // what awaits it is this object
        operation.OnCompleted(static writer => ((SocketWriter)writer!).GoOn(), this, operation.Version, ValueTaskSourceOnCompletedFlags.None);
        return true;
    }

    /// <summary>Some was sent that had to wait.</summary>
    void GoOn()
    {
        try
        {
            WriteOperation operation = connection.Socket.Writer;
            operation.GetResult(operation.Version);
            NoteSent();
        }
        catch (Exception e)
        {
            _ = connection.FailAsync(e);
            return;
        }
        Send();
    }

    /// <summary>What is to be sent next. When there is nothing the sending ends, until more is flushed or for good.</summary>
    bool TryNext(out ReadOnlySequence<byte> next)
    {
        if (connection.Socket.IsDisposed)
            throw connection.Socket.Closed();
        lock (gate)
        {
            next = unsent > 0 ? blocks.To(flushed) : default;
            sending = flushed;
            if (unsent > 0)
                return true;
            if (!isWriting)
                blocks.Clear();
            isSending = isCompleted;
            if (!isCompleted)
                return false;
        }
        if (shutdown(connection.Socket.Number, SHUT_WR) == 0)
        {
            connection.Note(static (observer, _) => observer.OnEndSent());
            End(null);
        }
        else
        {
            connection.FailToEnd(Errno.Last);
        }
        return false;
    }

    void NoteSent()
    {
        lock (gate)
        {
            unsent -= blocks.To(sending).Length;
            blocks.Take(sending, keepsLast: isWriting);
        }
        waiting?.Wake();
    }
}
