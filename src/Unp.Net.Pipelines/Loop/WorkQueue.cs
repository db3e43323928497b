namespace Unp.Net.Pipelines;

/// <summary>Work for the loop's thread.</summary>
/// <param name="Work">
/// An <see cref="Action"/> or a <see cref="Func{TResult}"/> of a <see cref="Task"/>, or a form of either that takes the state.
/// </param>
/// <param name="State">The state.</param>
/// <param name="IsOwn">
/// Whether the work is the library's own. Such work runs even when the loop is aborted, because a caller waits for
/// it.
/// </param>
/// <param name="Context">The context in which the work runs; null for the loop's own.</param>
readonly record struct WorkItem(Delegate Work, object? State, bool IsOwn, ExecutionContext? Context = null);

/// <summary>
/// What other threads, and the loop itself, have posted, in order. Two lists that take turns: one is filled, under the loop's lock, while the other
/// is done. Neither is ever made smaller or anew, but after a burst.
/// </summary>
sealed class WorkQueue
{
    const int Burst = 16 * 1024;

    WorkItem[] filling = new WorkItem[64];
    WorkItem[] done = new WorkItem[64];
    int count;

    public bool IsEmpty => Volatile.Read(ref count) == 0;

    /// <summary>Adds an item; the caller has the loop's lock.</summary>
    public void Add(in WorkItem item)
    {
        if (count == filling.Length)
            Array.Resize(ref filling, 2 * count);
        filling[count] = item;
        Volatile.Write(ref count, count + 1);
    }

    /// <summary>Takes all there is; the caller has the loop's lock. They are to be given back by <see cref="Clear"/>.</summary>
    public ReadOnlySpan<WorkItem> Take()
    {
        (filling, done) = (done, filling);
        int taken = count;
        Volatile.Write(ref count, 0);
        return done.AsSpan(0, taken);
    }

    /// <summary>Forgets what was taken, so that it is not kept from the garbage collector.</summary>
    public void Clear(int taken)
    {
        if (done.Length > Burst)
            done = new WorkItem[64];
        else
            Array.Clear(done, 0, taken);
    }
}
