using System.CommandLine;

namespace Unp.Samples.advio;

/// <summary>
/// UDP echo client that sets source address, interface, hop limit and traffic class for each datagram, and prints those of the reply
/// (UNP 22.8). With <c>--dont-fragment</c> it also prints the path MTU when a datagram was too long (UNP 22.9).
/// </summary>
static class udpcli05
{
    public static readonly Option<int?> Hops = NumberOption.Create(
        "--hops", "number", "the TTL or hop limit of each datagram", 1, 255, "must be 1 to 255");

    public static readonly Option<int?> Class = NumberOption.Create(
        "--class", "number", "the type of service or traffic class of each datagram", 0, 255, "must be 0 to 255");

    public static readonly Option<string?> Source = new("--source")
    {
        Description = "the source address, one of this host",
        HelpName = "address",
    };

    public static readonly Option<string?> Interface = new("--interface")
    {
        Description = "the outgoing interface",
        HelpName = "name",
    };

    public static readonly Option<bool> DontFragment = new("--dont-fragment")
    {
        Description = "do not fragment: a datagram that is too long fails, and the path MTU is printed",
    };

    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 1)
            options.Usage("<IPaddress>");
        SockAddr servaddr = SockAddr.Inet(args[0], options.Port ?? SERV_PORT);
        int family = servaddr.Family;
        using Fd sockfd = Socket(family, SOCK_DGRAM);
        foreach (SocketOption<bool> option in DatagramFacts.OptionsOf(family))
            Setsockopt(sockfd, option, true);
        bool mayNotFragment = options.Value(DontFragment);
        if (mayNotFragment && family == AF_INET)
        {
            Setsockopt(sockfd, SocketOptions.IpMtuDiscover, IP_PMTUDISC_DO);
        }
        else if (mayNotFragment)
        {
            Setsockopt(sockfd, SocketOptions.Ipv6DontFrag, true);
            Setsockopt(sockfd, SocketOptions.Ipv6RecvPathMtu, true);
        }

        var control = new ControlWriter(stackalloc byte[DatagramFacts.Space]);
        AddTo(ref control, options, family);
        Span<byte> line = stackalloc byte[MAXLINE], space = stackalloc byte[DatagramFacts.Space];
        int n;
        while ((n = Readline(Fd.StandardInput, line)) > 0)
        {
            try
            {
                Sendmsg(sockfd, line[..n], to: servaddr, control: control.Written);
            }
            catch (UnpException failure) when (failure.Errno == Errno.EMSGSIZE && mayNotFragment)
            {
                Console.WriteLine($"{n} bytes are too long: the path MTU to {Sock_ntop_host(servaddr)} is {PathMtu(sockfd, servaddr)}");
                continue;
            }

            ReceivedMessage reply = Recvmsg(sockfd, line, control: space);
            Console.WriteLine($"{reply.Length}-byte reply from {Sock_ntop(reply.Address)}, {DatagramFacts.Describe(reply)}");
            Writen(Fd.StandardOutput, line[..reply.Length]);
        }
    }

    static void AddTo(ref ControlWriter control, ProgramOptions options, int family)
    {
        string? source = options.Value(Source), name = options.Value(Interface);
        if (source is not null || name is not null)
        {
            SockAddr address = source is null ? SockAddr.Any(family) : SockAddr.Inet(source, 0);
            if (address.Family != family)
                err_quit($"--source {source}: the address must be of the family of the server's");
            control.AddPacketInfo(address, name is null ? 0 : (int)If_nametoindex(name));
        }
        if (options.Value(Hops) is { } hops)
            control.AddHopLimit(family, hops);
        if (options.Value(Class) is { } value)
            control.AddTrafficClass(family, value);
    }

    /// <summary>
    /// Returns the path MTU. IPv6 reports it to the socket, as a message without data. For IPv4 a connected socket knows it.
    /// </summary>
    static int PathMtu(Fd sockfd, in SockAddr servaddr)
    {
        if (servaddr.Family == AF_INET6)
        {
            ReceivedMessage notice = Recvmsg(sockfd, Span<byte>.Empty, control: new byte[DatagramFacts.Space]);
            if (notice.TryGetPathMtu(out _, out int mtu))
                return mtu;
        }
        using Fd connected = Socket(servaddr.Family, SOCK_DGRAM);
        Connect(connected, servaddr);
        return Getsockopt(connected, servaddr.Family == AF_INET6 ? SocketOptions.Ipv6Mtu : SocketOptions.IpMtu);
    }
}
