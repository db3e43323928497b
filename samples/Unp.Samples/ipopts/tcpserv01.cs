namespace Unp.Samples.ipopts;

/// <summary>
/// TCP echo server that prints the source route of each connection (UNP 27.3). The kernel replies along the reversed route. A host drops
/// packets with a source route unless <c>net.ipv4.conf.*.accept_source_route</c> is 1.
/// </summary>
static class tcpserv01
{
    public static void Main(string[] args, ProgramOptions options)
    {
        SockAddr servaddr = options.ServerAddress(AF_INET, SERV_PORT);
        using Fd listenfd = Socket(servaddr.Family, SOCK_STREAM);
        Setsockopt(listenfd, SocketOptions.ReuseAddr, true);
        Bind(listenfd, servaddr);
        Listen(listenfd);
        options.Ready(listenfd);

        while (true)
        {
            Fd connfd = Acceptor.Accept(listenfd);

            // A connection that its client has reset already keeps its options.
            byte[] opts = Getsockopt(connfd, SocketOptions.IpOptions);
            if (opts.Length > 0)
            {
                Console.WriteLine($"received IP options, len = {opts.Length}");
                inet_srcrt_print(opts);
            }
            Child.Start(connfd, Str_echo);
        }
    }
}
