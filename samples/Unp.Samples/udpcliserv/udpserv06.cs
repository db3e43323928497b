namespace Unp.Samples.udpcliserv;

/// <summary>Counts received datagrams and prints the count on SIGINT (figure 8.20).</summary>
static class udpserv06
{
    static int count;

    public static void Main(string[] args, ProgramOptions options)
    {
        SockAddr servaddr = options.ServerAddress(AF_INET, SERV_PORT);
        using Fd sockfd = Socket(servaddr.Family, SOCK_DGRAM);
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
