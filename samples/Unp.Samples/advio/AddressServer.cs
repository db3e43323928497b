using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Unp.Samples.advio;

/// <summary>
/// The work of <see cref="udpserv03"/> and <see cref="udpserv04"/>: a socket and a child for each unicast and broadcast address of the interfaces, and
/// one for the wildcard, which gets what is for none of them.
/// </summary>
static class AddressServer
{
    /// <summary>Serves for ever.</summary>
    /// <param name="wildaddr">The wildcard with the port; another address is served alone.</param>
    /// <param name="ready">Called with the last socket when all are bound.</param>
    public static void Run(SockAddr wildaddr, Action<Fd> ready)
    {
        var sockets = new List<Fd>();
        if (wildaddr == SockAddr.Any(wildaddr.Family, wildaddr.Port))
        {
            foreach (var (unicast, broadcast) in Interfaces(wildaddr.Family))
            {
                sockets.Add(Bound(unicast, ref wildaddr));
                if (broadcast is not null && TryBind(broadcast, wildaddr.Port) is { } sockfd)
                    sockets.Add(sockfd);
            }
        }
        sockets.Add(Bound(wildaddr.Address, ref wildaddr));
        ready(sockets[^1]);

        foreach (Fd sockfd in sockets)
        {
            SockAddr myaddr = Getsockname(sockfd);
            ProgramThread.Start(() => Mydg_echo(sockfd, myaddr));
        }
        Thread.Sleep(Timeout.Infinite); // C's parent ends, and leaves its children alone
    }

    static void Mydg_echo(Fd sockfd, SockAddr myaddr)
    {
        Span<byte> mesg = stackalloc byte[MAXLINE];
        while (true)
        {
            int n = Recvfrom(sockfd, mesg, 0, out SockAddr cliaddr);
            Console.WriteLine($"child {Environment.CurrentManagedThreadId}, datagram from {Sock_ntop(cliaddr)}, to {Sock_ntop(myaddr)}");
            Reply.Send(sockfd, mesg[..n], cliaddr);
        }
    }

    /// <summary>The interfaces' addresses of one family; with IPv4's broadcast address, where there is one.</summary>
    static IEnumerable<(IPAddress Unicast, IPAddress? Broadcast)> Interfaces(int family) =>
        from one in NetworkInterface.GetAllNetworkInterfaces()
        from address in one.GetIPProperties().UnicastAddresses
        where address.Address.AddressFamily == (family == AF_INET ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6)
        select (address.Address, family == AF_INET && IsBroadcast(one) ? Broadcast(address) : null);

    /// <summary>IFF_BROADCAST, which .NET does not tell.</summary>
    static bool IsBroadcast(NetworkInterface one) =>
        one.NetworkInterfaceType is not (NetworkInterfaceType.Loopback or NetworkInterfaceType.Ppp or NetworkInterfaceType.Tunnel);

    /// <summary>All ones behind the prefix (section 20.2); two addresses or one leave no room for it.</summary>
    static IPAddress? Broadcast(UnicastIPAddressInformation address)
    {
        if (address.PrefixLength > 30)
            return null;
        byte[] bytes = address.Address.GetAddressBytes();
        for (int bit = address.PrefixLength; bit < 32; bit++)
            bytes[bit / 8] |= (byte)(0x80 >> (bit % 8));
        return new IPAddress(bytes);
    }

    /// <summary>A bound socket. Where the kernel chose the first one's port, the others get the same.</summary>
    static Fd Bound(IPAddress address, ref SockAddr wildaddr)
    {
        Fd sockfd = Reusable(wildaddr.Family);
        Bind(sockfd, new SockAddr(address, wildaddr.Port));
        wildaddr.Port = Getsockname(sockfd).Port;
        Console.WriteLine($"bound {Sock_ntop(Getsockname(sockfd))}");
        return sockfd;
    }

    /// <summary>A socket bound to a broadcast address; null where another interface has the same.</summary>
    static Fd? TryBind(IPAddress address, int port)
    {
        var sa = new SockAddr(address, port);
        Fd sockfd = Reusable(sa.Family);
        if (bind(sockfd, sa) == 0)
        {
            Console.WriteLine($"bound {Sock_ntop(sa)}");
            return sockfd;
        }
        if (Errno.Last != Errno.EADDRINUSE)
            err_sys($"bind error for {Sock_ntop(sa)}");
        Console.WriteLine($"EADDRINUSE: {Sock_ntop(sa)}");
        sockfd.Dispose();
        return null;
    }

    static Fd Reusable(int family)
    {
        Fd sockfd = Socket(family, SOCK_DGRAM);
        Setsockopt(sockfd, SocketOptions.ReuseAddr, true);
        return sockfd;
    }
}
