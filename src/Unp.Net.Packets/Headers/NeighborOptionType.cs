using System.Diagnostics.CodeAnalysis;

namespace Unp.Net.Packets;

/// <summary>The types of neighbor discovery options (RFC 4861, RFC 8106). Other numbers are possible.</summary>
[SuppressMessage("Design", "CA1028", Justification = "The field has this size.")]
[SuppressMessage("Design", "CA1008", Justification = "0 has no meaning.")]
public enum NeighborOptionType : byte
{
    /// <summary>The sender's link-layer address.</summary>
    SourceLinkLayerAddress = 1,

    /// <summary>The target's link-layer address.</summary>
    TargetLinkLayerAddress = 2,

    /// <summary>A prefix of the link. Its data is a <see cref="Packets.PrefixInformation"/>.</summary>
    PrefixInformation = 3,

    /// <summary>The start of the packet that caused a redirect.</summary>
    RedirectedHeader = 4,

    /// <summary>The MTU of the link: two reserved bytes and four bytes.</summary>
    Mtu = 5,

    /// <summary>Addresses of name servers.</summary>
    RecursiveDnsServer = 25,

    /// <summary>Domains in which names are searched.</summary>
    DnsSearchList = 31,
}
