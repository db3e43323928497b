namespace Unp.Samples.udpcliserv;

/// <summary>UDP echo client with a connected socket, which reports a port without a server as ECONNREFUSED (figure 8.17).</summary>
static class udpcli04
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 1)
            options.Usage("<IPaddress>");

        SockAddr servaddr = SockAddr.Inet(args[0], options.Port ?? SERV_PORT);
        using Fd sockfd = Socket(servaddr.Family, SOCK_DGRAM);
        Connect(sockfd, servaddr);

        Span<byte> line = stackalloc byte[MAXLINE];
        int n;
        while ((n = Readline(Fd.StandardInput, line)) > 0)
        {
            Write(sockfd, line[..n]);

            n = Read(sockfd, line);
            Write(Fd.StandardOutput, line[..n]);
        }
    }
}
