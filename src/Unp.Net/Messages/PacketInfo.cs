using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>
/// Where a datagram was sent to, and where it came in: IP_PKTINFO, IPV6_PKTINFO, and FreeBSD's IP_RECVDSTADDR with IP_RECVIF; the book's
/// <c>unp_in_pktinfo</c> (section 22.2). What to answer from is <see cref="LocalAddress"/>:
/// <c>control.AddPacketInfo(info.LocalAddress)</c>.
/// </summary>
public readonly struct PacketInfo
{
    readonly Bytes destination;
    readonly Bytes local;

    internal PacketInfo(int family, ReadOnlySpan<byte> destination, ReadOnlySpan<byte> local, int interfaceIndex)
    {
        Family = family;
        InterfaceIndex = interfaceIndex;
        destination.CopyTo(this.destination);
        local.CopyTo(this.local);
    }

    [InlineArray(16)]
    struct Bytes
    {
        byte first;
    }

    /// <summary>AF_INET or AF_INET6; AF_UNSPEC when the system told no address.</summary>
    public int Family { get; }

    /// <summary>The interface that it came in by, for if_indextoname; 0 when the system did not tell.</summary>
    public int InterfaceIndex { get; }

    /// <summary>
    /// The destination in the datagram's header, which may be a broadcast or multicast address. Port 0. A link-local one of IPv6 has the interface as its scope.
    /// </summary>
    public SockAddr Destination => Inet(destination);

    /// <summary>The address of this host that it was for. Port 0. A link-local one of IPv6 has the interface as its scope.</summary>
    /// <remarks>
    /// When <see cref="Destination"/> is a broadcast or multicast address, it is that of the interface. IPv6 and FreeBSD do not tell that: of a multicast
    /// it is the wildcard address then, which leaves the choice to the kernel; FreeBSD's of a broadcast is the broadcast address.
    /// </remarks>
    public SockAddr LocalAddress => Inet(local);

    SockAddr Inet(Bytes bytes)
    {
        if (Family == AF_UNSPEC)
            return default;
        SockAddr address = SockAddr.Any(Family);
        ((ReadOnlySpan<byte>)bytes)[..address.AddressBytes.Length].CopyTo(address.AddressBytes);
        if (Family == AF_INET6 && NeedsScope(bytes))
            address.ScopeId = (uint)InterfaceIndex;
        return address;
    }

    /// <summary>Whether an IPv6 address means one at each interface: fe80::/10, and multicasts that stay on the link or inside the host.</summary>
    static bool NeedsScope(ReadOnlySpan<byte> six) =>
        (six[0] == 0xFE && (six[1] & 0xC0) == 0x80) || (six[0] == 0xFF && (six[1] & 0x0F) is 1 or 2);

    /// <summary>What can be answered from where the system tells the destination only: not a multicast address.</summary>
    static ReadOnlySpan<byte> LocalOf(ReadOnlySpan<byte> destination)
    {
        bool isMulticast = destination.Length == 4 ? (destination[0] & 0xF0) == 0xE0 : destination[0] == 0xFF;
        return isMulticast ? default : destination;
    }

    /// <summary>The one among these messages.</summary>
    internal static bool TryFind(ControlMessages messages, out PacketInfo info)
    {
        info = default;
        bool found = false;
        foreach (ControlMessage message in messages)
        {
            if (message.Level == IPPROTO_IPV6 && message.Type == IPV6_PKTINFO && message.TryRead(out in6_pktinfo six))
            {
                ReadOnlySpan<byte> address = MemoryMarshal.AsBytes(new ReadOnlySpan<in6_addr>(in six.ipi6_addr));
                info = new PacketInfo(AF_INET6, address, LocalOf(address), (int)six.ipi6_ifindex);
                return true;
            }
            if (message.Level != IPPROTO_IP)
                continue;
            if (Target.IsLinux || Target.IsMacOS)
            {
                if (message.Type != IP_PKTINFO || !message.TryRead(out in_pktinfo four))
                    continue;
                uint destination = four.ipi_addr, local = four.ipi_spec_dst;
                info = new PacketInfo(AF_INET, Span(in destination), Span(in local), four.ipi_ifindex);
                return true;
            }

            // FreeBSD tells in two messages.
            if (message.Type == IP_RECVDSTADDR && message.TryRead(out uint address4))
            {
                info = new PacketInfo(AF_INET, Span(in address4), LocalOf(Span(in address4)), info.InterfaceIndex);
                found = true;
            }
            else if (message.Type == IP_RECVIF && sockaddr_dl.IndexIn(message.Data) is > 0 and int index)
            {
                SockAddr known = info.Destination, local = info.LocalAddress;
                info = new PacketInfo(info.Family, known.AddressBytes, local.AddressBytes, index);
                found = true;
            }
        }
        return found;
    }

    static ReadOnlySpan<byte> Span(in uint address) => MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in address));

    /// <summary><c>"192.0.2.1 on interface 2"</c></summary>
    public override string ToString() => $"{Destination} on interface {InterfaceIndex}";
}
