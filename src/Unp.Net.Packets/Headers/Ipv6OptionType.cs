using System.Diagnostics.CodeAnalysis;

namespace Unp.Net.Packets;

/// <summary>The types of options in hop-by-hop and destination options headers. Other numbers are possible.</summary>
[SuppressMessage("Design", "CA1028", Justification = "The field has this size.")]
public enum Ipv6OptionType : byte
{
    /// <summary>One byte of padding.</summary>
    Pad1 = 0,

    /// <summary>Two or more bytes of padding.</summary>
    PadN = 1,

    /// <summary>Routers must look into the packet (RFC 2711).</summary>
    RouterAlert = 5,

    /// <summary>A payload longer than 65,535 bytes (RFC 2675).</summary>
    JumboPayload = 194,
}
