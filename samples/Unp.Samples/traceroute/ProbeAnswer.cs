using Unp.Net.Packets;

namespace Unp.Samples.traceroute;

/// <summary>An ICMP message that answers a probe of <see cref="traceroute"/>.</summary>
/// <param name="From">The host that has sent it.</param>
/// <param name="Type">The type of ICMP or ICMPv6, which depends on the family of <paramref name="From"/>.</param>
/// <param name="Code">The code.</param>
/// <param name="Mtu">The MTU of the next link, if the packet was too long for it.</param>
/// <param name="Time">The time of arrival.</param>
readonly record struct ProbeAnswer(SockAddr From, int Type, int Code, int Mtu, DateTimeOffset Time)
{
    /// <summary>Gets whether the host itself answers: it has no socket with this port.</summary>
    public bool IsArrival => From.Family == AF_INET
        ? (Type, Code) == ((int)IcmpType.DestinationUnreachable, 3)
        : (Type, Code) == ((int)Icmpv6Type.DestinationUnreachable, 4);

    /// <summary>Gets whether further routers cannot be found, because this one does not forward.</summary>
    public bool EndsPath => !IsArrival && !IsExpired;

    /// <summary>Gets the mark behind the time, as traceroute(8) prints it. An expired TTL and an answer of the host have none.</summary>
    public string Mark => IsArrival || IsExpired ? "" : From.Family == AF_INET ? icmpcode_v4() : icmpcode_v6();

    bool IsExpired => Code == 0 && Type == (From.Family == AF_INET ? (int)IcmpType.TimeExceeded : (int)Icmpv6Type.TimeExceeded);

    string icmpcode_v4() => ((IcmpType)Type, Code) switch
    {
        (IcmpType.DestinationUnreachable, 0 or 6 or 11) => "!N", // network unreachable, unknown, or for this type of service
        (IcmpType.DestinationUnreachable, 1 or 7 or 8 or 12) => "!H", // host unreachable, unknown, isolated, type of service
        (IcmpType.DestinationUnreachable, 2) => "!P",
        (IcmpType.DestinationUnreachable, 4) => $"!F-{Mtu}",
        (IcmpType.DestinationUnreachable, 5) => "!S", // source route failed
        (IcmpType.DestinationUnreachable, 9 or 10 or 13) => "!X", // administratively prohibited
        (IcmpType.DestinationUnreachable, 14) => "!V", // host precedence violation
        (IcmpType.DestinationUnreachable, 15) => "!C", // precedence cutoff
        (IcmpType.DestinationUnreachable, _) => $"!<{Code}>",
        _ => $"!<{Type}-{Code}>",
    };

    string icmpcode_v6() => ((Icmpv6Type)Type, Code) switch
    {
        (Icmpv6Type.DestinationUnreachable, 0) => "!N", // no route
        (Icmpv6Type.DestinationUnreachable, 1 or 5 or 6) => "!X", // administratively prohibited, source policy, reject route
        (Icmpv6Type.DestinationUnreachable, 2 or 3) => "!H", // beyond the scope, address unreachable
        (Icmpv6Type.PacketTooBig, _) => $"!F-{Mtu}",
        (Icmpv6Type.ParameterProblem, 1) => "!P", // unknown next header
        (Icmpv6Type.DestinationUnreachable, _) => $"!<{Code}>",
        _ => $"!<{Type}-{Code}>",
    };
}
