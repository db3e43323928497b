namespace Unp.Samples.nonblock;

/// <summary>Daytime client with a nonblocking connect, although it waits for the result at once (UNP 16.4).</summary>
static class daytimetcpcli
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 1)
            options.Usage("<IPaddress>");

        SockAddr servaddr = SockAddr.Inet(args[0], options.Port ?? 13);
        using Fd sockfd = Socket(servaddr.Family, SOCK_STREAM);
        Connect_nonb(sockfd, servaddr);

        Span<byte> recvline = stackalloc byte[MAXLINE];
        int n;
        while ((n = Read(sockfd, recvline)) > 0)
            Write(Fd.StandardOutput, recvline[..n]);
    }
}
