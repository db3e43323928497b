namespace Unp.Net.Pipelines;

// A handler that blocks the loop's thread by waiting for a read or a flush of the loop's own waits indefinitely: only this thread could
// complete it. The blocking itself is not visible here. What is visible is the wait that the running callback began last, that it is still
// pending, and that the thread waits in the runtime.
public sealed partial class EventLoop
{
    IBreakableWait? lastWait;
    short lastWaitVersion;

    /// <summary>Notes a wait that the running callback has begun. Only on the loop's thread.</summary>
    internal void NoteWait(IBreakableWait wait, short version)
    {
        lastWaitVersion = version;
        Volatile.Write(ref lastWait, wait);
    }

    /// <summary>Ends the wait that most likely blocks a stalled loop. On the stall watch's thread.</summary>
    internal void BreakWait()
    {
        if (Volatile.Read(ref lastWait) is { } wait && (thread.ThreadState & ThreadState.WaitSleepJoin) != 0)
        {
            wait.Break(lastWaitVersion, new InvalidOperationException(
                $"A synchronous read or write is blocking the thread of {this}, which alone can complete it. "
                + "Make it asynchronous, or set RunContinuationsAsynchronously."));
        }
    }

    /// <summary>Begins an event, a timer or a piece of posted work.</summary>
    void BeginCallback()
    {
        budget = Budget;
        lastWait = null;
    }
}
