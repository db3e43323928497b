using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static Unp.Net.Libc;

namespace Unp.Net.Netlink;

// Decoding and encoding.
public sealed partial record Route
{
    /// <summary>Gets the flags that describe the state of a link. The kernel reports them, but refuses them in a request.</summary>
    static int ReportedFlags => RTNH_F_DEAD | RTNH_F_LINKDOWN;

    /// <summary>Decodes a message RTM_NEWROUTE or RTM_DELROUTE.</summary>
    /// <param name="message">The message.</param>
    /// <param name="route">The route, or null.</param>
    /// <returns>Whether the message is complete, of one of these types, and about IPv4 or IPv6.</returns>
    public static bool TryParse(NetlinkMessage message, [NotNullWhen(true)] out Route? route)
    {
        route = null;
        var attributes = new AttributeTable(message.GetAttributes<rtmsg>());
        if ((message.Type != RTM_NEWROUTE && message.Type != RTM_DELROUTE)
            || !message.TryGetHeader(out rtmsg header) || !attributes.IsWellFormed
            || Network(attributes, RTA_DST, header.rtm_family, header.rtm_dst_len) is not { } destination
            || !TryParseNextHops(attributes, out ValueList<NextHop> hops))
            return false;
        route = new Route
        {
            Destination = destination,
            Source = header.rtm_src_len == 0 ? null : Network(attributes, RTA_SRC, header.rtm_family, header.rtm_src_len),
            Gateway = GatewayOf(attributes),
            Index = AttributeValues.Int32(attributes, RTA_OIF),
            NextHops = hops,
            NextHopId = AttributeValues.UInt32(attributes, RTA_NH_ID),
            Table = AttributeValues.UInt32(attributes, RTA_TABLE) ?? header.rtm_table,
            Kind = header.rtm_type,
            Protocol = header.rtm_protocol,
            Scope = header.rtm_scope,
            Metric = AttributeValues.UInt32(attributes, RTA_PRIORITY),
            PreferredSource = AttributeValues.Address(attributes, RTA_PREFSRC),
            TypeOfService = header.rtm_tos,
            Flags = header.rtm_flags,
            Metrics = attributes.TryGet(RTA_METRICS, out NetlinkAttribute metrics)
                ? ParseMetrics(new AttributeTable(metrics.Attributes)) : RouteMetrics.None,
            Lifetime = LifetimeOf(attributes),
            Preference = attributes.TryGet(RTA_PREF, out NetlinkAttribute preference) ? preference.ReadOrDefault<byte>() : null,
        };
        return true;
    }

    /// <summary>Writes the request to add, change or delete the route.</summary>
    internal void Write(NetlinkMessageWriter writer, int type, int flags)
    {
        int scope = Scope ?? (type == RTM_DELROUTE ? RT_SCOPE_NOWHERE : DefaultScope());
        writer.Begin(type, flags);
        writer.WriteHeader(new rtmsg
        {
            rtm_family = (byte)Family,
            rtm_dst_len = (byte)Destination.PrefixLength,
            rtm_src_len = (byte)(Source?.PrefixLength ?? 0),
            rtm_tos = AttributeValues.Byte(TypeOfService),
            rtm_table = (byte)(Table <= byte.MaxValue ? Table : (uint)RT_TABLE_UNSPEC),
            rtm_protocol = AttributeValues.Byte(Protocol),
            rtm_scope = AttributeValues.Byte(scope, nameof(Scope)),
            rtm_type = AttributeValues.Byte(Kind),
            rtm_flags = Flags & ~(uint)ReportedFlags,
        });
        writer.Write(RTA_TABLE, Table);
        if (Destination.PrefixLength > 0)
            writer.Write(RTA_DST, Destination.BaseAddress);
        if (Source is { PrefixLength: > 0 } source)
            writer.Write(RTA_SRC, source.BaseAddress);
        if (Metric is { } metric)
            writer.Write(RTA_PRIORITY, metric);
        if (PreferredSource is not null)
            writer.Write(RTA_PREFSRC, PreferredSource);
        if (Preference is { } preference)
            writer.Write(RTA_PREF, AttributeValues.Byte(preference, nameof(Preference)));
        if (Lifetime is { } lifetime)
            writer.Write(RTA_EXPIRES, (uint)Math.Clamp(Math.Ceiling(lifetime.TotalSeconds), 0, uint.MaxValue));
        WriteTarget(writer);
        if (Metrics != RouteMetrics.None)
            WriteMetrics(writer);
    }

    /// <summary>Returns the scope that <c>ip route add</c> chooses.</summary>
    int DefaultScope() =>
        Family == AF_INET6 ? RT_SCOPE_UNIVERSE
        : Kind == RTN_LOCAL || Kind == RTN_NAT ? RT_SCOPE_HOST
        : (Kind == RTN_UNICAST || Kind == RTN_BROADCAST || Kind == RTN_MULTICAST || Kind == RTN_ANYCAST)
            && Gateway is null && NextHops.Count == 0 && NextHopId is null ? RT_SCOPE_LINK
        : RT_SCOPE_UNIVERSE;

    /// <summary>
    /// Writes the next hops. The kernel reports those of a next-hop object beside its id, but refuses them in a request.
    /// </summary>
    void WriteTarget(NetlinkMessageWriter writer)
    {
        if (NextHopId is { } id)
        {
            writer.Write(RTA_NH_ID, id);
            return;
        }
        if (Index is { } index)
            writer.Write(RTA_OIF, index);
        if (Gateway is not null)
            WriteGateway(writer, Gateway);
        if (NextHops.Count > 0)
            WriteNextHops(writer);
    }

    void WriteGateway(NetlinkMessageWriter writer, IPAddress gateway)
    {
        int family = AttributeValues.FamilyOf(gateway);
        if (family == Family)
        {
            writer.Write(RTA_GATEWAY, gateway);
            return;
        }
        Span<byte> via = stackalloc byte[sizeof(ushort) + 16];
        MemoryMarshal.Write(via, (ushort)family);
        gateway.TryWriteBytes(via[sizeof(ushort)..], out int length);
        writer.Write(RTA_VIA, via[..(sizeof(ushort) + length)]);
    }

    void WriteNextHops(NetlinkMessageWriter writer)
    {
        writer.BeginList(RTA_MULTIPATH);
        foreach (NextHop hop in NextHops)
        {
            if (hop.Weight is < 1 or > 256)
                throw new ArgumentException($"The weight {hop.Weight} of a next hop is not 1 to 256.");
            int start = writer.BeginStructure(
                new rtnexthop
                {
                    rtnh_flags = AttributeValues.Byte(hop.Flags & ~ReportedFlags, "NextHop.Flags"),
                    rtnh_hops = (byte)(hop.Weight - 1),
                    rtnh_ifindex = hop.Index,
                });
            if (hop.Gateway is not null)
                WriteGateway(writer, hop.Gateway);
            writer.EndStructure(start);
        }
        writer.EndNested();
    }

    void WriteMetrics(NetlinkMessageWriter writer)
    {
        writer.BeginNested(RTA_METRICS);
        WriteMetric(writer, RTAX_LOCK, Metrics.Locked == 0 ? null : Metrics.Locked);
        WriteMetric(writer, RTAX_MTU, Metrics.Mtu);
        WriteMetric(writer, RTAX_WINDOW, Metrics.Window);
        WriteMetric(writer, RTAX_ADVMSS, Metrics.AdvertisedSegmentSize);
        WriteMetric(writer, RTAX_HOPLIMIT, Metrics.HopLimit);
        WriteMetric(writer, RTAX_INITCWND, Metrics.InitialCongestionWindow);
        WriteMetric(writer, RTAX_INITRWND, Metrics.InitialReceiveWindow);
        WriteMetric(writer, RTAX_RTO_MIN, (uint?)Metrics.MinimumRetransmissionTimeout?.TotalMilliseconds);
        if (Metrics.CongestionControl is not null)
            writer.WriteText(RTAX_CC_ALGO, Metrics.CongestionControl);
        writer.EndNested();
    }

    static void WriteMetric(NetlinkMessageWriter writer, int type, uint? value)
    {
        if (value is { } number)
            writer.Write(type, number);
    }

    static RouteMetrics ParseMetrics(in AttributeTable metrics) => new()
    {
        Locked = AttributeValues.UInt32(metrics, RTAX_LOCK) ?? 0,
        Mtu = AttributeValues.UInt32(metrics, RTAX_MTU),
        Window = AttributeValues.UInt32(metrics, RTAX_WINDOW),
        AdvertisedSegmentSize = AttributeValues.UInt32(metrics, RTAX_ADVMSS),
        HopLimit = AttributeValues.UInt32(metrics, RTAX_HOPLIMIT),
        InitialCongestionWindow = AttributeValues.UInt32(metrics, RTAX_INITCWND),
        InitialReceiveWindow = AttributeValues.UInt32(metrics, RTAX_INITRWND),
        MinimumRetransmissionTimeout =
            AttributeValues.UInt32(metrics, RTAX_RTO_MIN) is { } time ? TimeSpan.FromMilliseconds(time) : null,
        CongestionControl = metrics.TryGet(RTAX_CC_ALGO, out NetlinkAttribute name) ? name.Text : null,
    };

    static bool TryParseNextHops(in AttributeTable attributes, out ValueList<NextHop> hops)
    {
        hops = ValueList<NextHop>.Empty;
        if (!attributes.TryGet(RTA_MULTIPATH, out NetlinkAttribute multipath))
            return true;
        List<NextHop> found = [];
        ReadOnlySpan<byte> rest = multipath.Value;
        int size = Unsafe.SizeOf<rtnexthop>();
        while (MemoryMarshal.TryRead(rest, out rtnexthop hop))
        {
            if (hop.rtnh_len < size || hop.rtnh_len > rest.Length)
                return false;
            found.Add(new NextHop
            {
                Gateway = GatewayOf(new AttributeTable(new NetlinkAttributes(rest[size..hop.rtnh_len]))),
                Index = hop.rtnh_ifindex,
                Weight = hop.rtnh_hops + 1,
                Flags = hop.rtnh_flags,
            });
            rest = rest[Math.Min(NetlinkMessage.Align(hop.rtnh_len), rest.Length)..];
        }
        hops = new ValueList<NextHop>(found);
        return rest.IsEmpty;
    }

    static IPAddress? GatewayOf(in AttributeTable attributes) =>
        AttributeValues.Address(attributes, RTA_GATEWAY)
        ?? (attributes.TryGet(RTA_VIA, out NetlinkAttribute via) && via.Value.Length > sizeof(ushort)
            ? AttributeValues.Address(via.Value[sizeof(ushort)..]) : null);

    static TimeSpan? LifetimeOf(in AttributeTable attributes) =>
        attributes.TryGet(RTA_CACHEINFO, out NetlinkAttribute cache) && cache.TryRead(out rta_cacheinfo info) && info.rta_expires > 0
            ? TimeSpan.FromSeconds(info.rta_expires / 100.0) : null;

    /// <summary>Returns the prefix of an attribute, or null if it does not fit the family.</summary>
    internal static IPNetwork? Network(in AttributeTable attributes, int type, int family, int length)
    {
        if ((family != AF_INET && family != AF_INET6) || length > AttributeValues.BitsOf(family))
            return null;
        IPAddress any = family == AF_INET ? IPAddress.Any : IPAddress.IPv6Any;
        if (!attributes.TryGet(type, out NetlinkAttribute prefix))
            return length == 0 ? new IPNetwork(any, 0) : null;
        Span<byte> bytes = stackalloc byte[16];
        int size = AttributeValues.BitsOf(family) / 8;
        if (prefix.Value.Length != size)
            return null;
        prefix.Value.CopyTo(bytes);

        // The kernel sends the whole address of an answer to a lookup, and IPNetwork refuses bits behind the prefix.
        int whole = length / 8;
        if (whole < size)
        {
            bytes[whole] &= (byte)(0xFF00 >> (length % 8));
            bytes[(whole + 1)..].Clear();
        }
        return new IPNetwork(new IPAddress(bytes[..size]), length);
    }
}
