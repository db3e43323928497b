using System.Diagnostics.CodeAnalysis;

namespace Unp.Net.Packets;

/// <summary>The types of IPv4 options (RFC 791, RFC 2113). Other numbers are possible. Fragments copy types of 128 and more.</summary>
[SuppressMessage("Design", "CA1028", Justification = "The field has this size.")]
public enum Ipv4OptionType : byte
{
    /// <summary>The end of the options.</summary>
    End = 0,

    /// <summary>One byte of padding.</summary>
    NoOperation = 1,

    /// <summary>The addresses of the routers that the packet passed.</summary>
    RecordRoute = 7,

    /// <summary>The times at which routers passed the packet.</summary>
    Timestamp = 68,

    /// <summary>Routers that the packet must pass, among others.</summary>
    LooseSourceRoute = 131,

    /// <summary>All routers that the packet must pass.</summary>
    StrictSourceRoute = 137,

    /// <summary>Routers must look into the packet.</summary>
    RouterAlert = 148,
}
