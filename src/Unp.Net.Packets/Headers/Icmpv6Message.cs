using System.Runtime.InteropServices;

namespace Unp.Net.Packets;

/// <summary>A view of an ICMPv6 message (RFC 4443), also of neighbor discovery (RFC 4861) and MLD (RFC 3810).</summary>
/// <remarks>It is valid as long as the bytes below it. <c>default</c> is an empty message of zeros.</remarks>
public readonly ref struct Icmpv6Message
{
    const int FirstInformational = 128;
    const int MldQueryV2Size = 28;

    readonly ReadOnlySpan<byte> bytes;

    Icmpv6Message(ReadOnlySpan<byte> bytes)
    {
        this.bytes = bytes;
    }

    /// <summary>Gets the first 8 bytes.</summary>
    public ref readonly Icmpv6Header Header => ref Wire.View<Icmpv6Header>(bytes);

    /// <summary>Gets the captured bytes after the first 8: the data of an echo, the quoted packet of an error.</summary>
    public ReadOnlySpan<byte> Body => bytes.IsEmpty ? default : bytes[Icmpv6Header.Size..];

    /// <summary>Gets whether the message reports an error of a packet, which it quotes.</summary>
    public bool IsError => (int)Header.Type < FirstInformational && !bytes.IsEmpty;

    /// <summary>Gets the options of a neighbor discovery message. Their types are <see cref="NeighborOptionType"/>s.</summary>
    public HeaderOptions NeighborOptions
    {
        get
        {
            int offset = Header.Type switch
            {
                Icmpv6Type.RouterSolicitation => 0,
                Icmpv6Type.RouterAdvertisement => RouterAdvertisementTimes.Size,
                Icmpv6Type.NeighborSolicitation or Icmpv6Type.NeighborAdvertisement => Ipv6Address.Size,
                Icmpv6Type.Redirect => 2 * Ipv6Address.Size,
                _ => int.MaxValue,
            };
            return new HeaderOptions(offset <= Body.Length ? Body[offset..] : default, OptionFormat.NeighborDiscovery);
        }
    }

    /// <summary>Gets the records of a multicast listener report of version 2.</summary>
    public MulticastRecords MulticastRecords =>
        Header.Type == Icmpv6Type.MulticastListenerReportV2 ? new MulticastRecords(Body, (ushort)Header.RestOfHeader) : default;

    /// <summary>Gets the sources of a multicast listener query of version 2, as many as were captured.</summary>
    public ReadOnlySpan<Ipv6Address> QuerySources
    {
        get
        {
            if (Header.Type != Icmpv6Type.MulticastListenerQuery || bytes.Length < MldQueryV2Size)
                return default;
            int stated = Wire.Order(MemoryMarshal.Read<ushort>(bytes[(MldQueryV2Size - sizeof(ushort))..]));
            ReadOnlySpan<Ipv6Address> captured = MemoryMarshal.Cast<byte, Ipv6Address>(bytes[MldQueryV2Size..]);
            return captured[..Math.Min(stated, captured.Length)];
        }
    }

    /// <summary>Reads the start of the IPv6 packet that an error quotes. <see cref="Ipv6Packet.IsTruncated"/> may be true.</summary>
    /// <param name="packet">The packet; empty on failure.</param>
    /// <returns>Whether the message is an error and quotes a header.</returns>
    public bool TryGetQuotedPacket(out Ipv6Packet packet)
    {
        bool mayHaveExtensions = Header.Type is Icmpv6Type.DestinationUnreachable or Icmpv6Type.TimeExceeded;
        packet = default;
        return IsError && Ipv6Packet.TryRead(mayHaveExtensions ? IcmpMessage.Quote(Body, Header.Length * 8) : Body, out packet);
    }

    /// <summary>Reads the target of a neighbor solicitation, a neighbor advertisement or a redirect.</summary>
    /// <param name="target">The address; zeros on failure.</param>
    /// <returns>Whether the message is one of these and has the address.</returns>
    public bool TryGetTarget(out Ipv6Address target) =>
        TryGetAddress(0, Header.Type is >= Icmpv6Type.NeighborSolicitation and <= Icmpv6Type.Redirect, out target);

    /// <summary>Reads the destination of a redirect: packets to it must be sent to the target.</summary>
    /// <param name="destination">The address; zeros on failure.</param>
    /// <returns>Whether the message is a redirect and has the address.</returns>
    public bool TryGetRedirectDestination(out Ipv6Address destination) =>
        TryGetAddress(Ipv6Address.Size, Header.Type == Icmpv6Type.Redirect, out destination);

    /// <summary>Reads the group of a multicast listener query, or of a report or done message of version 1.</summary>
    /// <param name="group">The address, zeros in a general query; zeros on failure.</param>
    /// <returns>Whether the message is one of these and has the address.</returns>
    public bool TryGetMulticastAddress(out Ipv6Address group) =>
        TryGetAddress(0, Header.Type is >= Icmpv6Type.MulticastListenerQuery and <= Icmpv6Type.MulticastListenerDone, out group);

    /// <summary>Reads the times of a router advertisement.</summary>
    /// <param name="times">The times; zeros on failure.</param>
    /// <returns>Whether the message is a router advertisement and has the times.</returns>
    public bool TryGetRouterAdvertisementTimes(out RouterAdvertisementTimes times)
    {
        bool hasThem = Header.Type == Icmpv6Type.RouterAdvertisement && Body.Length >= RouterAdvertisementTimes.Size;
        times = hasThem ? Wire.View<RouterAdvertisementTimes>(Body) : default;
        return hasThem;
    }

    /// <summary>Reads a message.</summary>
    /// <param name="bytes">The captured payload of the IPv6 packet.</param>
    /// <param name="message">The message; empty on failure.</param>
    /// <returns>Whether there are 8 bytes at least.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out Icmpv6Message message)
    {
        bool isComplete = bytes.Length >= Icmpv6Header.Size;
        message = isComplete ? new Icmpv6Message(bytes) : default;
        return isComplete;
    }

    /// <summary>Returns the type, the code and the length.</summary>
    public override string ToString() => $"{Header}, {bytes.Length} bytes";

    bool TryGetAddress(int offset, bool hasAddress, out Ipv6Address address)
    {
        hasAddress &= Body.Length >= offset + Ipv6Address.Size;
        address = hasAddress ? new Ipv6Address(Body.Slice(offset, Ipv6Address.Size)) : default;
        return hasAddress;
    }
}
