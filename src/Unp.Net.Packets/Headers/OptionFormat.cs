namespace Unp.Net.Packets;

/// <summary>How a protocol encodes its options. All but the padding of one byte have a type and a length.</summary>
enum OptionFormat
{
    /// <summary>IPv4 and TCP: the length includes both bytes. 1 is padding and 0 is the end.</summary>
    Ipv4AndTcp,

    /// <summary>IPv6: the length excludes both bytes. 0 is padding.</summary>
    Ipv6,

    /// <summary>Neighbor discovery: the length includes both bytes, in units of 8 bytes.</summary>
    NeighborDiscovery,

    /// <summary>SCTP parameters: 16 bits of type and 16 of length, which includes both. Each is padded to a multiple of 4 bytes.</summary>
    Sctp,
}
