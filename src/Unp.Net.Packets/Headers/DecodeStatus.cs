namespace Unp.Net.Packets;

/// <summary>Why the decoding of a packet ended.</summary>
public enum DecodeStatus
{
    /// <summary>All headers up to the transport protocol were decoded, or an ARP packet was.</summary>
    Complete,

    /// <summary>The bytes end within a header.</summary>
    Truncated,

    /// <summary>A header contradicts itself: a version, or a length that is shorter than the header.</summary>
    Malformed,

    /// <summary>The next header belongs to a protocol that is not decoded.</summary>
    UnknownProtocol,

    /// <summary>The packet is a fragment other than the first, so its payload does not begin with a header.</summary>
    LaterFragment,

    /// <summary>The last IPv6 header states that nothing follows (IPPROTO_NONE).</summary>
    NoNextHeader,
}
