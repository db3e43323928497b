using System.Diagnostics.CodeAnalysis;

namespace Unp.Net.Packets;

/// <summary>The control bits of a TCP segment (RFC 9293). The low nine have names.</summary>
[Flags]
[SuppressMessage("Naming", "CA1711", Justification = "Flags is the word of RFC 9293.")]
[SuppressMessage("Design", "CA1028", Justification = "The field has this size.")]
public enum TcpFlags : ushort
{
    /// <summary>No bit.</summary>
    None = 0x0,

    /// <summary>The sender sends no more data.</summary>
    Fin = 0x1,

    /// <summary>A connection begins. The sequence number is its first.</summary>
    Syn = 0x2,

    /// <summary>The connection is aborted.</summary>
    Rst = 0x4,

    /// <summary>The receiver must deliver the data at once.</summary>
    Psh = 0x8,

    /// <summary>The acknowledgment number is valid.</summary>
    Ack = 0x10,

    /// <summary>The urgent pointer is valid.</summary>
    Urg = 0x20,

    /// <summary>The receiver saw congestion (RFC 3168).</summary>
    Ece = 0x40,

    /// <summary>The sender reduced its congestion window (RFC 3168).</summary>
    Cwr = 0x80,

    /// <summary>Accurate congestion notification (RFC 9768).</summary>
    Ae = 0x100,

    /// <summary>The three bits without a meaning.</summary>
    Reserved = 0xe00,
}
