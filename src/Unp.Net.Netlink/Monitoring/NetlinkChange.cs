namespace Unp.Net.Netlink;

/// <summary>The kind of a change of an object.</summary>
public enum NetlinkChangeKind
{
    /// <summary>The object is new.</summary>
    Added,

    /// <summary>The object has another state.</summary>
    Changed,

    /// <summary>The object is gone.</summary>
    Removed,
}

/// <summary>A change that <see cref="RtnetlinkMonitor"/> reports.</summary>
/// <param name="Kind">What has happened.</param>
/// <param name="Item">
/// The object: a <see cref="Link"/>, <see cref="LinkAddress"/>, <see cref="Route"/>, <see cref="Neighbour"/> or <see cref="Rule"/>. A
/// removed object has its last state.
/// </param>
/// <param name="Previous">The object before a change, or null.</param>
public sealed record NetlinkChange(NetlinkChangeKind Kind, object Item, object? Previous = null)
{
    /// <summary>Returns the kind and the object.</summary>
    public override string ToString() => $"{Kind}: {Item.GetType().Name} {Item}";
}
