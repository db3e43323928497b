using System.Net;

namespace Unp.Net;

/// <summary>A multicast group on an interface, to be joined or left (UNP 21.6).</summary>
/// <param name="Group">The group's address, IPv4 or IPv6.</param>
/// <param name="Interface">The interface's index; 0: the kernel chooses by its routes.</param>
public readonly record struct MulticastGroup(IPAddress Group, uint Interface = 0)
{
    /// <summary>Returns the group, and the interface unless the kernel chooses it: <c>224.0.0.5 on interface 2</c>.</summary>
    public override string ToString() => Interface == 0 ? $"{Group}" : $"{Group} on interface {Interface}";
}

/// <summary>One source of a multicast group on an interface (UNP 21.6).</summary>
/// <param name="Group">The group's address, IPv4 or IPv6.</param>
/// <param name="Source">The sender's address, of the same family.</param>
/// <param name="Interface">The interface's index; 0: the kernel chooses by its routes.</param>
public readonly record struct MulticastSource(IPAddress Group, IPAddress Source, uint Interface = 0)
{
    /// <summary>
    /// Returns the group and its source: <c>232.0.0.5 from 192.0.2.1</c>, or <c>232.0.0.5 from 192.0.2.1 on interface 2</c>.
    /// </summary>
    public override string ToString() => Interface == 0 ? $"{Group} from {Source}" : $"{Group} from {Source} on interface {Interface}";
}

/// <summary>One source of an IPv4 multicast group on an interface, which is identified by its address (UNP 21.6).</summary>
/// <param name="Group">The group's IPv4 address.</param>
/// <param name="Source">The sender's IPv4 address.</param>
/// <param name="Interface">An IPv4 address of the interface; null: the kernel chooses by its routes.</param>
public readonly record struct IpMulticastSource(IPAddress Group, IPAddress Source, IPAddress? Interface = null)
{
    /// <summary>
    /// Returns the group and its source: <c>232.0.0.5 from 192.0.2.1</c>, or <c>232.0.0.5 from 192.0.2.1 on 192.0.2.7</c>.
    /// </summary>
    public override string ToString() => Interface is null ? $"{Group} from {Source}" : $"{Group} from {Source} on {Interface}";
}
