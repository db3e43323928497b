namespace Unp.Samples.tcpcliserv;

/// <summary>
/// TCP echo client that sends the first byte of each line one second before the rest (figure 5.14). With a dead server the second write
/// raises SIGPIPE.
/// </summary>
static class tcpcli11
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 1)
            options.Usage("<IPaddress>");

        SockAddr servaddr = SockAddr.Inet(args[0], options.Port ?? SERV_PORT);
        using Fd sockfd = Socket(servaddr.Family, SOCK_STREAM);
        Connect(sockfd, servaddr);

        Span<byte> line = stackalloc byte[MAXLINE];
        int n;
        while ((n = Readline(Fd.StandardInput, line)) > 0)
        {
            Writen(sockfd, line[..1]);
            Thread.Sleep(TimeSpan.FromSeconds(1));
            Writen(sockfd, line[1..n]);

            if ((n = Readline(sockfd, line)) == 0)
                err_quit("str_cli: server terminated prematurely");
            Write(Fd.StandardOutput, line[..n]);
        }
    }
}
