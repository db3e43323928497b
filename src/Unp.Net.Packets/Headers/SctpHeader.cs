using System.Runtime.InteropServices;

namespace Unp.Net.Packets;

/// <summary>The common header of an SCTP packet (RFC 9260). Chunks follow.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct SctpHeader
{
    /// <summary>The number of bytes.</summary>
    public const int Size = 12;

    ushort sourcePort;
    ushort destinationPort;
    uint verificationTag;
    uint checksum;

    /// <summary>Gets or sets the sender's port.</summary>
    public ushort SourcePort
    {
        readonly get => Wire.Order(sourcePort);
        set => sourcePort = Wire.Order(value);
    }

    /// <summary>Gets or sets the receiver's port.</summary>
    public ushort DestinationPort
    {
        readonly get => Wire.Order(destinationPort);
        set => destinationPort = Wire.Order(value);
    }

    /// <summary>Gets or sets the number by which the receiver knows that the packet belongs to its association.</summary>
    public uint VerificationTag
    {
        readonly get => Wire.Order(verificationTag);
        set => verificationTag = Wire.Order(value);
    }

    /// <summary>Gets or sets the CRC32c of the packet as the four bytes read in network byte order.</summary>
    public uint Checksum
    {
        readonly get => Wire.Order(checksum);
        set => checksum = Wire.Order(value);
    }

    /// <summary>Returns the ports and the verification tag.</summary>
    public override readonly string ToString() => $"{SourcePort} > {DestinationPort}, tag 0x{VerificationTag:x8}";
}
