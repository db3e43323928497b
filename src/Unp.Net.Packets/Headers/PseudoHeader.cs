namespace Unp.Net.Packets;

/// <summary>The addresses that the checksums of UDP, TCP and ICMPv6 include (RFC 9293, RFC 8200 section 8.1).</summary>
public readonly struct PseudoHeader
{
    readonly Ipv6Address source, destination;
    readonly int size;

    /// <summary>Creates the pseudo-header of an IPv4 packet.</summary>
    /// <param name="source">The sender's address.</param>
    /// <param name="destination">The receiver's address. With a source route it is the last address of the route.</param>
    public PseudoHeader(Ipv4Address source, Ipv4Address destination)
    {
        source.Bytes.CopyTo(this.source);
        destination.Bytes.CopyTo(this.destination);
        size = Ipv4Address.Size;
    }

    /// <summary>Creates the pseudo-header of an IPv6 packet.</summary>
    /// <param name="source">The sender's address.</param>
    /// <param name="destination">The receiver's address. With a routing header it is the last address of the route.</param>
    public PseudoHeader(Ipv6Address source, Ipv6Address destination)
    {
        this.source = source;
        this.destination = destination;
        size = Ipv6Address.Size;
    }

    /// <summary>Gets whether the addresses are those of IPv6.</summary>
    public bool IsIpv6 => size == Ipv6Address.Size;

    /// <summary>Gets whether there are addresses: <c>default</c> has none.</summary>
    internal bool HasAddresses => size != 0;

    /// <summary>Returns the addresses.</summary>
    public override string ToString() => size switch
    {
        Ipv4Address.Size => $"{new Ipv4Address(source.Bytes[..size])} > {new Ipv4Address(destination.Bytes[..size])}",
        Ipv6Address.Size => $"{source} > {destination}",
        _ => "no addresses",
    };

    /// <summary>Begins a checksum with the pseudo-header.</summary>
    internal InternetChecksum Begin(int protocol, int length)
    {
        var sum = default(InternetChecksum);
        sum.AddPseudoHeader(source.Bytes[..size], destination.Bytes[..size], protocol, length);
        return sum;
    }
}
