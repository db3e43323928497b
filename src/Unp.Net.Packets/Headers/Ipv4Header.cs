using System.Runtime.InteropServices;

namespace Unp.Net.Packets;

/// <summary>The first 20 bytes of an IPv4 packet (RFC 791). Options may follow.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct Ipv4Header
{
    /// <summary>The number of bytes.</summary>
    public const int Size = 20;

    byte versionAndIhl;
    byte typeOfService;
    ushort totalLength;
    ushort identification;
    ushort flagsAndFragmentOffset;
    byte timeToLive;
    byte protocol;
    ushort headerChecksum;
    Ipv4Address sourceAddress;
    Ipv4Address destinationAddress;

    /// <summary>Creates a header of version 4 without options, with a time to live of 64.</summary>
    public Ipv4Header()
    {
        versionAndIhl = 0x45;
        timeToLive = 64;
    }

    /// <summary>Gets or sets the version, 4.</summary>
    public int Version
    {
        readonly get => versionAndIhl >> 4;
        set => versionAndIhl = (byte)Wire.WithBits(versionAndIhl, 4, 4, (uint)value);
    }

    /// <summary>Gets or sets the Internet header length in words of 4 bytes, with options: 5 to 15.</summary>
    public int Ihl
    {
        readonly get => versionAndIhl & 0xf;
        set => versionAndIhl = (byte)Wire.WithBits(versionAndIhl, 0, 4, (uint)value);
    }

    /// <summary>Gets or sets the type of service: <see cref="Dscp"/> and <see cref="Ecn"/>.</summary>
    public byte TypeOfService
    {
        readonly get => typeOfService;
        set => typeOfService = value;
    }

    /// <summary>Gets or sets the differentiated services code point, 0 to 63 (RFC 2474).</summary>
    public int Dscp
    {
        readonly get => typeOfService >> 2;
        set => typeOfService = (byte)Wire.WithBits(typeOfService, 2, 6, (uint)value);
    }

    /// <summary>Gets or sets the congestion notification, 0 to 3 (RFC 3168).</summary>
    public int Ecn
    {
        readonly get => typeOfService & 0x3;
        set => typeOfService = (byte)Wire.WithBits(typeOfService, 0, 2, (uint)value);
    }

    /// <summary>Gets or sets the length of the packet with its header, in bytes. Captures before segmentation offload have 0.</summary>
    public ushort TotalLength
    {
        readonly get => Wire.Order(totalLength);
        set => totalLength = Wire.Order(value);
    }

    /// <summary>Gets or sets the number that all fragments of a packet share.</summary>
    public ushort Identification
    {
        readonly get => Wire.Order(identification);
        set => identification = Wire.Order(value);
    }

    /// <summary>Gets or sets whether routers must not fragment the packet.</summary>
    public bool DontFragment
    {
        readonly get => (Wire.Order(flagsAndFragmentOffset) & 0x4000) != 0;
        set => flagsAndFragmentOffset = Wire.Order((ushort)Wire.WithBits(Wire.Order(flagsAndFragmentOffset), 14, 1, value ? 1u : 0));
    }

    /// <summary>Gets or sets whether another fragment follows.</summary>
    public bool MoreFragments
    {
        readonly get => (Wire.Order(flagsAndFragmentOffset) & 0x2000) != 0;
        set => flagsAndFragmentOffset = Wire.Order((ushort)Wire.WithBits(Wire.Order(flagsAndFragmentOffset), 13, 1, value ? 1u : 0));
    }

    /// <summary>Gets or sets the place of this fragment in the packet, in units of 8 bytes.</summary>
    public int FragmentOffset
    {
        readonly get => Wire.Order(flagsAndFragmentOffset) & 0x1fff;
        set => flagsAndFragmentOffset = Wire.Order((ushort)Wire.WithBits(Wire.Order(flagsAndFragmentOffset), 0, 13, (uint)value));
    }

    /// <summary>Gets or sets the number of routers that the packet may pass.</summary>
    public byte TimeToLive
    {
        readonly get => timeToLive;
        set => timeToLive = value;
    }

    /// <summary>Gets or sets the protocol of the payload: IPPROTO_UDP...</summary>
    public byte Protocol
    {
        readonly get => protocol;
        set => protocol = value;
    }

    /// <summary>Gets or sets the checksum of the header.</summary>
    public ushort HeaderChecksum
    {
        readonly get => Wire.Order(headerChecksum);
        set => headerChecksum = Wire.Order(value);
    }

    /// <summary>Gets or sets the sender's address.</summary>
    public Ipv4Address SourceAddress
    {
        readonly get => sourceAddress;
        set => sourceAddress = value;
    }

    /// <summary>Gets or sets the receiver's address. With a source route it is the next router's.</summary>
    public Ipv4Address DestinationAddress
    {
        readonly get => destinationAddress;
        set => destinationAddress = value;
    }

    /// <summary>Gets the length of the header with its options, in bytes.</summary>
    public readonly int HeaderLength => Ihl * 4;

    /// <summary>Gets whether the packet is a fragment.</summary>
    public readonly bool IsFragment => MoreFragments || FragmentOffset != 0;

    /// <summary>Restores the network byte order of a packet that a raw socket of macOS received.</summary>
    /// <remarks>
    /// The raw sockets of macOS, and of FreeBSD before 11, return the length and the fragment field in host byte order. Some of them
    /// also subtract the length of the header. A raw socket of Linux does neither, so its packets must not be passed to this method.
    /// </remarks>
    /// <param name="packet">The received bytes, whose header is changed.</param>
    /// <exception cref="ArgumentException">The packet has fewer than 20 bytes.</exception>
    public static void RestoreNetworkOrder(Span<byte> packet)
    {
        if (packet.Length < Size)
            throw new ArgumentException($"An IPv4 packet has {Size} bytes at least, not {packet.Length}.", nameof(packet));
        ref Ipv4Header header = ref MemoryMarshal.AsRef<Ipv4Header>(packet);
        bool isReduced = header.totalLength + header.HeaderLength == packet.Length;
        header.TotalLength = isReduced ? (ushort)packet.Length : header.totalLength;
        header.flagsAndFragmentOffset = Wire.Order(header.flagsAndFragmentOffset);
    }

    /// <summary>Returns the addresses, the protocol and the length.</summary>
    public override readonly string ToString() =>
        $"{SourceAddress} > {DestinationAddress}, protocol {Protocol}, {TotalLength} bytes";
}
