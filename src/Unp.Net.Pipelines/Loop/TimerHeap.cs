namespace Unp.Net.Pipelines;

/// <summary>Timers by when they are due: a binary heap in which each knows its place, so that it can be taken out.</summary>
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
        Moved(last);
    }

    /// <summary>Finds the place of a timer whose time was changed.</summary>
    public void Moved(LoopTimer timer)
    {
        Up(timer.Index);
        Down(timer.Index);
    }

    static bool IsBefore(LoopTimer first, LoopTimer second) =>
        first.Place < second.Place || (first.Place == second.Place && first.Order < second.Order);

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
