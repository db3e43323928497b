using System.Net;
using static Unp.Net.Libc;

namespace Unp.Net.Netlink;

/// <summary>The packet for which <see cref="RtnetlinkSocket.Lookup(RouteLookup)"/> looks up the route.</summary>
/// <remarks>A property that is null is left to the kernel.</remarks>
public sealed record RouteLookup
{
    /// <summary>Gets the destination address.</summary>
    public required IPAddress Destination { get; init; }

    /// <summary>Gets the source address.</summary>
    public IPAddress? Source { get; init; }

    /// <summary>Gets the index of the link on which the packet arrives. Without it the packet is the host's own.</summary>
    public int? InputIndex { get; init; }

    /// <summary>Gets the index of the link that the sending socket is bound to.</summary>
    public int? OutputIndex { get; init; }

    /// <summary>Gets the mark.</summary>
    public uint? Mark { get; init; }

    /// <summary>Gets the user whose packet it is.</summary>
    public uint? UserId { get; init; }

    /// <summary>Gets the type of service.</summary>
    public int TypeOfService { get; init; }

    /// <summary>Gets the IP protocol: IPPROTO_TCP, IPPROTO_UDP, IPPROTO_ICMP.</summary>
    public int? IpProtocol { get; init; }

    /// <summary>Gets the source port, if <see cref="IpProtocol"/> has ports.</summary>
    public int? SourcePort { get; init; }

    /// <summary>Gets the destination port, if <see cref="IpProtocol"/> has ports.</summary>
    public int? DestinationPort { get; init; }

    /// <summary>Gets whether the answer is the entry of the table instead of the route to the one address (RTM_F_FIB_MATCH).</summary>
    public bool ReturnsTableEntry { get; init; }

    /// <summary>Writes the request for the route.</summary>
    internal void Write(NetlinkMessageWriter writer)
    {
        int family = AttributeValues.FamilyOf(Destination), bits = AttributeValues.BitsOf(family);
        writer.Begin(RTM_GETROUTE);
        writer.WriteHeader(new rtmsg
        {
            rtm_family = (byte)family,
            rtm_dst_len = (byte)bits,
            rtm_src_len = (byte)(Source is null ? 0 : bits),
            rtm_tos = AttributeValues.Byte(TypeOfService, nameof(TypeOfService)),
            rtm_flags = (uint)(ReturnsTableEntry ? RTM_F_FIB_MATCH : family == AF_INET ? RTM_F_LOOKUP_TABLE : 0),
        });
        writer.Write(RTA_DST, Destination);
        if (Source is not null)
            writer.Write(RTA_SRC, Source);
        if (InputIndex is { } input)
            writer.Write(RTA_IIF, input);
        if (OutputIndex is { } output)
            writer.Write(RTA_OIF, output);
        if (Mark is { } mark)
            writer.Write(RTA_MARK, mark);
        if (UserId is { } user)
            writer.Write(RTA_UID, user);
        if (IpProtocol is { } protocol)
            writer.Write(RTA_IP_PROTO, AttributeValues.Byte(protocol, nameof(IpProtocol)));
        WritePort(writer, RTA_SPORT, SourcePort);
        WritePort(writer, RTA_DPORT, DestinationPort);
    }

    /// <summary>Writes a port in network byte order.</summary>
    static void WritePort(NetlinkMessageWriter writer, int type, int? port)
    {
        if (port is not { } number)
            return;
        if (number is < 0 or > ushort.MaxValue)
            throw new ArgumentException($"The port {number} is not 0 to 65535.", nameof(port));
        writer.Write(type, [(byte)(number >> 8), (byte)number]);
    }
}
