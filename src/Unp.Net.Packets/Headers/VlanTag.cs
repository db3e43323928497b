using System.Runtime.InteropServices;

namespace Unp.Net.Packets;

/// <summary>A tag of a virtual LAN, which stands before the protocol of a frame (IEEE 802.1Q).</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct VlanTag
{
    /// <summary>The number of bytes.</summary>
    public const int Size = 4;

    ushort tagProtocolId;
    ushort tagControlInformation;

    /// <summary>Gets or sets the kind of tag: <see cref="EtherType.Vlan"/> or <see cref="EtherType.ServiceVlan"/>.</summary>
    public EtherType TagProtocolId
    {
        readonly get => (EtherType)Wire.Order(tagProtocolId);
        set => tagProtocolId = Wire.Order((ushort)value);
    }

    /// <summary>Gets or sets the priority, 0 to 7.</summary>
    public int PriorityCodePoint
    {
        readonly get => Wire.Order(tagControlInformation) >> 13;
        set => tagControlInformation = Wire.Order((ushort)Wire.WithBits(Wire.Order(tagControlInformation), 13, 3, (uint)value));
    }

    /// <summary>Gets or sets whether the frame may be dropped first.</summary>
    public bool IsDropEligible
    {
        readonly get => (Wire.Order(tagControlInformation) & 0x1000) != 0;
        set => tagControlInformation = Wire.Order((ushort)Wire.WithBits(Wire.Order(tagControlInformation), 12, 1, value ? 1u : 0));
    }

    /// <summary>Gets or sets the number of the virtual LAN, 0 to 4095. 0 means that the tag has a priority only.</summary>
    public int VlanId
    {
        readonly get => Wire.Order(tagControlInformation) & 0xfff;
        set => tagControlInformation = Wire.Order((ushort)Wire.WithBits(Wire.Order(tagControlInformation), 0, 12, (uint)value));
    }

    /// <summary>Returns the number of the virtual LAN and the priority.</summary>
    public override readonly string ToString() => $"VLAN {VlanId}, priority {PriorityCodePoint}";
}
