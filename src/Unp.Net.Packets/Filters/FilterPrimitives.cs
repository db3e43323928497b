using System.Buffers.Binary;
using static Unp.Net.Libc;
using static Unp.Net.Packets.FilterCode;
using static Unp.Net.Packets.FilterCondition;

namespace Unp.Net.Packets;

/// <summary>The conditions of single primitives, such as an address or a port, for one link-layer header.</summary>
sealed class FilterPrimitives(FilterLink link)
{
    const byte Fragment = 44; // the fragment header of IPv6
    const uint Ipv6HeaderLength = 40;
    const uint Ipv4Protocol = 9;
    const uint Ipv6NextHeader = 6;

    static readonly FilterProtocol[] WithPorts = [FilterProtocol.Tcp, FilterProtocol.Udp, FilterProtocol.Sctp];

    uint Network => link.Payload;

    /// <summary>Returns whether a packet belongs to a protocol that is not <see cref="FilterProtocol.Link"/>.</summary>
    internal FilterCondition Belongs(FilterProtocol protocol) => protocol.EtherType is { } type
        ? link.Carries(type)!
        : Or(
            protocol.IsOverIpv4 ? OverIpv4(protocol.Number!.Value) : False,
            protocol.IsOverIpv6 ? OverIpv6(protocol.Number!.Value) : False);

    /// <summary>Returns whether a packet is IPv4 with a protocol.</summary>
    internal FilterCondition OverIpv4(byte number) =>
        And(Belongs(FilterProtocol.Ip), Equal(Byte(Network + Ipv4Protocol), number));

    /// <summary>Returns whether a packet is IPv6 with a protocol, which may follow a fragment header.</summary>
    internal FilterCondition OverIpv6(byte number)
    {
        FilterCondition inFragment = And(NextHeader(Fragment), Equal(Byte(Network + Ipv6HeaderLength), number));
        return And(Belongs(FilterProtocol.Ip6), Or(NextHeader(number), inFragment));
    }

    /// <summary>Returns whether an IPv4 packet is no fragment, or the first one, so that it has the header of its protocol.</summary>
    internal FilterCondition IsFirstFragment() => Equal(Half(Network + 6), 0, 0x1fff);

    /// <summary>Returns whether a packet has an address of IPv4, whatever the protocol is: IP, ARP or RARP.</summary>
    internal FilterCondition HasIpv4(uint address, uint mask, FilterProtocol? protocol, FilterDirection direction)
    {
        if (protocol is null)
        {
            return Or(
                Or(HasIpv4(address, mask, FilterProtocol.Ip, direction), HasIpv4(address, mask, FilterProtocol.Arp, direction)),
                HasIpv4(address, mask, FilterProtocol.Rarp, direction));
        }
        (uint source, uint destination) = protocol == FilterProtocol.Ip ? (12u, 16u) : (14u, 24u);
        return And(Belongs(protocol), Either(
            direction,
            Equal(Word(Network + source), address, mask),
            Equal(Word(Network + destination), address, mask)));
    }

    /// <summary>Returns whether an IPv6 packet has an address.</summary>
    internal FilterCondition HasIpv6(ReadOnlySpan<byte> address, int prefixLength, FilterDirection direction) =>
        And(Belongs(FilterProtocol.Ip6), Either(
            direction,
            EqualIpv6(Network + 8, address, prefixLength),
            EqualIpv6(Network + 24, address, prefixLength)));

    /// <summary>Returns whether a packet has an Ethernet address.</summary>
    internal static FilterCondition HasMac(ReadOnlySpan<byte> address, FilterDirection direction) =>
        Either(direction, EqualMac(6, address), EqualMac(0, address));

    /// <summary>Returns whether the lowest bit of the first byte is set, as in Ethernet addresses of groups.</summary>
    internal static FilterCondition IsMacMulticast() => Equal(Byte(0), 1, 1);

    /// <summary>Returns whether the destination is an IPv4 address of a group, or above.</summary>
    internal FilterCondition IsIpv4Multicast() =>
        And(Belongs(FilterProtocol.Ip), new Test(new(Byte(Network + 16)), BPF_JGE, 224));

    internal FilterCondition IsIpv6Multicast() => And(Belongs(FilterProtocol.Ip6), Equal(Byte(Network + 24), 255));

    /// <summary>Returns whether the destination is a broadcast address of a network, the older one with zeros included.</summary>
    internal FilterCondition IsIpv4Broadcast(uint netmask) =>
        And(Belongs(FilterProtocol.Ip), Or(
            Equal(Word(Network + 16), 0, ~netmask),
            Equal(Word(Network + 16), uint.MaxValue, ~netmask)));

    /// <summary>Returns whether a packet has a port in a range.</summary>
    /// <param name="low">The lowest port.</param>
    /// <param name="high">The highest port.</param>
    /// <param name="protocol">TCP, UDP or SCTP; null: any of them.</param>
    /// <param name="direction">The side.</param>
    internal FilterCondition HasPort(uint low, uint high, FilterProtocol? protocol, FilterDirection direction)
    {
        uint ipv6 = Network + Ipv6HeaderLength;
        FilterCondition overIpv4 = And(
            And(IsOneOf(protocol, number => Equal(Byte(Network + Ipv4Protocol), number)), IsFirstFragment()),
            Either(direction, InRange(BehindIpv4(0), low, high), InRange(BehindIpv4(2), low, high)));
        FilterCondition overIpv6 = And(
            IsOneOf(protocol, NextHeader),
            Either(direction, InRange([Half(ipv6)], low, high), InRange([Half(ipv6 + 2)], low, high)));
        return Or(And(Belongs(FilterProtocol.Ip), overIpv4), And(Belongs(FilterProtocol.Ip6), overIpv6));
    }

    /// <summary>Returns bytes of a header, with the condition that the packet has it; null for a protocol without a fixed place.</summary>
    /// <param name="protocol">The protocol.</param>
    /// <param name="index">The offset in the header.</param>
    /// <param name="size">1, 2 or 4 bytes.</param>
    internal FilterExpression? Bytes(FilterProtocol protocol, FilterExpression index, uint size)
    {
        if (protocol == FilterProtocol.Link)
            return new FilterExpression.Load(True, 0, null, index, size);
        if (protocol.EtherType is not null)
            return new FilterExpression.Load(Belongs(protocol), Network, null, index, size);
        if (protocol == FilterProtocol.Icmp6)
        {
            FilterCondition isIcmp6 = And(Belongs(FilterProtocol.Ip6), NextHeader(protocol.Number!.Value));
            return new FilterExpression.Load(isIcmp6, Network + Ipv6HeaderLength, null, index, size);
        }
        if (protocol.Name is "ah" or "esp")
            return null;
        FilterCondition hasHeader = And(OverIpv4(protocol.Number!.Value), IsFirstFragment());
        return new FilterExpression.Load(hasHeader, Network, Network, index, size);
    }

    FilterCondition NextHeader(byte number) => Equal(Byte(Network + Ipv6NextHeader), number);

    static FilterCondition IsOneOf(FilterProtocol? protocol, Func<byte, FilterCondition> has) =>
        protocol is null ? WithPorts.Aggregate(False, (all, one) => Or(all, has(one.Number!.Value))) : has(protocol.Number!.Value);

    sock_filter[] BehindIpv4(uint offset) => [HeaderLength(Network), Of(BPF_LD | BPF_H | BPF_IND, Network + offset)];

    static FilterCondition InRange(sock_filter[] load, uint low, uint high) => low == high
        ? Equal(load, low)
        : And(new Test(new(load), BPF_JGE, low), Not(new Test(new(load), BPF_JGT, high)));

    static FilterCondition Either(FilterDirection direction, FilterCondition source, FilterCondition destination) => direction switch
    {
        FilterDirection.Source => source,
        FilterDirection.Destination => destination,
        FilterDirection.Both => And(source, destination),
        _ => Or(source, destination),
    };

    static FilterCondition EqualIpv6(uint offset, ReadOnlySpan<byte> address, int prefixLength)
    {
        FilterCondition equal = True;
        for (int at = 0; at < address.Length; at += 4)
        {
            int bits = Math.Clamp(prefixLength - (at * 8), 0, 32);
            equal = And(equal, Equal(Word(offset + (uint)at), BinaryPrimitives.ReadUInt32BigEndian(address[at..]), Mask(bits)));
        }
        return equal;
    }

    static FilterCondition EqualMac(uint offset, ReadOnlySpan<byte> address) => And(
        Equal(Word(offset + 2), BinaryPrimitives.ReadUInt32BigEndian(address[2..])),
        Equal(Half(offset), BinaryPrimitives.ReadUInt16BigEndian(address)));

    /// <summary>Returns a mask whose first bits are set.</summary>
    internal static uint Mask(int bits) => bits == 0 ? 0 : uint.MaxValue << (32 - bits);
}
