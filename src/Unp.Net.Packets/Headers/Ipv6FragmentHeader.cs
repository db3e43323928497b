using System.Runtime.InteropServices;

namespace Unp.Net.Packets;

/// <summary>The fragment header of IPv6 (RFC 8200 section 4.5).</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct Ipv6FragmentHeader
{
    /// <summary>The number of bytes.</summary>
    public const int Size = 8;

    byte nextHeader;
    byte reserved;
    ushort offsetAndFlags;
    uint identification;

    /// <summary>Gets or sets the type of the first header of the fragmented part.</summary>
    public byte NextHeader
    {
        readonly get => nextHeader;
        set => nextHeader = value;
    }

    /// <summary>Gets or sets the reserved byte, 0.</summary>
    public byte Reserved
    {
        readonly get => reserved;
        set => reserved = value;
    }

    /// <summary>Gets or sets the place of this fragment in the fragmented part, in units of 8 bytes.</summary>
    public int FragmentOffset
    {
        readonly get => Wire.Order(offsetAndFlags) >> 3;
        set => offsetAndFlags = Wire.Order((ushort)Wire.WithBits(Wire.Order(offsetAndFlags), 3, 13, (uint)value));
    }

    /// <summary>Gets or sets whether another fragment follows.</summary>
    public bool MoreFragments
    {
        readonly get => (Wire.Order(offsetAndFlags) & 0x1) != 0;
        set => offsetAndFlags = Wire.Order((ushort)Wire.WithBits(Wire.Order(offsetAndFlags), 0, 1, value ? 1u : 0));
    }

    /// <summary>Gets or sets the number that all fragments of a packet share.</summary>
    public uint Identification
    {
        readonly get => Wire.Order(identification);
        set => identification = Wire.Order(value);
    }

    /// <summary>Returns the place and the identification.</summary>
    public override readonly string ToString() =>
        $"fragment at {FragmentOffset * 8}{(MoreFragments ? "+" : "")}, identification {Identification}";
}
