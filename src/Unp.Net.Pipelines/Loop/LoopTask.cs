namespace Unp.Net.Pipelines;

/// <summary>Tasks of a loop: where their continuations run, and which threads may wait for them.</summary>
static class LoopTask
{
    /// <summary>Returns a task with the same outcome, whose continuations never run on the loop's thread.</summary>
    public static Task<T> Elsewhere<T>(Task<T> task)
    {
        if (task.IsCompleted)
            return task;
        var source = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        WhenDone(task, () => source.SetFromTask(task));
        return source.Task;
    }

    /// <summary>
    /// Returns a task with the same outcome. A wait for it without limit (<see cref="Task.Wait()"/>, <see cref="Task{TResult}.Result"/>)
    /// throws on a loop's thread that has to complete it, where the wait could never end.
    /// </summary>
    /// <param name="task">The task.</param>
    /// <param name="isNeeded">Whether the task cannot end while the thread of this loop waits.</param>
    /// <param name="options">Whether continuations run elsewhere.</param>
    public static Task<T> Guarded<T>(Task<T> task, Func<EventLoop, bool> isNeeded, TaskCreationOptions options = TaskCreationOptions.None)
    {
        if (task.IsCompleted)
            return task;

        // HideScheduler: otherwise continuations of the task would not run in place.
        var guarded = new Task<T>(() => task.GetAwaiter().GetResult(), options | TaskCreationOptions.HideScheduler);
        var guard = new Guard(isNeeded);
        guarded.Start(guard);
        WhenDone(task, () => guard.Execute(guarded));
        return guarded;
    }

    /// <summary>On the thread that completes the task: the pool may be unable to start one.</summary>
    static void WhenDone(Task task, Action then) =>
        task.ContinueWith(_ => then(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    /// <summary>
    /// A wait without limit asks the scheduler of a task that has not run yet to run it at once. No other place sees such a wait.
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
