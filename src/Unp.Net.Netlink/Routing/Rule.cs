using System.Diagnostics.CodeAnalysis;
using System.Net;
using static Unp.Net.Libc;

namespace Unp.Net.Netlink;

/// <summary>A rule that chooses the routing table of a packet: what <c>ip rule</c> shows and sets (<c>ip-rule(8)</c>).</summary>
public sealed record Rule
{
    /// <summary>Gets the address family, AF_INET by default or AF_INET6. The prefixes must be of this family.</summary>
    public int Family { get; init; } = AF_INET;

    /// <summary>Gets the priority; lower numbers come first. Null in a request lets the kernel choose.</summary>
    public uint? Priority { get; init; }

    /// <summary>Gets the prefix of the source address, or null for any.</summary>
    public IPNetwork? Source { get; init; }

    /// <summary>Gets the prefix of the destination address, or null for any.</summary>
    public IPNetwork? Destination { get; init; }

    /// <summary>Gets the name of the incoming link, or null for any.</summary>
    public string? InputInterface { get; init; }

    /// <summary>Gets the name of the link that the sending socket is bound to, or null for any.</summary>
    public string? OutputInterface { get; init; }

    /// <summary>Gets the mark that packets must have, or null for any.</summary>
    public uint? Mark { get; init; }

    /// <summary>Gets the bits of the mark that count; null is all.</summary>
    public uint? Mask { get; init; }

    /// <summary>Gets the type of service that packets must have; 0 for any.</summary>
    public int TypeOfService { get; init; }

    /// <summary>Gets the action: FR_ACT_TO_TBL by default, FR_ACT_GOTO, FR_ACT_UNREACHABLE...</summary>
    public int Action { get; init; } = FR_ACT_TO_TBL;

    /// <summary>Gets the table that is looked up; 0 if the action is another one.</summary>
    public uint Table { get; init; }

    /// <summary>Gets the priority of the rule to go to, or null.</summary>
    public uint? Goto { get; init; }

    /// <summary>Gets the prefix length up to which routes of the table are ignored, or null.</summary>
    public int? SuppressedPrefixLength { get; init; }

    /// <summary>Gets the origin: RTPROT_STATIC by default.</summary>
    public int Protocol { get; init; } = RTPROT_STATIC;

    /// <summary>Gets the IP protocol of packets, or null for any.</summary>
    public int? IpProtocol { get; init; }

    /// <summary>Gets the source ports of packets, or null for any.</summary>
    public NumberRange? SourcePorts { get; init; }

    /// <summary>Gets the destination ports of packets, or null for any.</summary>
    public NumberRange? DestinationPorts { get; init; }

    /// <summary>Gets the ids of the users whose sockets send the packets, or null for any.</summary>
    public NumberRange? UserIds { get; init; }

    /// <summary>Gets whether the table is that of the packet's VRF (<c>l3mdev</c>). <see cref="Table"/> is 0 then.</summary>
    public bool UsesVrfTable { get; init; }

    /// <summary>Gets the flags, a combination of FIB_RULE_INVERT, FIB_RULE_PERMANENT...</summary>
    public uint Flags { get; init; }

    /// <summary>Returns the priority, the prefixes and the table: <c>"32766: from all lookup 254"</c>.</summary>
    public override string ToString()
    {
        string from = Source is { } source ? $"{source}" : "all", to = Destination is { } destination ? $" to {destination}" : "";
        string ranges = Text("uidrange", UserIds) + Text("sport", SourcePorts) + Text("dport", DestinationPorts);
        string action = UsesVrfTable ? "lookup l3mdev"
            : Action == FR_ACT_TO_TBL ? $"lookup {Table}"
            : Action == FR_ACT_GOTO ? $"goto {Goto}"
            : $"action {Action}";
        return $"{(Priority is null ? "" : $"{Priority}: ")}from {from}{to}{ranges} {action}";

        static string Text(string name, NumberRange? range) => range is { } numbers ? $" {name} {numbers}" : "";
    }

    /// <summary>Decodes a message RTM_NEWRULE or RTM_DELRULE.</summary>
    /// <param name="message">The message.</param>
    /// <param name="rule">The rule, or null.</param>
    /// <returns>Whether the message is complete, of one of these types, and about IPv4 or IPv6.</returns>
    public static bool TryParse(NetlinkMessage message, [NotNullWhen(true)] out Rule? rule)
    {
        rule = null;
        var attributes = new AttributeTable(message.GetAttributes<fib_rule_hdr>());
        if ((message.Type != RTM_NEWRULE && message.Type != RTM_DELRULE)
            || !message.TryGetHeader(out fib_rule_hdr header) || !attributes.IsWellFormed
            || Route.Network(attributes, FRA_SRC, header.family, header.src_len) is not { } source
            || Route.Network(attributes, FRA_DST, header.family, header.dst_len) is not { } destination)
            return false;
        rule = new Rule
        {
            Family = header.family,
            Priority = AttributeValues.UInt32(attributes, FRA_PRIORITY) ?? 0,
            Source = header.src_len > 0 ? source : null,
            Destination = header.dst_len > 0 ? destination : null,
            InputInterface = attributes.TryGet(FRA_IIFNAME, out NetlinkAttribute input) ? input.Text : null,
            OutputInterface = attributes.TryGet(FRA_OIFNAME, out NetlinkAttribute output) ? output.Text : null,
            Mark = AttributeValues.UInt32(attributes, FRA_FWMARK),
            Mask = AttributeValues.UInt32(attributes, FRA_FWMASK),
            TypeOfService = header.tos,
            Action = header.action,
            Table = AttributeValues.UInt32(attributes, FRA_TABLE) ?? header.table,
            Goto = AttributeValues.UInt32(attributes, FRA_GOTO),
            SuppressedPrefixLength = AttributeValues.Int32(attributes, FRA_SUPPRESS_PREFIXLEN) is >= 0 and int length ? length : null,
            Protocol = attributes.TryGet(FRA_PROTOCOL, out NetlinkAttribute protocol) ? protocol.ReadOrDefault<byte>() : 0,
            IpProtocol = attributes.TryGet(FRA_IP_PROTO, out NetlinkAttribute ip) ? ip.ReadOrDefault<byte>() : null,
            SourcePorts = Ports(attributes, FRA_SPORT_RANGE),
            DestinationPorts = Ports(attributes, FRA_DPORT_RANGE),
            UserIds = attributes.TryGet(FRA_UID_RANGE, out NetlinkAttribute users) && users.TryRead(out NumberRange ids) ? ids : null,
            UsesVrfTable = attributes.TryGet(FRA_L3MDEV, out NetlinkAttribute vrf) && vrf.ReadOrDefault<byte>() != 0,
            Flags = header.flags,
        };
        return true;
    }

    internal void Write(NetlinkMessageWriter writer, int type, int flags)
    {
        writer.Begin(type, flags);
        writer.WriteHeader(new fib_rule_hdr
        {
            family = (byte)Family,
            src_len = (byte)(Source?.PrefixLength ?? 0),
            dst_len = (byte)(Destination?.PrefixLength ?? 0),
            tos = AttributeValues.Byte(TypeOfService),
            table = (byte)(Table <= byte.MaxValue ? Table : (uint)RT_TABLE_UNSPEC),
            action = AttributeValues.Byte(Action),
            flags = Flags,
        });
        if (Action == FR_ACT_TO_TBL && !UsesVrfTable)
            writer.Write(FRA_TABLE, Table);
        if (UsesVrfTable)
            writer.Write(FRA_L3MDEV, (byte)1);
        if (Priority is { } priority)
            writer.Write(FRA_PRIORITY, priority);
        if (Source is { PrefixLength: > 0 } source)
            writer.Write(FRA_SRC, source.BaseAddress);
        if (Destination is { PrefixLength: > 0 } destination)
            writer.Write(FRA_DST, destination.BaseAddress);
        if (InputInterface is not null)
            writer.WriteText(FRA_IIFNAME, InputInterface);
        if (OutputInterface is not null)
            writer.WriteText(FRA_OIFNAME, OutputInterface);
        if (Mark is { } mark)
            writer.Write(FRA_FWMARK, mark);
        if (Mask is { } mask)
            writer.Write(FRA_FWMASK, mask);
        if (Goto is { } target)
            writer.Write(FRA_GOTO, target);
        if (SuppressedPrefixLength is { } length)
            writer.Write(FRA_SUPPRESS_PREFIXLEN, length);
        if (IpProtocol is { } ip)
            writer.Write(FRA_IP_PROTO, AttributeValues.Byte(ip, nameof(IpProtocol)));
        WritePorts(writer, FRA_SPORT_RANGE, SourcePorts);
        WritePorts(writer, FRA_DPORT_RANGE, DestinationPorts);
        if (UserIds is { } users)
            writer.Write(FRA_UID_RANGE, users);
        writer.Write(FRA_PROTOCOL, AttributeValues.Byte(Protocol));
    }

    static NumberRange? Ports(in AttributeTable attributes, int type) =>
        attributes.TryGet(type, out NetlinkAttribute attribute) && attribute.TryRead(out PortRange ports)
            ? new NumberRange(ports.First, ports.Last) : null;

    static void WritePorts(NetlinkMessageWriter writer, int type, NumberRange? ports)
    {
        if (ports is not { } range)
            return;
        if (range.First > ushort.MaxValue || range.Last > ushort.MaxValue)
            throw new ArgumentException($"The ports {range} are not 0 to 65535.");
        writer.Write(type, new PortRange { First = (ushort)range.First, Last = (ushort)range.Last });
    }

    /// <summary>The kernel's form of a range of ports, in host byte order (<c>struct fib_rule_port_range</c>).</summary>
    struct PortRange
    {
        internal ushort First, Last;
    }
}
