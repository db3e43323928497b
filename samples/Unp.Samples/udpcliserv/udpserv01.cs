namespace Unp.Samples.udpcliserv;

/// <summary>UDP echo server (figure 8.3).</summary>
static class udpserv01
{
    public static void Main(string[] args, ProgramOptions options)
    {
        SockAddr servaddr = options.ServerAddress(AF_INET, SERV_PORT);
        using Fd sockfd = Socket(servaddr.Family, SOCK_DGRAM);
        Bind(sockfd, servaddr);
        options.Ready(sockfd);

        Dg_echo(sockfd, Reply.Lost);
    }
}
