namespace Unp.Net.Pipelines;

// Work that callers pass to the loop. It runs in the ExecutionContext of the call. The loop restores its own context afterwards.
public sealed partial class EventLoop
{
    // The loop's own context. It is empty, as the context of each pool thread is.
    ExecutionContext context = null!;

    /// <summary>
    /// Runs work on the loop's thread, after the work that was posted earlier. Any thread may call it, and it allocates nothing. Work that
    /// is posted by posted work runs in the next turn.
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
    /// Runs an async function on the loop's thread. A program's main thread uses it to start the work of the loop. On the loop's thread
    /// the function starts at once.
    /// </summary>
    /// <returns>
    /// A task with the outcome of the function's task. After a call on the loop's thread, the continuation runs on that thread. After a
    /// call on another thread, the continuation never runs on the loop's thread. It runs in the context of the caller, usually on the
    /// thread pool.
    /// </returns>
    /// <exception cref="ObjectDisposedException">The loop has ended, or is being aborted.</exception>
    /// <exception cref="InvalidOperationException">
    /// The loop's own thread, which must complete the task, waits for it without a limit (<see cref="Task.Wait()"/>). The exception is
    /// inside a <see cref="TaskSchedulerException"/>.
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

    /// <inheritdoc cref="RunAsync(Func{Task})"/>
    public Task<T> RunAsync<T>(Func<Task<T>> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return ForCaller(Run());

        async Task<T> Run()
        {
            await SwitchTo();
            return await work().ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Starts an async function on the loop's thread without returning its task. On the loop's thread it starts at once. Its exception goes
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
    /// Returns an awaitable: <c>await loop.SwitchTo();</c> continues on the loop's thread, at once if the caller is already there. Use it
    /// after an await that may have led to another thread, such as the await of a <see cref="Task"/>.
    /// </summary>
    /// <example>
    /// <code>
    /// string text = await File.ReadAllTextAsync(path);          // continues on the thread pool
    /// await loop.SwitchTo();                                    // back on the loop's thread
    /// Console.WriteLine($"{text.Length} on {EventLoop.Current}");
    /// </code>
    /// </example>
    public LoopSwitch SwitchTo() => new(this);

    /// <summary>Starts a function in the loop's empty context instead of the caller's context.</summary>
    internal Task StartInOwnContext(Func<Task> work)
    {
        Task? started = null;
        ExecutionContext.Run(context, _ => started = work(), null);
        return started!;
    }

    /// <summary>
    /// Runs work of the program in the context of its caller, and reports its exception. Only on the loop's thread, and not inside other
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

    /// <summary>Wraps a task for the calling thread. <see cref="RunAsync(Func{Task})"/> describes where its continuation runs.</summary>
    Task<T> ForCaller<T>(Task<T> task) => IsCurrent ? LoopTask.Guarded(task, loop => loop == this) : LoopTask.ContinueOffLoop(task);

    /// <summary>Removes the context that work has left on the loop's thread, as the thread pool does.</summary>
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
    /// Runs a function that returns a task, and reports its exception. It leaves the context of its caller unchanged, because it is an
    /// async method.
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
