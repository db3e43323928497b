namespace Unp.Testing;

/// <summary>How long a test waits for what must happen: long enough for a busy machine, short enough to see that it never will.</summary>
public static class Limit
{
    public static readonly TimeSpan Default = TimeSpan.FromSeconds(20);

    /// <summary>Runs a call that might block for ever on a thread of its own, and fails when it is not done in time.</summary>
    public static T Run<T>(Func<T> call) => Task.Factory.StartNew(call, TaskCreationOptions.LongRunning).Within();

    /// <inheritdoc cref="Run{T}"/>
    public static void Run(Action call) => Run(() =>
    {
        call();
        return true;
    });

    /// <summary>The task's result, when it comes in time; what it threw is thrown on.</summary>
    public static T Within<T>(this Task<T> task) => task.Within(Default);

    /// <inheritdoc cref="Within{T}(Task{T})"/>
    public static void Within(this Task task) => task.Within(Default);

    /// <summary>The same with another limit, for what takes long.</summary>
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
            throw new TimeoutException($"Not done after {limit.TotalSeconds} seconds.");
        return task.GetAwaiter().GetResult();
    }

    /// <summary>Looks again and again until something is so, and fails when it is not in time.</summary>
    public static void Until(Func<bool> condition, string what)
    {
        if (!SpinWait.SpinUntil(condition, Default))
            throw new TimeoutException($"After {Default.TotalSeconds} seconds still not: {what}.");
    }
}
