using System.Globalization;
using System.Text;

namespace Unp.Net;

/// <summary>A route of the kernel's routing table (UNP 18.3), in one form for all systems.</summary>
public sealed class RouteEntry
{
    internal RouteEntry(in SockAddr destination, int prefixLength)
    {
        Destination = destination;
        PrefixLength = prefixLength;
    }

    /// <summary>Gets the address of the net or host that the route leads to. A default route has the wildcard address.</summary>
    public SockAddr Destination { get; }

    /// <summary>Gets the number of bits of <see cref="Destination"/> that a packet must match: 0 for a default route.</summary>
    public int PrefixLength { get; }

    /// <summary>Gets the bits of <see cref="Destination"/> that a packet must match, as a mask.</summary>
    public SockAddr Netmask => RouteMask.Of(Destination.Family, PrefixLength);

    /// <summary>Gets the next router, or null if the net is directly attached or packets are refused.</summary>
    public SockAddr? Gateway { get; internal init; }

    /// <summary>Gets the mask for cloned routes, which only the BSDs have; otherwise null.</summary>
    public SockAddr? Genmask { get; internal init; }

    /// <summary>Gets the local address that the kernel prefers for this route, or null if the route has none.</summary>
    public SockAddr? Source { get; internal init; }

    /// <summary>Gets the flags of the route: <c>RTF_UP</c>, <c>RTF_GATEWAY</c>, <c>RTF_HOST</c>, <c>RTF_REJECT</c>...</summary>
    public int Flags { get; internal init; }

    /// <summary>Gets the index of the outgoing interface, or 0 if packets are refused.</summary>
    public uint InterfaceIndex { get; internal init; }

    /// <summary>Gets the priority of the route on Linux, where a lower one wins; elsewhere 0.</summary>
    public uint Metric { get; internal init; }

    /// <summary>Gets the MTU of the path in bytes, or 0 if the route has none.</summary>
    public int Mtu { get; internal init; }

    /// <summary>
    /// Returns the route in the form of ip-route(8), with the index of the interface: <c>"10.0.0.0/8 via 10.1.1.1 dev 2"</c>.
    /// </summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        if (PrefixLength == 0)
            text.Append("default");
        else
            text.Append(CultureInfo.InvariantCulture, $"{Destination.Ntop(withPort: false)}/{PrefixLength}");
        if (Gateway is { } gateway)
            text.Append(CultureInfo.InvariantCulture, $" via {gateway.Ntop(withPort: false)}");
        if (InterfaceIndex > 0)
            text.Append(CultureInfo.InvariantCulture, $" dev {InterfaceIndex}");
        if ((Flags & Libc.RTF_REJECT) != 0)
            text.Append(" reject");
        return text.ToString();
    }
}
