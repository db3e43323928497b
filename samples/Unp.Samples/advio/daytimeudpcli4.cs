namespace Unp.Samples.advio;

/// <summary><see cref="daytimeudpcli3"/> with a connected socket and a request of two bytes (UNP 14.7).</summary>
static class daytimeudpcli4
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 2)
            options.Usage("<hostname/IPaddress> <service/port#>");

        using Fd sockfd = Udp_connect(args[0], args[1]);
        Console.WriteLine($"connected to {Sock_ntop_host(Getpeername(sockfd))}");
        Write(sockfd, [0, 0]);

        Span<byte> recvline = stackalloc byte[MAXLINE];
        int n = Recv(sockfd, recvline, MSG_PEEK);

        int nq = 0;
        Ioctl(sockfd, FIONREAD, ref nq);
        Console.WriteLine($"{n} bytes from PEEK, {nq} bytes pending");

        n = Read(sockfd, recvline);
        Write(Fd.StandardOutput, recvline[..n]);
    }
}
