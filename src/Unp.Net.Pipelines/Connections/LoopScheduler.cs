using System.IO.Pipelines;

namespace Unp.Net.Pipelines;

/// <summary>Runs actions on the loop's thread: at once if the caller is on that thread, otherwise by a post.</summary>
sealed class LoopScheduler(EventLoop loop) : PipeScheduler
{
    public override void Schedule(Action<object?> action, object? state)
    {
        if (loop.IsCurrent)
            action(state);
        else if (!loop.TryPostOwn(action, state))
            ThreadPool.Schedule(action, state); // the loop has ended, and the action finds its socket closed
    }
}
