using System.CommandLine;

namespace Unp.Samples.ipopts;

/// <summary>
/// UDP echo client for IPv6 that sends its datagrams through the given hosts (UNP 27.6). The book's routing header, type 0, is obsolete
/// (RFC 5095), and Linux refuses it. There the program sends a segment routing header, type 4.
/// </summary>
static class udpcli01
{
    public static readonly Option<int> Type = new("--type")
    {
        Description = "type of the routing header: 0 (the book's), or 4 (segment routing, which is the default on Linux)",
        DefaultValueFactory = _ => OperatingSystem.IsLinux() ? IPV6_SRCRT_TYPE_4 : IPV6_RTHDR_TYPE_0,
    };

    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length == 0)
            options.Usage("[ <hostname> ... ] <hostname>");

        string[] hops = args[..^1];
        byte[] header = [];
        if (hops.Length > 0)
        {
            header = new byte[Inet6_rth_space(options.Value(Type), hops.Length)];
            Inet6_rth_init(header, options.Value(Type), hops.Length);
            foreach (string hop in hops)
                Inet6_rth_add(header, Host_serv(hop, null, AF_INET6, 0)[0].Address);
        }

        SockAddr servaddr = Host_serv(args[^1], $"{options.Port ?? SERV_PORT}", AF_INET6, SOCK_DGRAM)[0].Address;
        using Fd sockfd = Socket(servaddr.Family, SOCK_DGRAM);
        if (hops.Length > 0)
            Setsockopt(sockfd, SocketOptions.Ipv6Rthdr, header);

        Dg_cli(Fd.StandardInput, sockfd, servaddr);
    }
}
