using System.Runtime.InteropServices;

namespace Unp.Net.Packets;

/// <summary>The header of a UDP datagram (RFC 768).</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct UdpHeader
{
    /// <summary>The number of bytes.</summary>
    public const int Size = 8;

    ushort sourcePort;
    ushort destinationPort;
    ushort length;
    ushort checksum;

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

    /// <summary>Gets or sets the length of the datagram with this header, in bytes. It is 0 in an IPv6 jumbogram.</summary>
    public ushort Length
    {
        readonly get => Wire.Order(length);
        set => length = Wire.Order(value);
    }

    /// <summary>Gets or sets the checksum. 0 means that the sender computed none.</summary>
    public ushort Checksum
    {
        readonly get => Wire.Order(checksum);
        set => checksum = Wire.Order(value);
    }

    /// <summary>Returns the ports and the length.</summary>
    public override readonly string ToString() => $"{SourcePort} > {DestinationPort}, {Length} bytes";
}
