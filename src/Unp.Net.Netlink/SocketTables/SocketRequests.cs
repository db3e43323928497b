using static Unp.Net.Libc;

namespace Unp.Net.Netlink;

/// <summary>The requests for lists of sockets.</summary>
static class SocketRequests
{
    internal static NetlinkListRequest<InetSocketInfo> Tcp(SocketFilter? filter) => Inet(IPPROTO_TCP, "TCP sockets", filter);

    internal static NetlinkListRequest<InetSocketInfo> Udp(SocketFilter? filter) => Inet(IPPROTO_UDP, "UDP sockets", filter);

    internal static NetlinkListRequest<InetSocketInfo> Raw(SocketFilter? filter) => Inet(IPPROTO_RAW, "raw sockets", filter);

    internal static NetlinkListRequest<UnixSocketInfo> Unix(SocketFilter? filter)
    {
        filter ??= SocketFilter.All;
        filter.Validate();
        return new NetlinkListRequest<UnixSocketInfo>(new NetlinkRequest<UnixSocketInfo>(
            writer =>
            {
                writer.Begin(SOCK_DIAG_BY_FAMILY, NLM_F_DUMP);
                writer.WriteHeader(new unix_diag_req
                {
                    sdiag_family = (byte)AF_UNIX,
                    udiag_states = filter.Mask,
                    udiag_show = (uint)(UDIAG_SHOW_NAME | UDIAG_SHOW_VFS | UDIAG_SHOW_PEER | UDIAG_SHOW_ICONS | UDIAG_SHOW_RQLEN
                        | UDIAG_SHOW_MEMINFO | UDIAG_SHOW_UID),
                });
            },
            (NetlinkMessage message, out UnixSocketInfo? info) => (info = UnixSocketInfo.From(message)) is not null,
            "Unix domain sockets"));
    }

    static NetlinkListRequest<InetSocketInfo> Inet(int protocol, string subject, SocketFilter? filter)
    {
        filter ??= SocketFilter.All;
        filter.Validate();
        int[] families = filter.Family == AF_UNSPEC ? [AF_INET, AF_INET6] : [filter.Family];
        return new NetlinkListRequest<InetSocketInfo>([.. families.Select(family => new NetlinkRequest<InetSocketInfo>(
            writer => Write(writer, family, protocol, filter),
            (NetlinkMessage message, out InetSocketInfo? info) => (info = InetSocketInfo.From(message, protocol)) is not null,
            subject))]);
    }

    static void Write(NetlinkMessageWriter writer, int family, int protocol, SocketFilter filter)
    {
        writer.Begin(SOCK_DIAG_BY_FAMILY, NLM_F_DUMP);
        writer.WriteHeader(new inet_diag_req_v2
        {
            sdiag_family = (byte)family,
            sdiag_protocol = (byte)protocol,
            idiag_ext = (byte)(Bit(INET_DIAG_INFO) | Bit(INET_DIAG_CONG) | Bit(INET_DIAG_TOS) | Bit(INET_DIAG_TCLASS)
                | Bit(INET_DIAG_SKMEMINFO) | Bit(INET_DIAG_SHUTDOWN)),
            idiag_states = filter.Mask,
            id = new inet_diag_sockid
            {
                idiag_sport = htons((ushort)filter.LocalPort),
                idiag_dport = htons((ushort)filter.RemotePort),
            },
        });
    }

    static int Bit(int attribute) => 1 << (attribute - 1);
}
