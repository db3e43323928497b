namespace Unp.Samples.names;

/// <summary>Protocol-independent UDP daytime client (figure 11.16).</summary>
static class daytimeudpcli1
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 2)
            options.Usage("<hostname/IPaddress> <service/port#>");

        using Fd sockfd = Udp_client(args[0], args[1], out SockAddr servaddr);
        Console.WriteLine($"sending to {Sock_ntop_host(servaddr)}");
        Sendto(sockfd, [0], 0, servaddr);

        Span<byte> recvline = stackalloc byte[MAXLINE];
        int n = Recvfrom(sockfd, recvline, 0, out _);
        Write(Fd.StandardOutput, recvline[..n]);
    }
}
