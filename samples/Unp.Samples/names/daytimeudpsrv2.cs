namespace Unp.Samples.names;

/// <summary>Protocol-independent UDP daytime server (figure 11.19).</summary>
static class daytimeudpsrv2
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length is not (1 or 2))
            options.Usage("[ <host> ] <service or port>");

        using Fd sockfd = args is [var host, var service] ? Udp_server(host, service) : Udp_server(null, args[0]);
        options.Ready(sockfd, args[^1]);

        Span<byte> buff = stackalloc byte[MAXLINE];
        while (true)
        {
            Recvfrom(sockfd, buff, 0, out SockAddr cliaddr);
            Console.WriteLine($"datagram from {Sock_ntop(cliaddr)}");
            Reply.Send(sockfd, Daytime.Line(), cliaddr);
        }
    }
}
