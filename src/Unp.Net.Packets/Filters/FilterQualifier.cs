namespace Unp.Net.Packets;

/// <summary>The side of a packet that an address or a port belongs to.</summary>
enum FilterDirection
{
    /// <summary>Either side.</summary>
    Any,
    Source,
    Destination,

    /// <summary>Both sides.</summary>
    Both,
}

/// <summary>The meaning of the name or number that follows.</summary>
enum FilterKind
{
    Host,
    Net,
    Port,
    PortRange,
    Protocol,
}

/// <summary>The words before a name or number. They also apply to the next names behind "and" or "or" without such words.</summary>
/// <param name="Protocol">The protocol, or null for any.</param>
/// <param name="Direction">The side.</param>
/// <param name="Kind">The meaning of the name or number.</param>
sealed record FilterQualifier(FilterProtocol? Protocol, FilterDirection Direction, FilterKind Kind);
