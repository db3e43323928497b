using System.Diagnostics.CodeAnalysis;

namespace Unp.Net.Packets;

/// <summary>The types of ICMPv6 messages (RFC 4443, RFC 4861, RFC 3810). Other numbers are possible. Types below 128 are errors.</summary>
[SuppressMessage("Design", "CA1028", Justification = "The field has this size.")]
[SuppressMessage("Design", "CA1008", Justification = "0 has no meaning.")]
public enum Icmpv6Type : byte
{
    /// <summary>A packet could not be delivered. The code says why.</summary>
    DestinationUnreachable = 1,

    /// <summary>A packet is longer than the MTU of the next link.</summary>
    PacketTooBig = 2,

    /// <summary>The hop limit reached zero, or a fragment was missing.</summary>
    TimeExceeded = 3,

    /// <summary>A header was wrong.</summary>
    ParameterProblem = 4,

    /// <summary>A request, which the receiver returns as an echo reply.</summary>
    EchoRequest = 128,

    /// <summary>The answer to an echo request.</summary>
    EchoReply = 129,

    /// <summary>A router asks which groups have listeners.</summary>
    MulticastListenerQuery = 130,

    /// <summary>A host listens to a group (MLD version 1).</summary>
    MulticastListenerReport = 131,

    /// <summary>A host left a group (MLD version 1).</summary>
    MulticastListenerDone = 132,

    /// <summary>A host asks for router advertisements.</summary>
    RouterSolicitation = 133,

    /// <summary>A router states its values and prefixes.</summary>
    RouterAdvertisement = 134,

    /// <summary>A host asks for the link-layer address of a neighbor.</summary>
    NeighborSolicitation = 135,

    /// <summary>The answer to a neighbor solicitation.</summary>
    NeighborAdvertisement = 136,

    /// <summary>Another router is on a shorter path.</summary>
    Redirect = 137,

    /// <summary>The groups and sources that a host listens to (MLD version 2).</summary>
    MulticastListenerReportV2 = 143,
}
