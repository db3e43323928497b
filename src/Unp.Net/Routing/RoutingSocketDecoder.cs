using System.Net.NetworkInformation;
using System.Text;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>Reads routes and interfaces from the messages of a routing socket and of sysctl on the BSDs (UNP 18.3 to 18.5).</summary>
static class RoutingSocketDecoder
{
    /// <summary>Reads the routes of NET_RT_DUMP. Entries of other families are skipped.</summary>
    /// <exception cref="UnpException">EBADMSG: the buffer is damaged.</exception>
    internal static RouteEntry[] Routes(RoutingLayout layout, ReadOnlySpan<byte> buffer, string function)
    {
        var routes = new List<RouteEntry>();
        while (layout.TryRead(ref buffer, out RoutingMessage message))
        {
            if (Route(layout, message, function) is { } route)
                routes.Add(route);
        }
        return buffer.IsEmpty ? [.. routes] : throw Damaged(function);
    }

    /// <summary>Reads one route, or returns null if its destination is neither IPv4 nor IPv6.</summary>
    internal static RouteEntry? Route(RoutingLayout layout, RoutingMessage message, string function)
    {
        if (!layout.TrySplit(message.Addrs, message.Addresses, out RoutingAddresses addresses))
            throw Damaged(function);
        if (Address(layout, addresses, RoutingLayout.Destination) is not { } destination)
            return null;
        return new RouteEntry(destination, PrefixLength(addresses, RoutingLayout.Netmask, destination.Family))
        {
            Gateway = (message.Flags & RTF_GATEWAY) != 0 ? Address(layout, addresses, RoutingLayout.Gateway) : null,
            Genmask = addresses.Has(RoutingLayout.Genmask)
                ? RouteMask.Of(destination.Family, PrefixLength(addresses, RoutingLayout.Genmask, destination.Family))
                : (SockAddr?)null,
            Source = Address(layout, addresses, RoutingLayout.InterfaceAddress),
            Flags = message.Flags,
            InterfaceIndex = (uint)message.Index,
            Mtu = message.Mtu,
        };
    }

    /// <summary>Reads the interfaces of NET_RT_IFLIST, each followed by its addresses. Messages of other types are skipped.</summary>
    /// <exception cref="UnpException">EBADMSG: the buffer is damaged.</exception>
    internal static InterfaceEntry[] Interfaces(RoutingLayout layout, ReadOnlySpan<byte> buffer, string function)
    {
        var interfaces = new List<InterfaceEntry>();
        while (layout.TryRead(ref buffer, out RoutingMessage message))
        {
            if (message.Type is not (RoutingLayout.Interface or RoutingLayout.NewAddress))
                continue;
            if (!layout.TrySplit(message.Addrs, message.Addresses, out RoutingAddresses addresses))
                throw Damaged(function);
            if (message.Type == RoutingLayout.Interface)
                interfaces.Add(Interface(message, addresses));
            else if (interfaces is [.., var last] && last.Index == message.Index)
                AddAddress(layout, last, addresses);
        }
        return buffer.IsEmpty ? [.. interfaces] : throw Damaged(function);
    }

    /// <summary>Creates the exception for a buffer that is no list of messages.</summary>
    internal static UnpException Damaged(string function) => new(Errno.EBADMSG, function, "damaged routing message");

    /// <summary>Reads the interface and its <c>sockaddr_dl</c>, which contains the name and then the link-layer address.</summary>
    static InterfaceEntry Interface(RoutingMessage message, RoutingAddresses addresses)
    {
        const int LengthOfName = 5, LengthOfAddress = 6, Data = 8;
        string name = "";
        byte[] hardware = [];
        ReadOnlySpan<byte> link = addresses.Has(RoutingLayout.InterfaceName) ? addresses[RoutingLayout.InterfaceName] : default;
        if (link.Length >= Data && link[1] == RoutingLayout.Link && Data + link[LengthOfName] + link[LengthOfAddress] <= link.Length)
        {
            name = Encoding.UTF8.GetString(link.Slice(Data, link[LengthOfName]));
            hardware = link.Slice(Data + link[LengthOfName], link[LengthOfAddress]).ToArray();
        }
        return new InterfaceEntry((uint)message.Index, name.Length > 0 ? name : $"index {message.Index}")
        {
            Flags = message.Flags,
            Mtu = message.Mtu,
            Type = message.InterfaceType,
            HardwareAddress = hardware.Length > 0 ? new PhysicalAddress(hardware) : null,
        };
    }

    static void AddAddress(RoutingLayout layout, InterfaceEntry entry, RoutingAddresses addresses)
    {
        if (Address(layout, addresses, RoutingLayout.InterfaceAddress) is not { } address)
            return;
        SockAddr? other = Address(layout, addresses, RoutingLayout.Broadcast);
        entry.AddressList.Add(new InterfaceEntryAddress(address, PrefixLength(addresses, RoutingLayout.Netmask, address.Family))
        {
            BroadcastAddress = (entry.Flags & IFF_BROADCAST) != 0 ? other : null,
            DestinationAddress = (entry.Flags & IFF_POINTOPOINT) != 0 ? other : null,
        });
    }

    /// <summary>Returns an IPv4 or IPv6 address, or null if it is absent or of another family.</summary>
    static SockAddr? Address(RoutingLayout layout, RoutingAddresses addresses, int index)
    {
        if (!addresses.Has(index) || addresses[index] is not { Length: >= 2 } bytes)
            return null;
        if (bytes[1] == RoutingLayout.Inet)
            return RouteMask.Address(AF_INET, IpBytes(bytes, AF_INET));
        if (bytes[1] != layout.Inet6)
            return null;
        Span<byte> ip = stackalloc byte[16];
        ip.Clear();
        ReadOnlySpan<byte> given = IpBytes(bytes, AF_INET6);
        given.CopyTo(ip);
        return RouteMask.Address(AF_INET6, ip, RoutingLayout.ReadInet6(bytes, ip));
    }

    /// <summary>
    /// Returns the length of a prefix. The kernel cuts trailing zeros off a mask and sets no family in it. Without a mask the route leads
    /// to one host.
    /// </summary>
    static int PrefixLength(RoutingAddresses addresses, int index, int family) =>
        addresses.Has(index) ? RouteMask.Length(IpBytes(addresses[index], family)) : RouteMask.Bits(family);

    /// <summary>Returns the bytes of the IP address in a socket address that may have been cut.</summary>
    static ReadOnlySpan<byte> IpBytes(ReadOnlySpan<byte> socketAddress, int family)
    {
        (int start, int size) = family == AF_INET ? (4, 4) : (8, 16);
        ReadOnlySpan<byte> rest = socketAddress.Length > start ? socketAddress[start..] : default;
        return rest[..Math.Min(size, rest.Length)];
    }
}
