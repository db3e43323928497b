using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>
/// The destination address of a datagram and the interface of its arrival: the book's <c>unp_in_pktinfo</c> (UNP 22.2). The kernel reports
/// them by IP_PKTINFO or IPV6_PKTINFO, on FreeBSD by IP_RECVDSTADDR with IP_RECVIF. To answer from the same address, use
/// <see cref="LocalAddress"/>: <c>control.AddPacketInfo(info.LocalAddress)</c>.
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

    /// <summary>
    /// An IPv6 address, or an IPv4 address in the first word, in network byte order. Four words are copied in registers, but an array of
    /// bytes through memory.
    /// </summary>
    readonly struct Words(uint first, uint second = 0, uint third = 0, uint fourth = 0)
    {
        readonly uint first = first, second = second, third = third, fourth = fourth;

        [UnscopedRef]
        public ReadOnlySpan<byte> Bytes => MemoryMarshal.AsBytes(new ReadOnlySpan<Words>(in this));
    }

    /// <summary>Gets the address family: AF_INET or AF_INET6, or AF_UNSPEC if the kernel has reported no address.</summary>
    public int Family { get; }

    /// <summary>Gets the index of the interface of arrival, for if_indextoname(3); 0 if the kernel has not reported it.</summary>
    public int InterfaceIndex { get; }

    /// <summary>
    /// Gets the destination address in the datagram's header, with port 0. It may be a broadcast or multicast address. A link-local IPv6
    /// address has the interface as its scope.
    /// </summary>
    public SockAddr Destination => Inet(destination);

    /// <summary>
    /// Gets the address of this host to which the datagram was sent, with port 0. A link-local IPv6 address has the interface as its scope.
    /// </summary>
    /// <remarks>
    /// <para>If <see cref="Destination"/> is a broadcast or multicast address, this is the address of the interface.</para>
    /// <para>IPv6 and FreeBSD do not report that address. For a multicast this is then the wildcard address, with which the kernel chooses
    /// the source. For a broadcast, on FreeBSD, it is the broadcast address.</para>
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

    /// <summary>
    /// Returns whether an IPv6 address is only unique per interface: fe80::/10, and multicast addresses of link or interface scope.
    /// </summary>
    static bool NeedsScope(ReadOnlySpan<byte> six) =>
        (six[0] == 0xFE && (six[1] & 0xC0) == 0x80) || (six[0] == 0xFF && (six[1] & 0x0F) is 1 or 2);

    /// <summary>
    /// Returns the local address on a system that reports only the destination: the destination, or the wildcard address for a multicast.
    /// </summary>
    static Words LocalOf(in Words destination, int family)
    {
        bool isMulticast = family == AF_INET ? (destination.Bytes[0] & 0xF0) == 0xE0 : destination.Bytes[0] == 0xFF;
        return isMulticast ? default : destination;
    }

    /// <summary>
    /// Finds the packet information among control messages. <see cref="ReceivedMessage.TryGetPacketInfo"/> is the same for a received
    /// message.
    /// </summary>
    /// <param name="control">Control messages, as the kernel has written them.</param>
    /// <param name="info">The packet information.</param>
    /// <returns>Whether the kernel has reported the destination, the interface or both.</returns>
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

            // FreeBSD reports destination and interface in two messages.
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
