using System.Runtime.InteropServices;

namespace Unp.Net.Packets;

/// <summary>The first 8 bytes of an ICMP message (RFC 792). The meaning of the last four depends on the type.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct IcmpHeader
{
    /// <summary>The number of bytes.</summary>
    public const int Size = 8;

    byte type;
    byte code;
    ushort checksum;
    uint rest;

    /// <summary>Gets or sets the type.</summary>
    public IcmpType Type
    {
        readonly get => (IcmpType)type;
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

    /// <summary>Gets or sets the last four bytes as one number.</summary>
    public uint RestOfHeader
    {
        readonly get => Wire.Order(rest);
        set => rest = Wire.Order(value);
    }

    /// <summary>Gets or sets the identifier of an echo or timestamp message.</summary>
    public ushort Identifier
    {
        readonly get => (ushort)(Wire.Order(rest) >> 16);
        set => rest = Wire.Order(Wire.WithBits(Wire.Order(rest), 16, 16, (uint)value));
    }

    /// <summary>Gets or sets the sequence number of an echo or timestamp message.</summary>
    public ushort SequenceNumber
    {
        readonly get => (ushort)(Wire.Order(rest) & 0xffff);
        set => rest = Wire.Order(Wire.WithBits(Wire.Order(rest), 0, 16, (uint)value));
    }

    /// <summary>Gets or sets the MTU of the next hop, if fragmentation is needed (RFC 1191). Old routers state 0.</summary>
    public ushort NextHopMtu
    {
        readonly get => (ushort)(Wire.Order(rest) & 0xffff);
        set => rest = Wire.Order(Wire.WithBits(Wire.Order(rest), 0, 16, (uint)value));
    }

    /// <summary>Gets or sets the offset of the wrong byte in the quoted packet, in a parameter problem.</summary>
    public byte Pointer
    {
        readonly get => (byte)(Wire.Order(rest) >> 24);
        set => rest = Wire.Order(Wire.WithBits(Wire.Order(rest), 24, 8, (uint)value));
    }

    /// <summary>Gets or sets the length of the quoted packet in words of 4 bytes, in errors with extensions (RFC 4884).</summary>
    public byte Length
    {
        readonly get => (byte)((Wire.Order(rest) >> 16) & 0xff);
        set => rest = Wire.Order(Wire.WithBits(Wire.Order(rest), 16, 8, (uint)value));
    }

    /// <summary>Gets or sets the address of the better router, in a redirect.</summary>
    public Ipv4Address GatewayInternetAddress
    {
        readonly get => new(MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in rest)));
        set => rest = MemoryMarshal.Read<uint>(value.Bytes);
    }

    /// <summary>Returns the type and the code.</summary>
    public override readonly string ToString() => $"ICMP {Type}, code {Code}";
}
