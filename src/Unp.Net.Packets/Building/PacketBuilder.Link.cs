using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Unp.Net.Packets;

public ref partial struct PacketBuilder
{
    const ushort EthernetHardware = 1;

    /// <summary>Adds an ARP packet that maps an IPv4 address to an Ethernet address. The data so far follows it as padding.</summary>
    /// <param name="opcode">The operation.</param>
    /// <param name="senderHardwareAddress">The sender's Ethernet address.</param>
    /// <param name="senderProtocolAddress">The sender's IPv4 address.</param>
    /// <param name="targetHardwareAddress">The target's Ethernet address, zeros in a request.</param>
    /// <param name="targetProtocolAddress">The target's IPv4 address.</param>
    /// <exception cref="InvalidOperationException">The buffer is too short.</exception>
    public void AddArp(
        ArpOpcode opcode, MacAddress senderHardwareAddress, Ipv4Address senderProtocolAddress, MacAddress targetHardwareAddress,
        Ipv4Address targetProtocolAddress)
    {
        var header = new ArpHeader
        {
            HardwareType = EthernetHardware,
            ProtocolType = EtherType.Ipv4,
            HardwareAddressLength = MacAddress.Size,
            ProtocolAddressLength = Ipv4Address.Size,
            Opcode = opcode,
        };
        const int Pair = MacAddress.Size + Ipv4Address.Size;
        Span<byte> addresses = stackalloc byte[2 * Pair];
        senderHardwareAddress.Bytes.CopyTo(addresses);
        senderProtocolAddress.Bytes.CopyTo(addresses[MacAddress.Size..]);
        targetHardwareAddress.Bytes.CopyTo(addresses[Pair..]);
        targetProtocolAddress.Bytes.CopyTo(addresses[(Pair + MacAddress.Size)..]);
        Prepend(header, addresses, "an ARP packet");
        protocol = -1;
        etherType = (int)EtherType.Arp;
    }

    /// <summary>Adds a tag of a virtual LAN. The inner tag of QinQ comes first.</summary>
    /// <param name="tag">The tag. Its kind is <see cref="EtherType.Vlan"/> unless it is set.</param>
    /// <param name="payloadType">The protocol of the packet so far, if the builder did not write its header.</param>
    /// <exception cref="InvalidOperationException">The buffer is too short.</exception>
    public void AddVlanTag(VlanTag tag, EtherType payloadType = default)
    {
        EtherType tagType = tag.TagProtocolId == default ? EtherType.Vlan : tag.TagProtocolId;

        // On the wire the kind of the tag stands where the protocol was, and the protocol behind the tag.
        Span<byte> room = Reserve(VlanTag.Size, "a VLAN tag");
        MemoryMarshal.AsBytes(new ReadOnlySpan<VlanTag>(in tag))[sizeof(EtherType)..].CopyTo(room);
        BinaryPrimitives.WriteUInt16BigEndian(room[sizeof(EtherType)..], (ushort)(etherType >= 0 ? etherType : (int)payloadType));
        protocol = -1;
        etherType = (int)tagType;
    }

    /// <summary>Adds an Ethernet header. Its type is computed, if it is known.</summary>
    /// <remarks>The frame is not padded to 60 bytes, because the network card does that.</remarks>
    /// <param name="header">The other fields.</param>
    /// <exception cref="InvalidOperationException">The buffer is too short.</exception>
    public void AddEthernet(EthernetHeader header)
    {
        if (etherType >= 0)
            header.EtherType = (EtherType)etherType;
        Prepend(header, default, "an Ethernet header");
        protocol = etherType = -1;
    }
}
