using System.Diagnostics.CodeAnalysis;

namespace Unp.Net.Packets;

/// <summary>The types of SCTP chunks (RFC 9260). Other numbers are possible.</summary>
[SuppressMessage("Design", "CA1028", Justification = "The field has this size.")]
public enum SctpChunkType : byte
{
    /// <summary>User data. It begins with <see cref="SctpDataFields"/>.</summary>
    Data = 0,

    /// <summary>The start of an association. It begins with <see cref="SctpInitFields"/>.</summary>
    Init = 1,

    /// <summary>The answer to an INIT. It begins with <see cref="SctpInitFields"/>.</summary>
    InitAck = 2,

    /// <summary>Acknowledgments. It begins with <see cref="SctpSackFields"/>.</summary>
    Sack = 3,

    /// <summary>A probe of a path.</summary>
    Heartbeat = 4,

    /// <summary>The answer to a heartbeat.</summary>
    HeartbeatAck = 5,

    /// <summary>The association is aborted.</summary>
    Abort = 6,

    /// <summary>The sender sends no more data.</summary>
    Shutdown = 7,

    /// <summary>The answer to a shutdown.</summary>
    ShutdownAck = 8,

    /// <summary>An error that does not end the association.</summary>
    Error = 9,

    /// <summary>The cookie of the INIT ACK comes back.</summary>
    CookieEcho = 10,

    /// <summary>The association is established.</summary>
    CookieAck = 11,

    /// <summary>The association has ended.</summary>
    ShutdownComplete = 14,

    /// <summary>User data with message interleaving (RFC 8260).</summary>
    IData = 64,

    /// <summary>Data that the sender abandoned (RFC 3758).</summary>
    ForwardTsn = 192,
}
