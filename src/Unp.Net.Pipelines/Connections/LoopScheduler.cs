using System.IO.Pipelines;

namespace Unp.Net.Pipelines;

/// <summary>Has a pipe's continuations run on the loop's thread: at once if the one that caused them is there.</summary>
sealed class LoopScheduler(EventLoop loop) : PipeScheduler
{
    public override void Schedule(Action<object?> action, object? state)
    {
        if (loop.IsCurrent)
            action(state);
        else if (!loop.TryPostOwn(action, state))
            ThreadPool.Schedule(action, state); // the loop is gone, and who goes on finds that out
    }
}
