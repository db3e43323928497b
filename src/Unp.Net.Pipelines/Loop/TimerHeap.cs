namespace Unp.Net.Pipelines;

/// <summary>
/// A binary heap of timers, ordered by <see cref="LoopTimer.HeapTime"/>. Each timer knows its index, so it can be removed.
/// </summary>
sealed class TimerHeap
{
    LoopTimer[] heap = new LoopTimer[16];

    public int Count { get; private set; }

    public LoopTimer First => heap[0];

    public ReadOnlySpan<LoopTimer> All => heap.AsSpan(0, Count);

    public void Add(LoopTimer timer)
    {
        if (Count == heap.Length)
            Array.Resize(ref heap, 2 * Count);
        Put(timer, Count++);
        Up(timer.Index);
    }

    public void Remove(LoopTimer timer)
    {
        int hole = timer.Index;
        timer.Index = -1;
        LoopTimer last = heap[--Count];
        heap[Count] = null!;
        if (last == timer)
            return;
        Put(last, hole);
        Update(last);
    }

    /// <summary>Restores the heap order after a change of a timer's <see cref="LoopTimer.HeapTime"/>.</summary>
    public void Update(LoopTimer timer)
    {
        Up(timer.Index);
        Down(timer.Index);
    }

    static bool IsBefore(LoopTimer first, LoopTimer second) =>
        first.HeapTime < second.HeapTime || (first.HeapTime == second.HeapTime && first.Order < second.Order);

    void Up(int index)
    {
        LoopTimer timer = heap[index];
        while (index > 0 && IsBefore(timer, heap[(index - 1) / 2]))
        {
            Put(heap[(index - 1) / 2], index);
            index = (index - 1) / 2;
        }
        Put(timer, index);
    }

    void Down(int index)
    {
        LoopTimer timer = heap[index];
        while (2 * index + 1 < Count)
        {
            int child = 2 * index + 1;
            if (child + 1 < Count && IsBefore(heap[child + 1], heap[child]))
                child++;
            if (!IsBefore(heap[child], timer))
                break;
            Put(heap[child], index);
            index = child;
        }
        Put(timer, index);
    }

    void Put(LoopTimer timer, int index)
    {
        heap[index] = timer;
        timer.Index = index;
    }
}
