using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Unp.Net.Abi;

namespace Unp.Net;

public partial struct ifreq
{
    /// <summary>Gets or sets the address of the interface.</summary>
    /// <remarks>
    /// Linux answers SIOCGIFBRDADDR and the like for the alias whose address is given; without one, for the first address of the name.
    /// </remarks>
    /// <exception cref="ArgumentException">The address has more than 16 bytes, as those of IPv6.</exception>
    public SockAddr ifr_addr
    {
        readonly get => RequestAddress.Get(AddressRoom);
        set => AddressRoom = RequestAddress.Room(value);
    }

    /// <summary>Gets or sets the address of the peer on a point-to-point link.</summary>
    /// <exception cref="ArgumentException">The address has more than 16 bytes, as those of IPv6.</exception>
    public SockAddr ifr_dstaddr
    {
        readonly get => RequestAddress.Get(AddressRoom);
        set => AddressRoom = RequestAddress.Room(value);
    }

    /// <summary>Gets or sets the broadcast address.</summary>
    /// <exception cref="ArgumentException">The address has more than 16 bytes, as those of IPv6.</exception>
    public SockAddr ifr_broadaddr
    {
        readonly get => RequestAddress.Get(AddressRoom);
        set => AddressRoom = RequestAddress.Room(value);
    }

    /// <summary>Gets or sets the netmask. The BSDs have no name for it and use <see cref="ifr_addr"/>.</summary>
    /// <exception cref="ArgumentException">The address has more than 16 bytes, as those of IPv6.</exception>
    public SockAddr ifr_netmask
    {
        readonly get => RequestAddress.Get(AddressRoom);
        set => AddressRoom = RequestAddress.Room(value);
    }

    /// <summary>Reads the next entry from the buffer that SIOCGIFCONF filled, and moves to the entry after it (UNP 17.5).</summary>
    /// <remarks>
    /// An entry has <c>sizeof(struct ifreq)</c> bytes, 40 on Linux. On the BSDs it is as long as its address, at least 32 bytes.
    /// </remarks>
    /// <param name="rest">The unread part of the buffer.</param>
    /// <param name="request">The name and, if it has at most 16 bytes, the address.</param>
    /// <param name="address">The whole address.</param>
    /// <returns>Whether there was another entry.</returns>
    public static bool TryReadNext(ref ReadOnlySpan<byte> rest, out ifreq request, out SockAddr address)
    {
        request = default;
        address = default;
        int size = ifconf.EntrySize(rest);
        if (size > rest.Length)
            return false;
        Span<byte> copy = MemoryMarshal.AsBytes(new Span<ifreq>(ref request));
        rest[..Math.Min(size, copy.Length)].CopyTo(copy);
        address = new SockAddr(ifconf.AddressIn(rest[..size]));
        rest = rest[size..];
        return true;
    }
}

public partial struct arpreq
{
    /// <summary>Gets or sets the IPv4 address.</summary>
    /// <exception cref="ArgumentException">The address has more than 16 bytes, as those of IPv6.</exception>
    public SockAddr arp_pa
    {
        readonly get => RequestAddress.Get(ProtocolRoom);
        set => ProtocolRoom = RequestAddress.Room(value);
    }

    /// <summary>Gets or sets the netmask of an entry with ATF_NETMASK.</summary>
    /// <exception cref="ArgumentException">The address has more than 16 bytes, as those of IPv6.</exception>
    public SockAddr arp_netmask
    {
        readonly get => RequestAddress.Get(NetmaskRoom);
        set => NetmaskRoom = RequestAddress.Room(value);
    }

    /// <summary>Returns the entry as <c>arp(8)</c> prints it: <c>192.0.2.1 at 02:00:00:00:00:01 on eth0</c>.</summary>
    public override readonly string ToString() => $"{Libunp.Sock_ntop_host(arp_pa)} at {HardwareText} on {arp_dev}";

    readonly string HardwareText =>
        (arp_flags & Libc.ATF_COM) == 0 ? "<incomplete>" : string.Join(':', arp_ha.GetAddressBytes().Select(b => $"{b:x2}"));
}

public partial struct rtentry
{
    /// <summary>Gets or sets the destination, a host or a network.</summary>
    /// <exception cref="ArgumentException">The address has more than 16 bytes, as those of IPv6.</exception>
    public SockAddr rt_dst
    {
        readonly get => RequestAddress.Get(DestinationRoom);
        set => DestinationRoom = RequestAddress.Room(value);
    }

    /// <summary>Gets or sets the gateway, if <see cref="rt_flags"/> has RTF_GATEWAY.</summary>
    /// <exception cref="ArgumentException">The address has more than 16 bytes, as those of IPv6.</exception>
    public SockAddr rt_gateway
    {
        readonly get => RequestAddress.Get(GatewayRoom);
        set => GatewayRoom = RequestAddress.Room(value);
    }

    /// <summary>Gets or sets the netmask of the destination.</summary>
    /// <exception cref="ArgumentException">The address has more than 16 bytes, as those of IPv6.</exception>
    public SockAddr rt_genmask
    {
        readonly get => RequestAddress.Get(MaskRoom);
        set => MaskRoom = RequestAddress.Room(value);
    }

    /// <summary>Returns the route: <c>192.0.2.0 mask 255.255.255.0 via 198.51.100.1</c>.</summary>
    public override readonly string ToString() =>
        $"{Text(rt_dst)} mask {Text(rt_genmask)}{(rt_gateway.Length > 0 ? $" via {Text(rt_gateway)}" : "")}";

    static string Text(in SockAddr address) => Libunp.Sock_ntop_host(address);
}

/// <summary>The conversion of addresses from and to the 16 bytes of <c>struct sockaddr</c> in a request.</summary>
static class RequestAddress
{
    internal static SockAddr Get(sockaddr room) =>
        room.head.Family == Libc.AF_UNSPEC ? default : new SockAddr(MemoryMarshal.AsBytes(new ReadOnlySpan<sockaddr>(in room)));

    internal static sockaddr Room(in SockAddr value, [CallerMemberName] string name = "")
    {
        sockaddr room = default;
        Span<byte> bytes = MemoryMarshal.AsBytes(new Span<sockaddr>(ref room));
        if (value.Length > bytes.Length)
            throw new ArgumentException(
                $"{name} must have at most {bytes.Length} bytes, which {value} exceeds. Use an IPv4 address.", nameof(value));
        value.Bytes.CopyTo(bytes);
        return room;
    }
}
