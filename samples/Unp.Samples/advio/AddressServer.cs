using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Unp.Samples.advio;

/// <summary>
/// The work of <see cref="udpserv03"/> and <see cref="udpserv04"/>: one socket and one child per unicast and broadcast address of the
/// interfaces. Another socket with the wildcard receives all other datagrams.
/// </summary>
static class AddressServer
{
    /// <summary>Serves indefinitely.</summary>
    /// <param name="wildaddr">The wildcard address and the port. Any other address gets a single socket.</param>
    /// <param name="ready">Called with the last socket when all sockets are bound.</param>
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
        Thread.Sleep(Timeout.Infinite); // C's parent ends instead, and its children continue
    }

    static void Mydg_echo(Fd sockfd, SockAddr myaddr)
    {
        Span<byte> mesg = stackalloc byte[MAXLINE];
        while (true)
        {
            int n = Recvfrom(sockfd, mesg, 0, out SockAddr cliaddr);
            int childNumber = Environment.CurrentManagedThreadId;
            Console.WriteLine($"child {childNumber}, datagram from {Sock_ntop(cliaddr)}, to {Sock_ntop(myaddr)}");
            Reply.Send(sockfd, mesg[..n], cliaddr);
        }
    }

    /// <summary>Returns the addresses of one family of all interfaces, for IPv4 with the broadcast address if there is one.</summary>
    static IEnumerable<(IPAddress Unicast, IPAddress? Broadcast)> Interfaces(int family) =>
        from one in NetworkInterface.GetAllNetworkInterfaces()
        from address in one.GetIPProperties().UnicastAddresses
        where address.Address.AddressFamily == (family == AF_INET ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6)
        select (address.Address, family == AF_INET && IsBroadcast(one) ? Broadcast(address) : null);

    /// <summary>Replaces the flag IFF_BROADCAST, which .NET does not expose.</summary>
    static bool IsBroadcast(NetworkInterface one) =>
        one.NetworkInterfaceType is not (NetworkInterfaceType.Loopback or NetworkInterfaceType.Ppp or NetworkInterfaceType.Tunnel);

    /// <summary>Sets all bits after the prefix (UNP 20.2). A prefix of 31 or 32 bits leaves no broadcast address.</summary>
    static IPAddress? Broadcast(UnicastIPAddressInformation address)
    {
        if (address.PrefixLength > 30)
            return null;
        byte[] bytes = address.Address.GetAddressBytes();
        for (int bit = address.PrefixLength; bit < 32; bit++)
            bytes[bit / 8] |= (byte)(0x80 >> (bit % 8));
        return new IPAddress(bytes);
    }

    /// <summary>Binds a socket. If the kernel chose the port of the first socket, the others get the same port.</summary>
    static Fd Bound(IPAddress address, ref SockAddr wildaddr)
    {
        Fd sockfd = Reusable(wildaddr.Family);
        Bind(sockfd, new SockAddr(address, wildaddr.Port));
        wildaddr.Port = Getsockname(sockfd).Port;
        Console.WriteLine($"bound {Sock_ntop(Getsockname(sockfd))}");
        return sockfd;
    }

    /// <summary>Binds a socket to a broadcast address. Returns null if another interface has the same address.</summary>
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
