using System.Collections;

namespace Unp.Net.Netlink;

/// <summary>A list that the kernel sent, and whether it changed meanwhile.</summary>
/// <typeparam name="T">The type of the entries.</typeparam>
public sealed class NetlinkDump<T> : IReadOnlyList<T>
{
    readonly List<T> items;

    internal NetlinkDump(List<T> items, bool isInterrupted)
    {
        this.items = items;
        IsInterrupted = isInterrupted;
    }

    /// <summary>
    /// Gets whether the list changed while the kernel sent it, so entries may be missing or there twice. Request it again to have a
    /// consistent one.
    /// </summary>
    public bool IsInterrupted { get; }

    /// <summary>Gets the number of entries.</summary>
    public int Count => items.Count;

    /// <summary>Gets an entry.</summary>
    /// <param name="index">The place, from 0.</param>
    public T this[int index] => items[index];

    /// <summary>Returns an enumerator of the entries.</summary>
    public IEnumerator<T> GetEnumerator() => items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Returns the number of entries.</summary>
    public override string ToString() => $"{Count} entries{(IsInterrupted ? ", interrupted" : "")}";
}
