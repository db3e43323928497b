using System.Runtime.InteropServices;

namespace Unp.Net.Packets;

/// <summary>The first 8 bytes of an ARP packet (RFC 826). The addresses follow.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct ArpHeader
{
    /// <summary>The number of bytes.</summary>
    public const int Size = 8;

    ushort hardwareType;
    ushort protocolType;
    byte hardwareAddressLength;
    byte protocolAddressLength;
    ushort opcode;

    /// <summary>Gets or sets the hardware address space: 1 for Ethernet.</summary>
    public ushort HardwareType
    {
        readonly get => Wire.Order(hardwareType);
        set => hardwareType = Wire.Order(value);
    }

    /// <summary>Gets or sets the protocol address space.</summary>
    public EtherType ProtocolType
    {
        readonly get => (EtherType)Wire.Order(protocolType);
        set => protocolType = Wire.Order((ushort)value);
    }

    /// <summary>Gets or sets the number of bytes of a hardware address.</summary>
    public byte HardwareAddressLength
    {
        readonly get => hardwareAddressLength;
        set => hardwareAddressLength = value;
    }

    /// <summary>Gets or sets the number of bytes of a protocol address.</summary>
    public byte ProtocolAddressLength
    {
        readonly get => protocolAddressLength;
        set => protocolAddressLength = value;
    }

    /// <summary>Gets or sets the operation.</summary>
    public ArpOpcode Opcode
    {
        readonly get => (ArpOpcode)Wire.Order(opcode);
        set => opcode = Wire.Order((ushort)value);
    }

    /// <summary>Returns the operation.</summary>
    public override readonly string ToString() => $"ARP {Opcode}";
}
