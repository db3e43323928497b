namespace Unp.Samples.advio;

/// <summary>Daytime client that asks for the number of pending bytes with MSG_PEEK and FIONREAD before it reads (UNP 14.7).</summary>
static class daytimetcpcli
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 2)
            options.Usage("<hostname/IPaddress> <service/port#>");

        using Fd sockfd = Tcp_connect(args[0], args[1]);
        Console.WriteLine($"connected to {Sock_ntop_host(Getpeername(sockfd))}");

        Span<byte> recvline = stackalloc byte[MAXLINE];
        int n;
        while ((n = Recv(sockfd, recvline, MSG_PEEK)) > 0)
        {
            int npend = 0;
            Ioctl(sockfd, FIONREAD, ref npend);
            Console.WriteLine($"{n} bytes from PEEK, {npend} bytes pending");

            n = Read(sockfd, recvline);
            Write(Fd.StandardOutput, recvline[..n]);
        }
    }
}
