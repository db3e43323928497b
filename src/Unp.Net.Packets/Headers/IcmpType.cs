using System.Diagnostics.CodeAnalysis;

namespace Unp.Net.Packets;

/// <summary>The types of ICMP messages (RFC 792, RFC 1256). Other numbers are possible.</summary>
[SuppressMessage("Design", "CA1028", Justification = "The field has this size.")]
public enum IcmpType : byte
{
    /// <summary>The answer to an echo request.</summary>
    EchoReply = 0,

    /// <summary>A packet could not be delivered. The code says why.</summary>
    DestinationUnreachable = 3,

    /// <summary>The sender must send more slowly (obsolete).</summary>
    SourceQuench = 4,

    /// <summary>Another router is on a shorter path.</summary>
    Redirect = 5,

    /// <summary>A request, which the receiver returns as an echo reply.</summary>
    Echo = 8,

    /// <summary>The addresses of a router.</summary>
    RouterAdvertisement = 9,

    /// <summary>A host asks for router advertisements.</summary>
    RouterSolicitation = 10,

    /// <summary>The time to live reached zero, or a fragment was missing.</summary>
    TimeExceeded = 11,

    /// <summary>A header was wrong.</summary>
    ParameterProblem = 12,

    /// <summary>A request for the receiver's time.</summary>
    Timestamp = 13,

    /// <summary>The answer to a timestamp request.</summary>
    TimestampReply = 14,
}
