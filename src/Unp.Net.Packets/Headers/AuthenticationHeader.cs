using System.Runtime.InteropServices;

namespace Unp.Net.Packets;

/// <summary>The first 12 bytes of the authentication header of IPsec (RFC 4302). The integrity check value follows.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct AuthenticationHeader
{
    /// <summary>The number of bytes.</summary>
    public const int Size = 12;

    byte nextHeader;
    byte payloadLength;
    ushort reserved;
    uint securityParametersIndex;
    uint sequenceNumber;

    /// <summary>Gets or sets the type of the next header.</summary>
    public byte NextHeader
    {
        readonly get => nextHeader;
        set => nextHeader = value;
    }

    /// <summary>Gets or sets the length of the header in words of 4 bytes, minus 2.</summary>
    public byte PayloadLength
    {
        readonly get => payloadLength;
        set => payloadLength = value;
    }

    /// <summary>Gets or sets the reserved field, 0.</summary>
    public ushort Reserved
    {
        readonly get => Wire.Order(reserved);
        set => reserved = Wire.Order(value);
    }

    /// <summary>Gets or sets the number of the security association.</summary>
    public uint SecurityParametersIndex
    {
        readonly get => Wire.Order(securityParametersIndex);
        set => securityParametersIndex = Wire.Order(value);
    }

    /// <summary>Gets or sets the number of the packet.</summary>
    public uint SequenceNumber
    {
        readonly get => Wire.Order(sequenceNumber);
        set => sequenceNumber = Wire.Order(value);
    }

    /// <summary>Returns the security association and the number of the packet.</summary>
    public override readonly string ToString() => $"AH spi 0x{SecurityParametersIndex:x8}, sequence {SequenceNumber}";
}
