using System.Buffers;

namespace Unp.Net;

/// <summary>
/// The sends whose memory the kernel still reads, in the order of their numbers, each pinned until it is done: a ring that grows when it is full. The
/// numbers are 32 bits and wrap, so that they are compared by their distance.
/// </summary>
/// <param name="verify">Whether a buffer that was changed too early shall be found.</param>
/// <param name="first">The number of the first send; the kernel's is 0.</param>
sealed class PendingSends(bool verify, uint first = 0)
{
    Entry[] ring = new Entry[16];
    uint first = first;

    struct Entry
    {
        internal MemoryHandle Pin;
        internal ReadOnlyMemory<byte> Data;
        internal int Checksum;
        internal bool Done;
    }

    /// <summary>From the first that is not done to the last that was sent.</summary>
    internal int Count { get; private set; }

    /// <summary>A buffer of these was changed too early.</summary>
    internal uint? Changed { get; set; }

    ref Entry this[uint number] => ref ring[(int)(number & (uint)(ring.Length - 1))];

    /// <summary>Takes over the pin of the next send.</summary>
    internal uint Add(MemoryHandle pin, ReadOnlyMemory<byte> data)
    {
        if (Count == ring.Length)
            Grow();
        uint number = first + (uint)Count++;
        this[number] = new Entry { Pin = pin, Data = data, Checksum = verify ? Checksum(data) : 0 };
        return number;
    }

    internal bool IsDone(uint number)
    {
        int distance = Distance(number);
        return distance < 0 || (distance < Count && this[number].Done);
    }

    /// <summary>The kernel is done with these; numbers that were never sent, or told before, change nothing.</summary>
    /// <returns>How many numbers there are from the first to the last, which may be beyond where they wrap.</returns>
    internal long Complete(uint low, uint high)
    {
        int from = Math.Max(Distance(low), 0), to = Math.Min(Distance(high), Count - 1);
        for (int i = from; i <= to; i++)
        {
            uint number = first + (uint)i;
            ref Entry entry = ref this[number];
            if (entry.Done)
                continue;
            if (verify && Checksum(entry.Data) != entry.Checksum)
                Changed ??= number;
            entry.Done = true;
            entry.Pin.Dispose();
            entry.Data = default;
        }
        while (Count > 0 && this[first].Done)
        {
            this[first] = default;
            first++;
            Count--;
        }
        return (long)unchecked(high - low) + 1;
    }

    /// <summary>How far behind the first one that is not done; negative of one before it.</summary>
    int Distance(uint number) => unchecked((int)(number - first));

    void Grow()
    {
        var larger = new Entry[ring.Length * 2];
        for (uint i = 0; i < Count; i++)
            larger[(int)((first + i) & (uint)(larger.Length - 1))] = this[first + i];
        ring = larger;
    }

    static int Checksum(ReadOnlyMemory<byte> data)
    {
        var hash = new HashCode();
        hash.AddBytes(data.Span);
        return hash.ToHashCode();
    }
}
