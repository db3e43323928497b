using System.Runtime.InteropServices;

namespace Unp.Net.Packets;

/// <summary>The header of LINKTYPE_LINUX_SLL2, which Linux makes in captures from all interfaces.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct LinuxSll2Header
{
    /// <summary>The number of bytes.</summary>
    public const int Size = 20;

    ushort protocol;
    ushort reserved;
    uint interfaceIndex;
    ushort arphrdType;
    byte packetType;
    byte addressLength;
    MacAddress address;
    readonly ushort addressRest;

    /// <summary>Gets or sets the protocol of the payload.</summary>
    public EtherType Protocol
    {
        readonly get => (EtherType)Wire.Order(protocol);
        set => protocol = Wire.Order((ushort)value);
    }

    /// <summary>Gets or sets the reserved field, 0.</summary>
    public ushort Reserved
    {
        readonly get => Wire.Order(reserved);
        set => reserved = Wire.Order(value);
    }

    /// <summary>Gets or sets the index of the interface.</summary>
    public uint InterfaceIndex
    {
        readonly get => Wire.Order(interfaceIndex);
        set => interfaceIndex = Wire.Order(value);
    }

    /// <summary>Gets or sets the type of the interface: 1 for Ethernet, 772 for the loopback.</summary>
    public ushort ArphrdType
    {
        readonly get => Wire.Order(arphrdType);
        set => arphrdType = Wire.Order(value);
    }

    /// <summary>Gets or sets the direction: 0 to this host, 1 broadcast, 2 multicast, 3 to another host, 4 from this host.</summary>
    public byte PacketType
    {
        readonly get => packetType;
        set => packetType = value;
    }

    /// <summary>Gets or sets the number of bytes of the sender's link-layer address.</summary>
    public byte AddressLength
    {
        readonly get => addressLength;
        set => addressLength = value;
    }

    /// <summary>Gets or sets the sender's Ethernet address, or the start of an address of up to 8 bytes.</summary>
    public MacAddress Address
    {
        readonly get => address;
        set => address = value;
    }

    /// <summary>Returns the direction, the interface and the protocol.</summary>
    public override readonly string ToString() =>
        $"cooked, interface {InterfaceIndex}, packet type {PacketType}, type 0x{(ushort)Protocol:x4}";
}
