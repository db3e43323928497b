namespace Unp.Net.Netlink;

/// <summary>A multicast group of a <see cref="GenericFamily"/>.</summary>
/// <param name="Name">The name.</param>
/// <param name="Id">The number for <see cref="NetlinkSocket.Join"/>.</param>
public readonly record struct GenericGroup(string Name, int Id)
{
    /// <summary>Returns the name and the number.</summary>
    public override string ToString() => $"{Name} ({Id})";
}
