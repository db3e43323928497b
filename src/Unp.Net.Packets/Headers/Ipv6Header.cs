using System.Runtime.InteropServices;

namespace Unp.Net.Packets;

/// <summary>The first 40 bytes of an IPv6 packet (RFC 8200). Extension headers may follow.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct Ipv6Header
{
    /// <summary>The number of bytes.</summary>
    public const int Size = 40;

    uint versionTrafficClassAndFlowLabel;
    ushort payloadLength;
    byte nextHeader;
    byte hopLimit;
    Ipv6Address sourceAddress;
    Ipv6Address destinationAddress;

    /// <summary>Creates a header of version 6 with a hop limit of 64.</summary>
    public Ipv6Header()
    {
        Version = 6;
        hopLimit = 64;
    }

    /// <summary>Gets or sets the version, 6.</summary>
    public int Version
    {
        readonly get => (int)(Wire.Order(versionTrafficClassAndFlowLabel) >> 28);
        set => versionTrafficClassAndFlowLabel = Wire.Order(Wire.WithBits(Wire.Order(versionTrafficClassAndFlowLabel), 28, 4, (uint)value));
    }

    /// <summary>Gets or sets the traffic class: differentiated services and congestion notification.</summary>
    public byte TrafficClass
    {
        readonly get => (byte)((Wire.Order(versionTrafficClassAndFlowLabel) >> 20) & 0xff);
        set => versionTrafficClassAndFlowLabel = Wire.Order(Wire.WithBits(Wire.Order(versionTrafficClassAndFlowLabel), 20, 8, (uint)value));
    }

    /// <summary>Gets or sets the flow label, 0 to 1,048,575.</summary>
    public int FlowLabel
    {
        readonly get => (int)(Wire.Order(versionTrafficClassAndFlowLabel) & 0xfffff);
        set => versionTrafficClassAndFlowLabel = Wire.Order(Wire.WithBits(Wire.Order(versionTrafficClassAndFlowLabel), 0, 20, (uint)value));
    }

    /// <summary>Gets or sets the number of bytes after this header. It is 0 in a jumbogram.</summary>
    public ushort PayloadLength
    {
        readonly get => Wire.Order(payloadLength);
        set => payloadLength = Wire.Order(value);
    }

    /// <summary>Gets or sets the type of the next header: IPPROTO_UDP, IPPROTO_ROUTING...</summary>
    public byte NextHeader
    {
        readonly get => nextHeader;
        set => nextHeader = value;
    }

    /// <summary>Gets or sets the number of routers that the packet may pass.</summary>
    public byte HopLimit
    {
        readonly get => hopLimit;
        set => hopLimit = value;
    }

    /// <summary>Gets or sets the sender's address.</summary>
    public Ipv6Address SourceAddress
    {
        readonly get => sourceAddress;
        set => sourceAddress = value;
    }

    /// <summary>Gets or sets the receiver's address. With a routing header it is the next router's.</summary>
    public Ipv6Address DestinationAddress
    {
        readonly get => destinationAddress;
        set => destinationAddress = value;
    }

    /// <summary>Returns the addresses, the next header and the length.</summary>
    public override readonly string ToString() =>
        $"{SourceAddress} > {DestinationAddress}, next header {NextHeader}, {PayloadLength} bytes";
}
