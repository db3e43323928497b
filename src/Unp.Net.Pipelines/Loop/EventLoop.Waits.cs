namespace Unp.Net.Pipelines;

// A handler may block the loop's thread by waiting for a read or a flush of the same loop. Only this thread could complete that operation,
// so the wait would never end. The loop cannot see the blocking itself. It sees three signs: the running callback has begun a wait, this
// wait is still pending, and the thread is blocked in the runtime.
public sealed partial class EventLoop
{
    IBreakableWait? lastWait;
    short lastWaitVersion;

    /// <summary>Records a wait that the running callback has begun. Only on the loop's thread.</summary>
    internal void NoteWait(IBreakableWait wait, short version)
    {
        lastWaitVersion = version;
        Volatile.Write(ref lastWait, wait);
    }

    /// <summary>Ends the wait that most likely blocks a stalled loop. Runs on the stall monitor's thread.</summary>
    internal void BreakWait()
    {
        if (Volatile.Read(ref lastWait) is { } wait && (thread.ThreadState & ThreadState.WaitSleepJoin) != 0)
        {
            wait.Break(lastWaitVersion, new InvalidOperationException(
                $"A synchronous read or write is blocking the thread of {this}, which alone can complete it. "
                + "Make it asynchronous, or set RunContinuationsAsynchronously."));
        }
    }

    /// <summary>Prepares for the next callback: an event, a timer, a deferred operation or a piece of posted work.</summary>
    void BeginCallback()
    {
        budget = Budget;
        lastWait = null;
    }
}
