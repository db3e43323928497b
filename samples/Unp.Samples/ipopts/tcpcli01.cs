using System.CommandLine;

namespace Unp.Samples.ipopts;

/// <summary>
/// TCP echo client that sends its packets along a source route (UNP 27.3). Recent Linux kernels require CAP_NET_RAW for the route.
/// Routers and hosts drop such packets unless <c>net.ipv4.conf.*.accept_source_route</c> is 1, also the client's host. Then
/// <c>Connect</c> fails with ETIMEDOUT.
/// </summary>
static class tcpcli01
{
    public static readonly Option<bool> Loose = new("-g") { Description = "a loose source route: other routers may be between the hosts" };

    public static readonly Option<bool> Strict = new("-G") { Description = "a strict source route: each host is a neighbour of the next" };

    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length == 0)
            options.Usage("[ -[gG] <hostname> ... ] <hostname>");
        bool isLoose = options.Value(Loose), isStrict = options.Value(Strict), hasRoute = isLoose || isStrict;
        if (isLoose && isStrict)
            err_quit("can't use both -g and -G");
        if (!hasRoute && args.Length > 1)
            err_quit("need -g or -G to specify route");

        Span<byte> route = stackalloc byte[40]; // the options that fit into an IPv4 header
        if (hasRoute)
        {
            Inet_srcrt_init(route, isStrict ? 1 : 0);
            foreach (string hop in args[..^1])
                Inet_srcrt_add(route, hop);
        }

        SockAddr servaddr = Host_serv(args[^1], $"{options.Port ?? SERV_PORT}", AF_INET, SOCK_STREAM)[0].Address;
        using Fd sockfd = Socket(servaddr.Family, SOCK_STREAM);
        if (hasRoute)
        {
            int len = Inet_srcrt_add(route, servaddr); // the destination at the end
            Setsockopt(sockfd, SocketOptions.IpOptions, route[..len].ToArray());
        }
        Connect(sockfd, servaddr);

        Str_cli(Fd.StandardInput, sockfd);
    }
}
