using System.CommandLine;

namespace Unp.Samples.bcast;

/// <summary>The options, the socket and the output of the six clients. Their loops are the figures.</summary>
static class BroadcastOptions
{
    public static readonly Option<int?> Seconds = NumberOption.Create(
        "--seconds", "number", "how long replies are awaited, instead of the book's time", 1, 3600, "must be 1 to 3600");

    public static readonly Option<bool> DontFragment = new("--dont-fragment")
    {
        Description = "let a datagram beyond the MTU fail with EMSGSIZE, as on systems that never fragment a broadcast",
    };

    public static readonly Option[] All = [Seconds, DontFragment];

    /// <summary>Creates the client's socket and the address of the server, and allows broadcasts.</summary>
    public static Fd Open(string[] args, ProgramOptions options, out SockAddr servaddr)
    {
        if (args.Length != 1)
            options.Usage("<IPaddress>");

        servaddr = SockAddr.Inet(args[0], options.Port ?? 13);
        Fd sockfd = Socket(servaddr.Family, SOCK_DGRAM);
        Setsockopt(sockfd, SocketOptions.Broadcast, true);
        if (options.Value(DontFragment))
            Setsockopt(sockfd, SocketOptions.IpMtuDiscover, IP_PMTUDISC_DO);
        return sockfd;
    }

    /// <summary>
    /// Sends a line. If it is too long for one packet and may not be fragmented, the error names the interface and its MTU (UNP 20.4).
    /// </summary>
    public static void Send(Fd sockfd, ReadOnlySpan<byte> line, in SockAddr servaddr)
    {
        try
        {
            Sendto(sockfd, line, 0, servaddr);
        }
        catch (UnpException refused) when (refused.Errno == Errno.EMSGSIZE && InterfaceTo(servaddr) is { } name)
        {
            var ifr = new ifreq { ifr_name = name };
            Ioctl(sockfd, SIOCGIFMTU, ref ifr);
            err_quit($"{refused.Message}: {line.Length} bytes of data, and the MTU of {name} is {ifr.ifr_mtu}");
        }
    }

    /// <summary>Returns the interface over which an address is reached: a connected socket has its address. Null if none has it.</summary>
    static string? InterfaceTo(in SockAddr servaddr)
    {
        using Fd probe = Socket(servaddr.Family, SOCK_DGRAM);
        Setsockopt(probe, SocketOptions.Broadcast, true);
        Connect(probe, servaddr);
        SockAddr local = Getsockname(probe);
        local.Port = 0;
        return Array.Find(Getifaddrs(), one => one.Address == local)?.Name;
    }

    public static void Print(in SockAddr from, ReadOnlySpan<byte> line)
    {
        Writen(Fd.StandardOutput, System.Text.Encoding.ASCII.GetBytes($"from {Sock_ntop_host(from)}: "));
        Writen(Fd.StandardOutput, line);
    }
}
