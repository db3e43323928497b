using System.Buffers;
using System.Threading.Tasks.Sources;
using static Unp.Net.Libc;

namespace Unp.Net.Pipelines;

// The sender. SocketWriter.cs describes its states. It registers continuations, because the state machine of a pending async method would
// cost memory per connection.
sealed partial class SocketWriter
{
    SequencePosition sending;
    Exception? failure;
    TaskCompletionSource? sentSource;

    bool isSending;
    bool isOver;

    /// <inheritdoc cref="LoopConnection.Sent"/>
    public Task Sent
    {
        get
        {
            lock (gate)
                return isOver ? Task.CompletedTask : (sentSource ??= new TaskCompletionSource(connection.Resources.TaskOptions)).Task;
        }
    }

    /// <summary>Starts the sender if it is idle. Its next send fails because the socket was closed, and it then wakes the writer.</summary>
    public void Stop()
    {
        bool starts;
        lock (gate)
        {
            starts = !isSending; // the next send of a running sender fails as well
            isSending = true;
        }
        if (starts)
            ScheduleSending();
    }

    /// <summary>Changes the state to Over, and wakes the writer.</summary>
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
        sentSource?.SetResult();
        waiting?.Wake();
    }

    void ScheduleSending() => connection.Resources.Scheduler.Schedule(static writer => ((SocketWriter)writer!).Send(), this);

    void Send()
    {
        try
        {
            while (TryGetNext(out ReadOnlySequence<byte> next))
            {
                LoopSocket socket = connection.Socket;
                bool isSent = next.IsSingleSegment
                    ? socket.BeginSend(next.First, default)
                    : socket.Writer.BeginSend(in next, default);
                if (!isSent && AwaitIfPending(socket.Writer))
                    return;
                ReleaseSent();
            }
        }
        catch (Exception e)
        {
            _ = connection.FailAsync(e);
        }
    }

    /// <summary>Registers the continuation of a send that must wait for space. Throws if the send has failed already.</summary>
    /// <returns>False if the send has completed already.</returns>
    bool AwaitIfPending(WriteOperation operation)
    {
        if (operation.GetStatus(operation.Version) != ValueTaskSourceStatus.Pending)
        {
            operation.GetResult(operation.Version);
            return false;
        }
        operation.RunContinuationsAsynchronously = false; // the only awaiter is this object
        operation.OnCompleted(
            static writer => ((SocketWriter)writer!).OnSendCompleted(), this, operation.Version, ValueTaskSourceOnCompletedFlags.None);
        return true;
    }

    /// <summary>The continuation of a send that had to wait.</summary>
    void OnSendCompleted()
    {
        try
        {
            WriteOperation operation = connection.Socket.Writer;
            operation.GetResult(operation.Version);
            ReleaseSent();
        }
        catch (Exception e)
        {
            _ = connection.FailAsync(e);
            return;
        }
        Send();
    }

    /// <summary>
    /// Gets the bytes to send next. If there are none, it changes the state to Idle, or sends the end of a completed output.
    /// </summary>
    /// <returns>Whether there are bytes to send.</returns>
    bool TryGetNext(out ReadOnlySequence<byte> next)
    {
        if (connection.Socket.IsDisposed)
            throw connection.Socket.GetCloseReason();
        lock (gate)
        {
            next = unsent > 0 ? blocks.SliceTo(flushed) : default;
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
            connection.Notify(static (observer, _) => observer.OnEndSent());
            End(null);
        }
        else
        {
            connection.FailShutdown(Errno.Last);
        }
        return false;
    }

    /// <summary>Removes the bytes of a completed call, and wakes a flush that waits for it.</summary>
    void ReleaseSent()
    {
        lock (gate)
        {
            unsent -= blocks.SliceTo(sending).Length;
            blocks.AdvanceTo(sending, keepsLast: isWriting);
        }
        waiting?.Wake();
    }
}
