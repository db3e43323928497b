namespace Unp.Samples.advio;

/// <summary>UDP daytime client that asks for the number of pending bytes with MSG_PEEK and FIONREAD before it reads (UNP 14.7).</summary>
static class daytimeudpcli3
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 2)
            options.Usage("<hostname/IPaddress> <service/port#>");

        using Fd sockfd = Udp_client(args[0], args[1], out SockAddr servaddr);
        Console.WriteLine($"sending to {Sock_ntop_host(servaddr)}");
        Sendto(sockfd, [0], 0, servaddr);

        Span<byte> recvline = stackalloc byte[MAXLINE];
        int n = Recvfrom(sockfd, recvline, MSG_PEEK, out _);

        int nq = 0;
        Ioctl(sockfd, FIONREAD, ref nq);
        Console.WriteLine($"{n} bytes from PEEK, {nq} bytes pending");

        n = Recvfrom(sockfd, recvline, 0, out _);
        Write(Fd.StandardOutput, recvline[..n]);
    }
}
