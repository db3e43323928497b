namespace Unp.Samples.udpcliserv;

/// <summary>TCP and UDP echo server with select. Each TCP client gets a child (figures 8.24 and 8.25).</summary>
static class udpservselect01
{
    public static void Main(string[] args, ProgramOptions options)
    {
        SockAddr servaddr = options.ServerAddress(AF_INET, SERV_PORT);
        using Fd listenfd = Socket(servaddr.Family, SOCK_STREAM);
        Setsockopt(listenfd, SocketOptions.ReuseAddr, true);
        Bind(listenfd, servaddr);
        Listen(listenfd);

        using Fd udpfd = Socket(servaddr.Family, SOCK_DGRAM);
        Bind(udpfd, Getsockname(listenfd)); // the same port, even if the kernel chose it

        Child.OnSigchld(Child.SigchldWaitpid);
        options.Ready(listenfd);

        Span<byte> mesg = stackalloc byte[MAXLINE];
        FdSet rset = default;
        while (true)
        {
            rset.Zero();
            rset.Set(listenfd);
            rset.Set(udpfd);
            Select(rset.Maxfdp1, ref rset);

            if (rset.IsSet(listenfd))
                Child.Start(Acceptor.Accept(listenfd), Str_echo);

            if (rset.IsSet(udpfd))
            {
                int n = Recvfrom(udpfd, mesg, 0, out SockAddr cliaddr);
                Reply.Send(udpfd, mesg[..n], cliaddr);
            }
        }
    }
}
