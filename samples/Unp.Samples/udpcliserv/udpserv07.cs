namespace Unp.Samples.udpcliserv;

/// <summary><see cref="udpserv06"/> with a receive buffer of 220 KiB, so that fewer datagrams are lost (figure 8.22).</summary>
static class udpserv07
{
    static int count;

    public static void Main(string[] args, ProgramOptions options)
    {
        SockAddr servaddr = options.ServerAddress(AF_INET, SERV_PORT);
        using Fd sockfd = Socket(servaddr.Family, SOCK_DGRAM);
        Setsockopt(sockfd, SocketOptions.RcvBuf, 220 * 1024);
        Bind(sockfd, servaddr);
        using IDisposable sigint = Signal(SIGINT, recvfrom_int);
        options.Ready(sockfd, handlesSigint: true);

        Span<byte> mesg = stackalloc byte[MAXLINE];
        while (true)
        {
            Recvfrom(sockfd, mesg, 0, out _);
            count++;
        }
    }

    static void recvfrom_int(int signo)
    {
        Console.WriteLine($"\nreceived {count} datagrams");
        Environment.Exit(0);
    }
}
