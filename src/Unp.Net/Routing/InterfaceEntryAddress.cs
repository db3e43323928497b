namespace Unp.Net;

/// <summary>An address of an interface, with its net (UNP 18.5).</summary>
public sealed class InterfaceEntryAddress
{
    internal InterfaceEntryAddress(in SockAddr address, int prefixLength) => (Address, PrefixLength) = (address, prefixLength);

    /// <summary>Gets the address. A link-local IPv6 address has the index of the interface as its scope id.</summary>
    public SockAddr Address { get; }

    /// <summary>Gets the number of bits of the address that belong to the net.</summary>
    public int PrefixLength { get; }

    /// <summary>Gets the bits of the address that belong to the net, as a mask.</summary>
    public SockAddr Netmask => RouteMask.Of(Address.Family, PrefixLength);

    /// <summary>Gets the broadcast address, or null if the address has none.</summary>
    public SockAddr? BroadcastAddress { get; internal init; }

    /// <summary>Gets the address of the other end of a point-to-point link, or null.</summary>
    public SockAddr? DestinationAddress { get; internal init; }

    /// <summary>Returns the address and the length of the prefix: <c>"10.0.0.1/8"</c>.</summary>
    public override string ToString() => $"{Address.Ntop(withPort: false)}/{PrefixLength}";
}
