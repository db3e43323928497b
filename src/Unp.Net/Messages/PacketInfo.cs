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

    /// <summary>The destination in the datagram's header, which may be a broadcast or multicast address. Port 0.</summary>
    public SockAddr Destination => Inet(destination);

    /// <summary>The address of this host that it was for: that of the interface when <see cref="Destination"/> is a broadcast or multicast address. Port 0.</summary>
    public SockAddr LocalAddress => Inet(local);

    SockAddr Inet(Bytes bytes)
    {
        if (Family == AF_UNSPEC)
            return default;
        SockAddr address = SockAddr.Any(Family);
        ((ReadOnlySpan<byte>)bytes)[..address.AddressBytes.Length].CopyTo(address.AddressBytes);
        return address;
    }

    /// <summary>The one among these messages; <see cref="ReceivedMessage.TryGetPacketInfo"/> for control data that were received elsewhere.</summary>
    /// <param name="messages">Control messages, as they were received.</param>
    /// <param name="info">What they tell.</param>
    /// <returns>Whether the kernel told at least one of destination and interface.</returns>
    public static bool TryFind(ControlMessages messages, out PacketInfo info)
    {
        info = default;
        bool found = false;
        foreach (ControlMessage message in messages)
        {
            if (message.Level == IPPROTO_IPV6 && message.Type == IPV6_PKTINFO && message.TryRead(out in6_pktinfo six))
            {
                ReadOnlySpan<byte> address = MemoryMarshal.AsBytes(new ReadOnlySpan<in6_addr>(in six.ipi6_addr));
                info = new PacketInfo(AF_INET6, address, address, (int)six.ipi6_ifindex);
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
                info = new PacketInfo(AF_INET, Span(in address4), Span(in address4), info.InterfaceIndex);
                found = true;
            }
            else if (message.Type == IP_RECVIF && message.TryRead(out sockaddr_dl link))
            {
                SockAddr known = info.Destination;
                info = new PacketInfo(info.Family, known.AddressBytes, known.AddressBytes, link.sdl_index);
                found = true;
            }
        }
        return found;
    }

    static ReadOnlySpan<byte> Span(in uint address) => MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in address));

    /// <summary><c>"192.0.2.1 on interface 2"</c></summary>
    public override string ToString() => $"{Destination} on interface {InterfaceIndex}";
}
