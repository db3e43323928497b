namespace Unp.Samples.advio;

/// <summary>
/// UDP echo server with one socket and one child per IPv4 address of this host, so that it knows each datagram's destination (UNP 22.6).
/// Another socket with the wildcard address receives all other datagrams.
/// </summary>
static class udpserv03
{
    public static void Main(string[] args, ProgramOptions options)
    {
        SockAddr wildaddr = options.ServerAddress(AF_INET, SERV_PORT);
        Fd wildfd = Bind_all(wildaddr);
        options.Ready(wildfd);
        Thread.Sleep(Timeout.Infinite); // C's parent ends instead, and its children continue
    }

    /// <summary>Binds all sockets and starts their children (figures 22.15, 22.16 and 22.17).</summary>
    /// <param name="wildaddr">The wildcard address and the port. Any other address gets the only socket.</param>
    /// <returns>The last socket.</returns>
    public static Fd Bind_all(SockAddr wildaddr)
    {
        bool isWildcard = wildaddr == SockAddr.Any(wildaddr.Family, wildaddr.Port);
        Fd sockfd;
        SockAddr sa;
        foreach (IfiInfo ifi in isWildcard ? Get_ifi_info(wildaddr.Family, doaliases: true) : [])
        {
            // bind unicast address
            sockfd = Socket(wildaddr.Family, SOCK_DGRAM);
            Setsockopt(sockfd, SocketOptions.ReuseAddr, true);
            sa = ifi.Address;
            sa.Port = wildaddr.Port;
            Bind(sockfd, sa);
            sa = Getsockname(sockfd);
            wildaddr.Port = sa.Port; // if the kernel chose the port, the other sockets get the same one
            Console.WriteLine($"bound {Sock_ntop(sa)}");
            Fork(sockfd, sa);

            if (ifi.BroadcastAddress is { } brdaddr)
            {
                // try to bind broadcast address
                sockfd = Socket(wildaddr.Family, SOCK_DGRAM);
                Setsockopt(sockfd, SocketOptions.ReuseAddr, true);
                sa = brdaddr;
                sa.Port = wildaddr.Port;
                if (bind(sockfd, sa) < 0)
                {
                    if (Errno.Last != Errno.EADDRINUSE)
                        err_sys($"bind error for {Sock_ntop(sa)}");
                    Console.WriteLine($"EADDRINUSE: {Sock_ntop(sa)}"); // another interface has the same broadcast address
                    sockfd.Dispose();
                    continue;
                }
                Console.WriteLine($"bound {Sock_ntop(sa)}");
                Fork(sockfd, sa);
            }
        }

        // bind wildcard address
        sockfd = Socket(wildaddr.Family, SOCK_DGRAM);
        Setsockopt(sockfd, SocketOptions.ReuseAddr, true);
        Bind(sockfd, wildaddr);
        sa = Getsockname(sockfd);
        Console.WriteLine($"bound {Sock_ntop(sa)}");
        Fork(sockfd, sa);
        return sockfd;
    }

    /// <summary>Starts a child, which never ends: a thread in place of C's process.</summary>
    static void Fork(Fd sockfd, SockAddr myaddr) => ProgramThread.Start(() => Mydg_echo(sockfd, myaddr));

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
}
