using Unp.Net.Netlink;

namespace Unp.Samples.route;

/// <summary>
/// Lists sockets with their states, queues and addresses, as ss(8) and <c>netstat -a</c> do (UNP 1.9). The kernel answers by netlink
/// (sock_diag(7)); the book's netstat reads the kernel's memory or a file of /proc.
/// </summary>
static class ss
{
    static readonly TcpState[] Connected =
    [
        TcpState.SynSent, TcpState.Established, TcpState.CloseWait, TcpState.FinWait1, TcpState.Closing, TcpState.LastAck,
        TcpState.FinWait2,
    ];

    public static void Main(string[] args, ProgramOptions options)
    {
        HashSet<char> letters = Letters(args, options);
        int family = letters.Contains('4') == letters.Contains('6') ? AF_UNSPEC : letters.Contains('4') ? AF_INET : AF_INET6;
        var filter = new SocketFilter
        {
            Family = family,
            States = letters.Contains('a') ? null : letters.Contains('l') ? [TcpState.Listen, TcpState.Closed] : Connected,
        };
        bool isEveryKind = !letters.Overlaps("tuwx");
        if (isEveryKind)
            letters.UnionWith(family == AF_UNSPEC ? "tuwx" : "tuw");

        using var table = new SocketTable();
        List<string[]> lines = [];
        if (letters.Contains('x'))
            lines.AddRange(Unix(table.Unix(filter), letters));
        if (letters.Contains('w'))
            lines.AddRange(Inet("raw", Raw(table, filter, isOptional: isEveryKind), letters));
        if (letters.Contains('u'))
            lines.AddRange(Inet("udp", table.Udp(filter), letters));
        if (letters.Contains('t'))
            lines.AddRange(Inet("tcp", table.Tcp(filter), letters));
        Print(lines, hasProtocol: letters.Contains('x') || letters.Count("tuw".Contains) > 1);
    }

    /// <summary>Lists raw sockets. Many kernels cannot, which matters only to a user who asks for them.</summary>
    static List<InetSocketInfo> Raw(SocketTable table, SocketFilter filter, bool isOptional)
    {
        try
        {
            return table.Raw(filter);
        }
        catch (NetlinkException e) when (e.Errno == Errno.ENOENT && isOptional)
        {
            return [];
        }
    }

    static HashSet<char> Letters(string[] args, ProgramOptions options)
    {
        const string Known = "tuwxal46nie";
        HashSet<char> letters = [];
        foreach (string arg in args)
        {
            if (arg is not ['-', _, ..] || arg.Skip(1).Any(letter => !Known.Contains(letter)))
                options.Usage("[-tuwx] [-a | -l] [-46] [-n] [-e] [-i]");
            letters.UnionWith(arg.Skip(1));
        }
        return letters;
    }

    static IEnumerable<string[]> Inet(string protocol, List<InetSocketInfo> sockets, HashSet<char> letters) =>
        from socket in sockets
        let device = socket.InterfaceIndex == 0 ? "" : $"%{NameOf(socket.InterfaceIndex)}"
        let isV6Only = socket.IsV6Only == true
        select (string[])
        [
            protocol, NameOf(socket.State), $"{socket.ReceiveQueue}", $"{socket.SendQueue}",
            AddressOf(socket.Local, isV6Only) + device + ":", PortOf(socket.Local, protocol, letters),
            AddressOf(socket.Remote, isV6Only) + ":", PortOf(socket.Remote, protocol, letters),
            (letters.Contains('e') ? Owner(socket.Uid, socket.Inode, socket.Cookie) : "")
                + (letters.Contains('i') ? Statistics(socket) : ""),
        ];

    static IEnumerable<string[]> Unix(List<UnixSocketInfo> sockets, HashSet<char> letters) =>
        from socket in sockets
        select (string[])
        [
            socket.Type == SOCK_STREAM ? "u_str" : socket.Type == SOCK_DGRAM ? "u_dgr" : "u_seq",
            NameOf(socket.State), $"{socket.ReceiveQueue}", $"{socket.SendQueue}",
            PathOf(socket), $" {socket.Inode}", "*", $" {socket.PeerInode}",
            letters.Contains('e') ? Owner(socket.Uid ?? 0, 0, socket.Cookie) : "",
        ];

    static string NameOf(TcpState state) => state switch
    {
        TcpState.Established => "ESTAB",
        TcpState.SynSent => "SYN-SENT",
        TcpState.SynReceived => "SYN-RECV",
        TcpState.FinWait1 => "FIN-WAIT-1",
        TcpState.FinWait2 => "FIN-WAIT-2",
        TcpState.TimeWait => "TIME-WAIT",
        TcpState.CloseWait => "CLOSE-WAIT",
        TcpState.LastAck => "LAST-ACK",
        TcpState.Listen => "LISTEN",
        TcpState.Closing => "CLOSING",
        _ => "UNCONN",
    };

    static string NameOf(int index) => if_indextoname((uint)index) ?? $"if{index}";

    static string AddressOf(in SockAddr address, bool isV6Only)
    {
        if (address.Family == AF_INET)
            return $"{address.Address}";
        if (!isV6Only && address.Address.Equals(System.Net.IPAddress.IPv6Any))
            return "*"; // the socket serves IPv4 too
        return $"[{new System.Net.IPAddress(address.Address.GetAddressBytes())}]";
    }

    static string PortOf(in SockAddr address, string protocol, HashSet<char> letters) =>
        address.Port == 0 ? "*"
        : letters.Contains('n') || protocol == "raw" ? $"{address.Port}"
        : getservbyport(address.Port, protocol)?.Name ?? $"{address.Port}";

    static string PathOf(UnixSocketInfo socket) =>
        socket.Local.PathBytes.IsEmpty ? "*" : System.Text.Encoding.UTF8.GetString(socket.Local.PathBytes).Replace('\0', '@');

    static string Owner(uint uid, uint inode, ulong cookie) =>
        $"{(uid == 0 ? "" : $" uid:{uid}")}{(inode == 0 ? "" : $" ino:{inode}")} sk:{cookie:x}";

    static string Statistics(InetSocketInfo socket) => socket.TcpInfo is not { } info ? "" : FormattableString.Invariant(
        $"\n\t {socket.CongestionControl} rto:{info.Rto.TotalMilliseconds:0.###} rtt:{info.Rtt.TotalMilliseconds:0.###}/")
        + FormattableString.Invariant($"{info.RttVar.TotalMilliseconds:0.###} mss:{info.SndMss} pmtu:{info.Pmtu} cwnd:{info.SndCwnd} ")
        + $"bytes_sent:{info.BytesSent} bytes_acked:{info.BytesAcked} bytes_received:{info.BytesReceived} retrans:{info.TotalRetrans}";

    static void Print(List<string[]> lines, bool hasProtocol)
    {
        lines.Insert(0, ["Netid", "State", "Recv-Q", "Send-Q", "Local Address:", "Port", "Peer Address:", "Port", ""]);
        int[] widths = [.. Enumerable.Range(0, 8).Select(column => lines.Max(line => line[column].Length))];
        foreach (string[] line in lines)
        {
            string protocol = hasProtocol ? line[0].PadRight(widths[0] + 1) : "";
            string text = $"{protocol}{line[1].PadRight(widths[1])} {line[2].PadRight(widths[2])} {line[3].PadRight(widths[3])} "
                + $"{line[4].PadLeft(widths[4])}{line[5].PadRight(widths[5])} "
                + $"{line[6].PadLeft(widths[6])}{line[7].PadRight(widths[7])}{line[8]}";
            Console.WriteLine(text.TrimEnd());
        }
    }
}
