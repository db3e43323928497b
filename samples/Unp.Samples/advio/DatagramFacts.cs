namespace Unp.Samples.advio;

/// <summary>The control data that the kernel adds to a datagram: its destination, interface, hop limit and traffic class.</summary>
static class DatagramFacts
{
    /// <summary>Gets the size of the control data of a datagram.</summary>
    public static int Space => ControlSpace.PacketInfo + 2 * ControlSpace.Number + ControlSpace.PathMtu;

    /// <summary>
    /// Returns the options that request the control data. An IPv6 socket also receives IPv4 datagrams, which have options of their own.
    /// </summary>
    public static IEnumerable<SocketOption<bool>> OptionsOf(int family)
    {
        SocketOption<bool>[] ipv4 = SocketOptions.IpPktInfo.IsSupported
            ? [SocketOptions.IpPktInfo, SocketOptions.IpRecvTtl, SocketOptions.IpRecvTos]
            : [SocketOptions.IpRecvDstAddr, SocketOptions.IpRecvIf, SocketOptions.IpRecvTtl, SocketOptions.IpRecvTos];
        SocketOption<bool>[] ipv6 = [SocketOptions.Ipv6RecvPktInfo, SocketOptions.Ipv6RecvHopLimit, SocketOptions.Ipv6RecvTClass];
        return family == AF_INET ? ipv4 : OperatingSystem.IsLinux() ? [.. ipv6, .. ipv4] : ipv6;
    }

    /// <summary>Returns a line about a datagram: <c>to 192.0.2.1 on eth0, hop limit 64, class 0xb8 (DSCP 46, ECN 0)</c>.</summary>
    public static string Describe(in ReceivedMessage message)
    {
        string text = "";
        if (message.TryGetPacketInfo(out PacketInfo info))
            text = $"to {Sock_ntop_host(info.Destination)} on {if_indextoname((uint)info.InterfaceIndex) ?? $"if{info.InterfaceIndex}"}, ";
        text += message.TryGetHopLimit(out int hops) ? $"hop limit {hops}, " : "hop limit unknown, ";
        text += message.TryGetTrafficClass(out int value) ? $"class 0x{value:x2} (DSCP {value >> 2}, ECN {value & 3})" : "class unknown";
        return message.IsTruncated ? $"{text} (datagram truncated)" : text;
    }
}
