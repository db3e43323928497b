using System.Runtime.InteropServices;

namespace Unp.Net.Packets;

/// <summary>The first 8 bytes of an ICMPv6 message (RFC 4443). The meaning of the last four depends on the type.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct Icmpv6Header
{
    /// <summary>The number of bytes.</summary>
    public const int Size = 8;

    byte type;
    byte code;
    ushort checksum;
    uint rest;

    /// <summary>Gets or sets the type.</summary>
    public Icmpv6Type Type
    {
        readonly get => (Icmpv6Type)type;
        set => type = (byte)value;
    }

    /// <summary>Gets or sets the code, which details the type.</summary>
    public byte Code
    {
        readonly get => code;
        set => code = value;
    }

    /// <summary>Gets or sets the checksum of the message.</summary>
    public ushort Checksum
    {
        readonly get => Wire.Order(checksum);
        set => checksum = Wire.Order(value);
    }

    /// <summary>Gets or sets the last four bytes as one number: the MTU of Packet Too Big, the pointer of a parameter problem.</summary>
    public uint RestOfHeader
    {
        readonly get => Wire.Order(rest);
        set => rest = Wire.Order(value);
    }

    /// <summary>Gets or sets the identifier of an echo message.</summary>
    public ushort Identifier
    {
        readonly get => (ushort)(Wire.Order(rest) >> 16);
        set => rest = Wire.Order(Wire.WithBits(Wire.Order(rest), 16, 16, (uint)value));
    }

    /// <summary>Gets or sets the sequence number of an echo message.</summary>
    public ushort SequenceNumber
    {
        readonly get => (ushort)(Wire.Order(rest) & 0xffff);
        set => rest = Wire.Order(Wire.WithBits(Wire.Order(rest), 0, 16, (uint)value));
    }

    /// <summary>Gets or sets the length of the quoted packet in units of 8 bytes, in errors with extensions (RFC 4884).</summary>
    public byte Length
    {
        readonly get => (byte)(Wire.Order(rest) >> 24);
        set => rest = Wire.Order(Wire.WithBits(Wire.Order(rest), 24, 8, (uint)value));
    }

    /// <summary>Gets or sets the maximum response delay of an MLD query in milliseconds (RFC 3810: maximum response code).</summary>
    public ushort MaximumResponseDelay
    {
        readonly get => (ushort)(Wire.Order(rest) >> 16);
        set => rest = Wire.Order(Wire.WithBits(Wire.Order(rest), 16, 16, (uint)value));
    }

    /// <summary>Gets or sets the hop limit of a router advertisement (RFC 4861).</summary>
    public byte CurHopLimit
    {
        readonly get => (byte)(Wire.Order(rest) >> 24);
        set => rest = Wire.Order(Wire.WithBits(Wire.Order(rest), 24, 8, (uint)value));
    }

    /// <summary>Gets or sets the M flag of a router advertisement: addresses are available by DHCPv6.</summary>
    public bool ManagedAddressConfiguration
    {
        readonly get => (Wire.Order(rest) & 0x800000) != 0;
        set => rest = Wire.Order(Wire.WithBits(Wire.Order(rest), 23, 1, value ? 1u : 0));
    }

    /// <summary>Gets or sets the O flag of a router advertisement: other values are available by DHCPv6.</summary>
    public bool OtherConfiguration
    {
        readonly get => (Wire.Order(rest) & 0x400000) != 0;
        set => rest = Wire.Order(Wire.WithBits(Wire.Order(rest), 22, 1, value ? 1u : 0));
    }

    /// <summary>Gets or sets the lifetime of the default router in seconds, in a router advertisement.</summary>
    public ushort RouterLifetime
    {
        readonly get => (ushort)(Wire.Order(rest) & 0xffff);
        set => rest = Wire.Order(Wire.WithBits(Wire.Order(rest), 0, 16, (uint)value));
    }

    /// <summary>Gets or sets the R flag of a neighbor advertisement: the sender is a router.</summary>
    public bool IsRouter
    {
        readonly get => (Wire.Order(rest) & 0x80000000) != 0;
        set => rest = Wire.Order(Wire.WithBits(Wire.Order(rest), 31, 1, value ? 1u : 0));
    }

    /// <summary>Gets or sets the S flag of a neighbor advertisement: it answers a solicitation.</summary>
    public bool IsSolicited
    {
        readonly get => (Wire.Order(rest) & 0x40000000) != 0;
        set => rest = Wire.Order(Wire.WithBits(Wire.Order(rest), 30, 1, value ? 1u : 0));
    }

    /// <summary>Gets or sets the O flag of a neighbor advertisement: it replaces a known link-layer address.</summary>
    public bool IsOverride
    {
        readonly get => (Wire.Order(rest) & 0x20000000) != 0;
        set => rest = Wire.Order(Wire.WithBits(Wire.Order(rest), 29, 1, value ? 1u : 0));
    }

    /// <summary>Returns the type and the code.</summary>
    public override readonly string ToString() => $"ICMPv6 {Type}, code {Code}";
}
