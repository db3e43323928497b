namespace Unp.Net.Pipelines;

/// <summary>A piece of work for the loop's thread.</summary>
/// <param name="Work">
/// An <see cref="Action"/>, a <see cref="Func{TResult}"/> that returns a <see cref="Task"/>, or a form of either that takes the state.
/// </param>
/// <param name="State">The argument of the work.</param>
/// <param name="IsOwn">
/// Whether the work belongs to the library. Such work runs even if the loop is aborted, because a caller waits for it.
/// </param>
/// <param name="Context">The context in which the work runs; null for the loop's own context.</param>
readonly record struct WorkItem(Delegate Work, object? State, bool IsOwn, ExecutionContext? Context = null);

/// <summary>The queue of posted work, in the order of the posts.</summary>
/// <remarks>
/// It consists of two arrays. Posts go into <c>pending</c>, under the loop's lock, while the loop's thread runs the items of
/// <c>running</c>. <see cref="Take"/> swaps the two. The arrays are kept for later turns, and are replaced only after a burst of posts.
/// </remarks>
sealed class WorkQueue
{
    const int InitialCapacity = 64;
    const int MaxKeptCapacity = 16 * 1024;

    WorkItem[] pending = new WorkItem[InitialCapacity];
    WorkItem[] running = new WorkItem[InitialCapacity];
    int count;

    public bool IsEmpty => Volatile.Read(ref count) == 0;

    /// <summary>Adds an item. The caller must hold the loop's lock.</summary>
    public void Add(in WorkItem item)
    {
        if (count == pending.Length)
            Array.Resize(ref pending, 2 * count);
        pending[count] = item;
        Volatile.Write(ref count, count + 1);
    }

    /// <summary>
    /// Takes all pending items. The caller must hold the loop's lock, and must call <see cref="Clear"/> before it calls this method again.
    /// </summary>
    public ReadOnlySpan<WorkItem> Take()
    {
        (pending, running) = (running, pending);
        int taken = count;
        Volatile.Write(ref count, 0);
        return running.AsSpan(0, taken);
    }

    /// <summary>Clears the items that were taken, so that the garbage collector can free what they refer to.</summary>
    public void Clear(int taken)
    {
        if (running.Length > MaxKeptCapacity)
            running = new WorkItem[InitialCapacity];
        else
            Array.Clear(running, 0, taken);
    }
}
