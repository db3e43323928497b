using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>
/// Where a datagram was sent to, and where it came in: IP_PKTINFO, IPV6_PKTINFO, and FreeBSD's IP_RECVDSTADDR with IP_RECVIF; the book's
/// <c>unp_in_pktinfo</c> (section 22.2). What to answer from is <see cref="LocalAddress"/>.
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
    }

    /// <summary>AF_INET or AF_INET6; AF_UNSPEC when the system told no address.</summary>
    public int Family { get; }

    /// <summary>The interface that it came in by, for if_indextoname; 0 when the system did not tell.</summary>
    public int InterfaceIndex { get; }

    /// <summary>The destination in the datagram's header, which may be a broadcast or multicast address. Port 0.</summary>
    public SockAddr Destination => Inet(destination);

    /// <summary>The address of this host that it was for: that of the interface when <see cref="Destination"/> is a broadcast or multicast address. Port 0.</summary>
    public SockAddr LocalAddress => Inet(local);

    SockAddr Inet(in Words words)
    {
        if (Family == AF_UNSPEC)
            return default;
        var address = new SockAddr(Family);
        Span<byte> bytes = address.AddressBytes;
        MemoryMarshal.AsBytes(new ReadOnlySpan<Words>(in words))[..bytes.Length].CopyTo(bytes);
        return address;
    }

    /// <summary>The one among these messages.</summary>
    internal static bool TryFind(ReadOnlySpan<byte> control, out PacketInfo info)
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
                info = new PacketInfo(AF_INET6, address, address, (int)six.ipi6_ifindex);
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
                info = new PacketInfo(AF_INET, words, words, info.InterfaceIndex);
                found = true;
            }
            else if (type == IP_RECVIF && MemoryMarshal.TryRead(data, out sockaddr_dl link))
            {
                info = new PacketInfo(info.Family, info.destination, info.local, link.sdl_index);
                found = true;
            }
        }
        return found;
    }

    /// <summary><c>"192.0.2.1 on interface 2"</c></summary>
    public override string ToString() => $"{Destination} on interface {InterfaceIndex}";
}
