using System.Collections.ObjectModel;

namespace Unp.Net.Netlink;

/// <summary>A list that equals another with equal elements, so that records with lists can be compared.</summary>
sealed class ValueList<T>(IList<T> list) : ReadOnlyCollection<T>(list)
{
    internal static new ValueList<T> Empty { get; } = new([]);

    /// <summary>Returns the list itself if it is a <see cref="ValueList{T}"/>, otherwise a copy.</summary>
    internal static ValueList<T> Of(IReadOnlyList<T> list) => list as ValueList<T> ?? (list.Count == 0 ? Empty : new([.. list]));

    public override bool Equals(object? obj) => obj is IReadOnlyList<T> other && this.SequenceEqual(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (T element in this)
            hash.Add(element);
        return hash.ToHashCode();
    }

    public override string ToString() => $"[{string.Join(", ", this)}]";
}
