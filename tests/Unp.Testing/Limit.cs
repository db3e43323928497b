namespace Unp.Testing;

/// <summary>The time limit of a test's waits: long enough for a busy machine, short enough to detect a hang.</summary>
public static class Limit
{
    public static readonly TimeSpan Default = TimeSpan.FromSeconds(20);

    /// <summary>Runs a call that might block indefinitely on its own thread, and fails if it exceeds the limit.</summary>
    public static T Run<T>(Func<T> call) => Task.Factory.StartNew(call, TaskCreationOptions.LongRunning).Within();

    /// <inheritdoc cref="Run{T}"/>
    public static void Run(Action call) => Run(() =>
    {
        call();
        return true;
    });

    /// <summary>Returns the task's result, or throws its exception. Fails if the task exceeds the limit.</summary>
    public static T Within<T>(this Task<T> task) => task.Within(Default);

    /// <inheritdoc cref="Within{T}(Task{T})"/>
    public static void Within(this Task task) => task.Within(Default);

    /// <summary>Waits with another limit, for slow tasks.</summary>
    public static void Within(this Task task, TimeSpan limit) => task.ContinueWith(
        static done =>
        {
            done.GetAwaiter().GetResult();
            return true;
        },
        TaskScheduler.Default).Within(limit);

    static T Within<T>(this Task<T> task, TimeSpan limit)
    {
        if (!((IAsyncResult)task).AsyncWaitHandle.WaitOne(limit))
            throw new TimeoutException($"The task has not completed after {limit.TotalSeconds} seconds.");
        return task.GetAwaiter().GetResult();
    }

    /// <summary>Polls a condition until it is true, and fails if it exceeds the limit.</summary>
    public static void Until(Func<bool> condition, string what)
    {
        if (!SpinWait.SpinUntil(condition, Default))
            throw new TimeoutException($"Condition not met after {Default.TotalSeconds} seconds: {what}.");
    }
}
