using System.Runtime.InteropServices;

namespace Unp.Net.Packets;

/// <summary>The first 14 bytes of an Ethernet frame (IEEE 802.3).</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct EthernetHeader
{
    /// <summary>The number of bytes.</summary>
    public const int Size = 14;

    MacAddress destination;
    MacAddress source;
    ushort etherType;

    /// <summary>Gets or sets the receiver's address.</summary>
    public MacAddress Destination
    {
        readonly get => destination;
        set => destination = value;
    }

    /// <summary>Gets or sets the sender's address.</summary>
    public MacAddress Source
    {
        readonly get => source;
        set => source = value;
    }

    /// <summary>Gets or sets what follows: a protocol, a tag, or the length of an IEEE 802.3 frame.</summary>
    public EtherType EtherType
    {
        readonly get => (EtherType)Wire.Order(etherType);
        set => etherType = Wire.Order((ushort)value);
    }

    /// <summary>Returns the addresses and the protocol.</summary>
    public override readonly string ToString() => $"{Source} > {Destination}, type 0x{(ushort)EtherType:x4}";
}
