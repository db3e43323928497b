using System.Buffers;

namespace Unp.Net;

/// <summary>
/// A ring buffer of the sends whose memory the kernel still reads, in the order of their numbers. Each memory is pinned until its send is
/// done. The ring grows when it is full. The numbers have 32 bits and wrap, so they are compared by their distance.
/// </summary>
/// <param name="verify">Whether to detect a buffer that was changed too early.</param>
/// <param name="first">The number of the first send. The kernel begins with 0.</param>
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

    /// <summary>The number of sends from the first that is not done to the last.</summary>
    internal int Count { get; private set; }

    /// <summary>The number of a send whose buffer was changed too early.</summary>
    internal uint? Changed { get; set; }

    ref Entry this[uint number] => ref ring[(int)(number & (uint)(ring.Length - 1))];

    /// <summary>Adds a send and takes ownership of its pin. Returns its number.</summary>
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

    /// <summary>
    /// Marks a range of sends as done and unpins their memory. Numbers that were never sent or are already done are ignored.
    /// </summary>
    /// <returns>The count of numbers in the range, which may wrap.</returns>
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

    /// <summary>Returns the position of a number after the first send that is not done; negative if it is before that.</summary>
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
