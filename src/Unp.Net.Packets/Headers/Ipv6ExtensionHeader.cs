using static Unp.Net.Libc;

namespace Unp.Net.Packets;

/// <summary>A view of one IPv6 extension header (RFC 8200 section 4).</summary>
/// <remarks>It is valid as long as the bytes of the packet below it. <c>default</c> is an empty header of type 0.</remarks>
public readonly ref struct Ipv6ExtensionHeader
{
    const int FixedSize = 8;

    internal Ipv6ExtensionHeader(int type, ReadOnlySpan<byte> bytes)
    {
        Type = type;
        Bytes = bytes;
    }

    /// <summary>Gets the type: IPPROTO_HOPOPTS, IPPROTO_ROUTING, IPPROTO_FRAGMENT, IPPROTO_AH, IPPROTO_DSTOPTS...</summary>
    public int Type { get; }

    /// <summary>Gets the whole header.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>Gets the type of the header that follows.</summary>
    public int NextHeader => Bytes.IsEmpty ? IPPROTO_NONE : Bytes[0];

    /// <summary>Gets the options of a hop-by-hop or destination options header. Another header has none.</summary>
    public HeaderOptions Options =>
        new(Type is IPPROTO_HOPOPTS or IPPROTO_DSTOPTS && !Bytes.IsEmpty ? Bytes[2..] : default, OptionFormat.Ipv6);

    /// <summary>Gets the kind of a routing header: 2 of mobile IPv6, 3 of RPL, 4 for segment routing. 0 is obsolete.</summary>
    public int RoutingType => IsRouting ? Bytes[2] : 0;

    /// <summary>Gets how many addresses of a routing header the packet must still visit.</summary>
    public int SegmentsLeft => IsRouting ? Bytes[3] : 0;

    /// <summary>Gets the last address of a routing header of type 0, 2 or 4.</summary>
    /// <param name="address">The address; zeros on failure.</param>
    /// <returns>Whether the header is one of these and has an address.</returns>
    public bool TryGetFinalDestination(out Ipv6Address address)
    {
        address = default;
        if (!IsRouting || RoutingType is not (0 or 2 or 4) || Bytes.Length < FixedSize + Ipv6Address.Size)
            return false;

        // Segment routing lists the last address first (RFC 8754). Only then is another part possible behind the addresses.
        address = new Ipv6Address(RoutingType == 4 ? Bytes.Slice(FixedSize, Ipv6Address.Size) : Bytes[^Ipv6Address.Size..]);
        return true;
    }

    /// <summary>Reads the fields of a fragment header.</summary>
    /// <param name="header">The fields; zeros on failure.</param>
    /// <returns>Whether this is a fragment header.</returns>
    public bool TryGetFragment(out Ipv6FragmentHeader header)
    {
        bool isFragment = Type == IPPROTO_FRAGMENT && !Bytes.IsEmpty;
        header = isFragment ? Wire.View<Ipv6FragmentHeader>(Bytes) : default;
        return isFragment;
    }

    /// <summary>Reads the fields of an authentication header.</summary>
    /// <param name="header">The fields; zeros on failure.</param>
    /// <param name="integrityCheckValue">The rest of the header.</param>
    /// <returns>Whether this is an authentication header.</returns>
    public bool TryGetAuthentication(out AuthenticationHeader header, out ReadOnlySpan<byte> integrityCheckValue)
    {
        bool isAuthentication = Type == IPPROTO_AH && Bytes.Length >= AuthenticationHeader.Size;
        header = isAuthentication ? Wire.View<AuthenticationHeader>(Bytes) : default;
        integrityCheckValue = isAuthentication ? Bytes[AuthenticationHeader.Size..] : default;
        return isAuthentication;
    }

    /// <summary>Returns the type and the length.</summary>
    public override string ToString() => $"extension header {Type}, {Bytes.Length} bytes";

    bool IsRouting => Type == IPPROTO_ROUTING && !Bytes.IsEmpty;
}
