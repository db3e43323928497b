using System.Buffers.Binary;
using static Unp.Net.Libc;
using static Unp.Net.Packets.FilterCode;
using static Unp.Net.Packets.FilterCondition;

namespace Unp.Net.Packets;

/// <summary>The link-layer header of the packets of a filter. The keyword <c>vlan</c> moves the rest of the filter behind a tag.</summary>
sealed class FilterLink
{
    const ushort AddressFamilyInet = 2; // on every system

    /// <summary>The greatest number in the field of the type that is a length in Ethernet.</summary>
    const ushort MaxLength = 1500;

    /// <summary>The type in the header of LINUX_SLL for frames of 802.2.</summary>
    const ushort SllFrame = 4;

    /// <summary>AF_INET6 of Linux, of NetBSD and OpenBSD, of FreeBSD, and of macOS.</summary>
    static readonly ushort[] AddressFamiliesInet6 = [10, 24, 28, 30];

    /// <summary>Types of VLAN tags: 802.1Q, 802.1ad, and an older one.</summary>
    static readonly ushort[] TagTypes = [0x8100, 0x88a8, 0x9100];

    /// <summary>802.2 service access points whose frames have the number twice: IP, NetBEUI, ISO.</summary>
    static readonly ushort[] DoubleAccessPoints = [0x06, 0xf0, 0xfe];

    readonly LinkType type;
    uint typeOffset;

    internal FilterLink(LinkType type)
    {
        this.type = type;
        (typeOffset, Payload) = type switch
        {
            LinkType.Ethernet => (12u, 14u),
            LinkType.LinuxSll => (14u, 16u),
            LinkType.LinuxSll2 => (0u, 20u),
            LinkType.Null or LinkType.Loop => (0u, 4u),
            LinkType.Raw or LinkType.Ipv4 or LinkType.Ipv6 => (0u, 0u),
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, "The link type must be a member of LinkType."),
        };
    }

    /// <summary>Gets the offset of the network header.</summary>
    internal uint Payload { get; private set; }

    /// <summary>Gets whether the header has Ethernet addresses.</summary>
    internal bool IsEthernet => type == LinkType.Ethernet;

    /// <summary>Gets the name for messages.</summary>
    internal string Name => type.ToString();

    /// <summary>
    /// Returns whether a packet has a type of payload, a number of Ethernet; null for the numbers of 802.2 that need more tests.
    /// </summary>
    internal FilterCondition? Carries(ushort etherType) => type switch
    {
        LinkType.Ethernet or LinkType.LinuxSll or LinkType.LinuxSll2 => CarriesFrame(etherType),
        LinkType.Null or LinkType.Loop => CarriesFamily(etherType),
        LinkType.Ipv4 => Of(etherType == FilterProtocol.Ip.EtherType),
        LinkType.Ipv6 => Of(etherType == FilterProtocol.Ip6.EtherType),
        _ => etherType == FilterProtocol.Ip.EtherType ? Equal(Byte(0), 0x40, 0xf0)
            : etherType == FilterProtocol.Ip6.EtherType ? Equal(Byte(0), 0x60, 0xf0)
            : False,
    };

    /// <summary>Returns whether the next header is a VLAN tag, and moves everything that is generated later behind it.</summary>
    /// <param name="id">The id of the VLAN, or null for any.</param>
    internal FilterCondition EnterVlan(uint? id)
    {
        FilterCondition condition = TagTypes.Aggregate(False, (all, one) => Or(all, Equal(Half(typeOffset), one)));
        if (id is { } wanted)
            condition = And(condition, Equal(Half(Payload), wanted, 0x0fff));
        typeOffset += 4;
        Payload += 4;
        return condition;
    }

    FilterCondition? CarriesFrame(ushort etherType)
    {
        if (etherType is 0xe0 or 0x809b or 0x80f3) // IPX, AppleTalk, and its ARP have several encapsulations
            return null;
        if (etherType > MaxLength)
            return Equal(Half(typeOffset), etherType);
        FilterCondition isFrame = IsEthernet
            ? Not(new Test(new(Half(typeOffset)), BPF_JGT, MaxLength))
            : Equal(Half(typeOffset), SllFrame);
        return And(isFrame, DoubleAccessPoints.Contains(etherType)
            ? Equal(Half(Payload), (uint)((etherType << 8) | etherType))
            : Equal(Byte(Payload), etherType));
    }

    FilterCondition CarriesFamily(ushort etherType)
    {
        ushort[] families = etherType == FilterProtocol.Ip.EtherType ? [AddressFamilyInet]
            : etherType == FilterProtocol.Ip6.EtherType ? AddressFamiliesInet6 : [];
        bool isReversed = type == LinkType.Null && BitConverter.IsLittleEndian;
        return families.Aggregate(False, (all, one) =>
            Or(all, Equal(Word(0), isReversed ? BinaryPrimitives.ReverseEndianness((uint)one) : one)));
    }
}
