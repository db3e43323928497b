namespace Unp.Net.Pipelines;

// Work that callers hand to the loop. It runs in the ExecutionContext of the call, and the loop's own context is restored after it.
public sealed partial class EventLoop
{
    // Empty, as that of each thread of the pool.
    ExecutionContext context = null!;

    /// <summary>
    /// Runs work on the loop's thread, after the work that was posted before. Any thread may call it, and it allocates nothing. Work that
    /// is posted on the loop's own thread runs in the next turn.
    /// </summary>
    /// <remarks>
    /// The work runs in the <see cref="ExecutionContext"/> of the call. Its exception goes to
    /// <see cref="EventLoopOptions.OnException"/>.
    /// </remarks>
    /// <param name="work">The work.</param>
    /// <exception cref="ObjectDisposedException">The loop has ended, or is being aborted.</exception>
    public void Post(Action work) => PostWork(work, null);

    /// <inheritdoc cref="Post(Action)"/>
    /// <param name="work">The work. A static function allocates nothing.</param>
    /// <param name="state">The argument of the work.</param>
    public void Post(Action<object?> work, object? state) => PostWork(work, state);

    /// <inheritdoc cref="Post(Action)"/>
    /// <param name="work">The work. The exception of its task is reported as well.</param>
    public void Post(Func<Task> work) => PostWork(work, null);

    /// <inheritdoc cref="Post(Func{Task})"/>
    /// <param name="work">The work.</param>
    /// <param name="state">The argument of the work.</param>
    public void Post(Func<object?, Task> work, object? state) => PostWork(work, state);

    /// <summary>
    /// Runs an async function on the loop's thread: the way from a program's main thread to the loop. On the loop's thread the function
    /// starts at once.
    /// </summary>
    /// <returns>
    /// A task that ends as the function's task does. Called on the loop's thread, its continuation runs there. Called on another thread,
    /// its continuation runs where that thread's own context says, usually on the thread pool, and never on the loop's thread.
    /// </returns>
    /// <exception cref="ObjectDisposedException">The loop has ended, or is being aborted.</exception>
    /// <exception cref="InvalidOperationException">
    /// The task was waited for without a limit (<see cref="Task.Wait()"/>) on the loop's own thread, which has to complete it. It is inside
    /// a <see cref="TaskSchedulerException"/>.
    /// </exception>
    public Task RunAsync(Func<Task> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return ForCaller(Run());

        async Task<bool> Run()
        {
            await SwitchTo();
            await work().ConfigureAwait(false);
            return true;
        }
    }

    /// <summary>
    /// Starts an async function on the loop's thread that no caller waits for. On the loop's thread it starts at once. Its exception goes
    /// to <see cref="EventLoopOptions.OnException"/>, unless the exception only says that the loop stops (see <see cref="StopAsync"/>).
    /// </summary>
    /// <remarks>The function runs in the <see cref="ExecutionContext"/> of the call.</remarks>
    /// <exception cref="ObjectDisposedException">The loop has ended, or is being aborted.</exception>
    public void Start(Func<Task> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (IsCurrent)
            Observe(work, null);
        else
            Post(work);
    }

    /// <summary>
    /// <c>await loop.SwitchTo();</c> continues on the loop's thread: at once if it is there already. It is the way back after an await that
    /// has led to another thread, as the await of a <see cref="Task"/> may.
    /// </summary>
    public LoopSwitch SwitchTo() => new(this);

    /// <summary>Starts a function in an empty context, instead of the caller's.</summary>
    internal Task StartInOwnContext(Func<Task> work)
    {
        Task? started = null;
        ExecutionContext.Run(context, _ => started = work(), null);
        return started!;
    }

    /// <summary>
    /// Runs work of the program in its context, and reports its exception. Only on the loop's thread, and not inside other
    /// work.
    /// </summary>
    internal void Invoke(Delegate work, object? state, ExecutionContext? callersContext)
    {
        BeginCallback();
        if (callersContext is not null && callersContext != context)
            ExecutionContext.Restore(callersContext);
        try
        {
            if (work is Action<object?> withState)
                withState(state);
            else if (work is Action plain)
                plain();
            else
                Observe(work, state);
        }
        catch (Exception e)
        {
            Report(e);
        }
        RestoreContext();
    }

    /// <summary>Returns the task that the caller on this thread gets (see <see cref="RunAsync"/>).</summary>
    Task<T> ForCaller<T>(Task<T> task) => IsCurrent ? LoopTask.Guarded(task, loop => loop == this) : LoopTask.Elsewhere(task);

    /// <summary>Forgets the context that work has left on the loop's thread, as the thread pool does.</summary>
    void RestoreContext()
    {
        ExecutionContext.Restore(context);
        if (SynchronizationContext.Current is not null)
            SynchronizationContext.SetSynchronizationContext(null);
    }

    void PostWork(Delegate work, object? state)
    {
        ArgumentNullException.ThrowIfNull(work);
        ObjectDisposedException.ThrowIf(!TryPost(new WorkItem(work, state, IsOwn: false, ExecutionContext.Capture())), this);
    }

    /// <summary>
    /// Runs a function that returns a task, and reports its exception. The caller's context is as before when this
    /// returns.
    /// </summary>
    async void Observe(Delegate work, object? state)
    {
        try
        {
            await (work is Func<Task> plain ? plain() : ((Func<object?, Task>)work)(state)).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            Report(e);
        }
    }
}
