namespace Unp.Samples.names;

/// <summary><see cref="daytimeudpcli1"/> that binds the wildcard address first (UNP 11.14).</summary>
static class test2
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 2)
            options.Usage("<hostname/IPaddress> <service/port#>");

        using Fd sockfd = Udp_client(args[0], args[1], out SockAddr servaddr);
        SockAddr wildcard = SockAddr.Any(servaddr.Family);
        Bind(sockfd, wildcard);
        Console.WriteLine($"bound {Sock_ntop(wildcard)}");
        Console.WriteLine($"sending to {Sock_ntop_host(servaddr)}");
        Sendto(sockfd, [0], 0, servaddr);

        Span<byte> recvline = stackalloc byte[MAXLINE];
        int n = Recvfrom(sockfd, recvline, 0, out _);
        Write(Fd.StandardOutput, recvline[..n]);
    }
}
