namespace Unp.Samples.intro;

/// <summary>TCP daytime client (figure 1.5).</summary>
static class daytimetcpcli
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 1)
            options.Usage("<IPaddress>");

        SockAddr servaddr = SockAddr.Inet(args[0], options.Port ?? 13);
        using Fd sockfd = Socket(servaddr.Family, SOCK_STREAM);
        Connect(sockfd, servaddr);

        Span<byte> recvline = stackalloc byte[MAXLINE];
        int n;
        while ((n = Read(sockfd, recvline)) > 0)
            Write(Fd.StandardOutput, recvline[..n]);
    }
}
