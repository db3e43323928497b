using System.Diagnostics.CodeAnalysis;

namespace Unp.Net.Packets;

/// <summary>The operation of an ARP packet (RFC 826). Other numbers are possible.</summary>
[SuppressMessage("Design", "CA1028", Justification = "The field has this size.")]
[SuppressMessage("Design", "CA1008", Justification = "0 has no meaning.")]
public enum ArpOpcode : ushort
{
    /// <summary>The sender asks for the hardware address of a protocol address.</summary>
    Request = 1,

    /// <summary>The answer to a request.</summary>
    Reply = 2,

    /// <summary>The sender asks for its own protocol address (RARP, RFC 903).</summary>
    ReverseRequest = 3,

    /// <summary>The answer to a reverse request.</summary>
    ReverseReply = 4,
}
