namespace Unp.Samples.mcast;

/// <summary>UDP echo server that joins the group of all hosts, 224.0.0.1 (UNP 21.8).</summary>
static class udpserv01
{
    public static void Main(string[] args, ProgramOptions options)
    {
        SockAddr servaddr = options.ServerAddress(AF_INET, SERV_PORT);
        using Fd sockfd = Socket(servaddr.Family, SOCK_DGRAM);
        Bind(sockfd, servaddr);

        // As in C, the result is ignored: a host without a route to the group is a member of it anyway.
        mcast_join(sockfd, SockAddr.Inet("224.0.0.1", 0));
        options.Ready(sockfd);

        Dg_echo(sockfd, Reply.Lost);
    }
}
