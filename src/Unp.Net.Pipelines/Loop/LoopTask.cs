namespace Unp.Net.Pipelines;

/// <summary>Wrappers for tasks of a loop. They decide where continuations run, and which threads may block on the task.</summary>
static class LoopTask
{
    /// <summary>Returns a task with the same outcome, whose continuations never run on the loop's thread.</summary>
    public static Task<T> ContinueOffLoop<T>(Task<T> task)
    {
        if (task.IsCompleted)
            return task;
        var source = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        WhenDone(task, () => source.SetFromTask(task));
        return source.Task;
    }

    /// <summary>
    /// Returns a task with the same outcome. A wait without limit (<see cref="Task.Wait()"/>, <see cref="Task{TResult}.Result"/>) throws on
    /// the thread of a loop that must complete the task, because the wait would never end there.
    /// </summary>
    /// <param name="task">The task.</param>
    /// <param name="isNeeded">Returns whether a given loop must run so that the task can complete.</param>
    /// <param name="options"><see cref="TaskCreationOptions.RunContinuationsAsynchronously"/>, or none.</param>
    public static Task<T> Guarded<T>(Task<T> task, Func<EventLoop, bool> isNeeded, TaskCreationOptions options = TaskCreationOptions.None)
    {
        if (task.IsCompleted)
            return task;

        // Without HideScheduler, Guard would be the current scheduler while the task completes, so its continuations could not run inline.
        var guarded = new Task<T>(() => task.GetAwaiter().GetResult(), options | TaskCreationOptions.HideScheduler);
        var guard = new Guard(isNeeded);
        guarded.Start(guard);
        WhenDone(task, () => guard.Execute(guarded));
        return guarded;
    }

    /// <summary>Runs an action on the thread that completes the task, because the pool may be unable to start a thread.</summary>
    static void WhenDone(Task task, Action then) =>
        task.ContinueWith(_ => then(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    /// <summary>
    /// A scheduler that detects waits. A wait without limit asks the scheduler to run the task inline if the task has not run yet. There is
    /// no other way to see such a wait.
    /// </summary>
    sealed class Guard(Func<EventLoop, bool> isNeeded) : TaskScheduler
    {
        public void Execute(Task task) => TryExecuteTask(task);

        protected override void QueueTask(Task task)
        {
        }

        protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued)
        {
            if (EventLoop.Current is { } loop && isNeeded(loop))
                throw new InvalidOperationException($"The thread of {loop} must not wait for its own loop. Use await.");
            return false;
        }

        protected override IEnumerable<Task> GetScheduledTasks() => [];
    }
}
