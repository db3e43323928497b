using System.Collections;

namespace Unp.Net.Netlink;

/// <summary>A list that the kernel sent, and whether it changed meanwhile.</summary>
/// <typeparam name="T">The type of the entries.</typeparam>
public sealed class NetlinkDump<T> : IReadOnlyList<T>
{
    // An array of more than 85,000 bytes is a large object. A few of them cause a collection of the whole heap, so dumps of 10,000 routes
    // cost a quarter more in one array.
    const int ChunkSize = 4096;

    readonly List<List<T>> chunks = [[]];

    internal NetlinkDump()
    {
    }

    /// <summary>
    /// Gets whether the list changed while the kernel sent it, so entries may be missing or there twice. Request it again to have a
    /// consistent one.
    /// </summary>
    public bool IsInterrupted { get; internal set; }

    /// <summary>Gets the number of entries.</summary>
    public int Count => (chunks.Count - 1) * ChunkSize + chunks[^1].Count;

    /// <summary>Gets an entry.</summary>
    /// <param name="index">The place, from 0.</param>
    public T this[int index] => chunks[index / ChunkSize][index % ChunkSize];

    /// <summary>Returns an enumerator of the entries.</summary>
    public IEnumerator<T> GetEnumerator()
    {
        foreach (List<T> chunk in chunks)
        {
            foreach (T item in chunk)
                yield return item;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Returns the number of entries.</summary>
    public override string ToString() => $"{Count} entries{(IsInterrupted ? ", interrupted" : "")}";

    internal void Add(T item)
    {
        if (chunks[^1].Count == ChunkSize)
            chunks.Add(new List<T>(ChunkSize));
        chunks[^1].Add(item);
    }

    /// <summary>Appends another part of the list.</summary>
    internal void Add(NetlinkDump<T> part)
    {
        foreach (T item in part)
            Add(item);
        IsInterrupted |= part.IsInterrupted;
    }
}
