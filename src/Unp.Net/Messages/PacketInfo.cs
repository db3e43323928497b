using System.Diagnostics.CodeAnalysis;
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
    readonly Words destination;
    readonly Words local;

    PacketInfo(int family, Words destination, Words local, int interfaceIndex)
    {
        Family = family;
        InterfaceIndex = interfaceIndex;
        this.destination = destination;
        this.local = local;
    }

    /// <summary>An IPv6 address, or an IPv4 address in the first word, in network order. Words are copied in registers, an array of bytes through memory.</summary>
    readonly struct Words(uint first, uint second = 0, uint third = 0, uint fourth = 0)
    {
        readonly uint first = first, second = second, third = third, fourth = fourth;

        [UnscopedRef]
        public ReadOnlySpan<byte> Bytes => MemoryMarshal.AsBytes(new ReadOnlySpan<Words>(in this));
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

    SockAddr Inet(in Words words)
    {
        if (Family == AF_UNSPEC)
            return default;
        var address = new SockAddr(Family);
        Span<byte> bytes = address.AddressBytes;
        words.Bytes[..bytes.Length].CopyTo(bytes);
        if (Family == AF_INET6 && NeedsScope(bytes))
            address.ScopeId = (uint)InterfaceIndex;
        return address;
    }

    /// <summary>Whether an IPv6 address means one at each interface: fe80::/10, and multicasts that stay on the link or inside the host.</summary>
    static bool NeedsScope(ReadOnlySpan<byte> six) =>
        (six[0] == 0xFE && (six[1] & 0xC0) == 0x80) || (six[0] == 0xFF && (six[1] & 0x0F) is 1 or 2);

    /// <summary>What can be answered from where the system tells the destination only: not a multicast address.</summary>
    static Words LocalOf(in Words destination, int family)
    {
        bool isMulticast = family == AF_INET ? (destination.Bytes[0] & 0xF0) == 0xE0 : destination.Bytes[0] == 0xFF;
        return isMulticast ? default : destination;
    }

    /// <summary>The one among control messages; <see cref="ReceivedMessage.TryGetPacketInfo"/> for those that were received elsewhere.</summary>
    /// <param name="control">Control messages, as the kernel wrote them.</param>
    /// <param name="info">What they tell.</param>
    /// <returns>Whether the kernel told at least one of destination and interface.</returns>
    public static bool TryFind(ReadOnlySpan<byte> control, out PacketInfo info)
    {
        info = default;
        bool found = false;
        while (ControlLayout.TryReadHeader(control, out int length, out int level, out int type))
        {
            ReadOnlySpan<byte> data = control[ControlLayout.DataOffset..length];
            control = control[ControlLayout.Step(length, control.Length)..];
            if (level == IPPROTO_IPV6 && type == IPV6_PKTINFO && MemoryMarshal.TryRead(data, out in6_pktinfo six))
            {
                Words address = Unsafe.BitCast<in6_addr, Words>(six.ipi6_addr);
                info = new PacketInfo(AF_INET6, address, LocalOf(address, AF_INET6), (int)six.ipi6_ifindex);
                return true;
            }
            if (level != IPPROTO_IP)
                continue;
            if (Target.IsLinux || Target.IsMacOS)
            {
                if (type != IP_PKTINFO || !MemoryMarshal.TryRead(data, out in_pktinfo four))
                    continue;
                info = new PacketInfo(AF_INET, new Words(four.ipi_addr), new Words(four.ipi_spec_dst), four.ipi_ifindex);
                return true;
            }

            // FreeBSD tells in two messages.
            if (type == IP_RECVDSTADDR && MemoryMarshal.TryRead(data, out uint address4))
            {
                var words = new Words(address4);
                info = new PacketInfo(AF_INET, words, LocalOf(words, AF_INET), info.InterfaceIndex);
                found = true;
            }
            else if (type == IP_RECVIF && sockaddr_dl.IndexIn(data) is > 0 and int index)
            {
                info = new PacketInfo(info.Family, info.destination, info.local, index);
                found = true;
            }
        }
        return found;
    }

    /// <summary><c>"192.0.2.1 on interface 2"</c></summary>
    public override string ToString() => $"{Destination} on interface {InterfaceIndex}";
}
