namespace Unp.Samples.oob;

/// <summary>TCP echo client with a heartbeat, which detects that the server is unreachable (UNP 24.5).</summary>
static class tcpcli02
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 1)
            options.Usage("<IPaddress>");

        SockAddr servaddr = SockAddr.Inet(args[0], options.Port ?? SERV_PORT);
        using Fd sockfd = Socket(servaddr.Family, SOCK_STREAM);
        Connect(sockfd, servaddr);
        Str_cli(Fd.StandardInput, sockfd);
    }

    static void Str_cli(Fd fp, Fd sockfd)
    {
        using Heartbeat heart = Heartbeat_cli(sockfd, TimeSpan.FromSeconds(1), 5, silent: () =>
        {
            err_msg("server is unreachable");
            Environment.Exit(0);
        });

        Span<byte> buf = stackalloc byte[MAXLINE];
        bool stdineof = false;
        FdSet rset = default;
        while (true)
        {
            rset.Zero();
            if (!stdineof)
                rset.Set(fp);
            rset.Set(sockfd);
            Select(rset.Maxfdp1, ref rset);

            if (rset.IsSet(sockfd))
            {
                int n = Read(sockfd, buf);
                if (n == 0)
                {
                    if (stdineof)
                        return;
                    err_quit("str_cli: server terminated prematurely");
                }
                Write(Fd.StandardOutput, buf[..n]);
            }

            if (rset.IsSet(fp))
            {
                int n = Read(fp, buf);
                if (n == 0)
                {
                    stdineof = true;
                    heart.Dispose();
                    Shutdown(sockfd, SHUT_WR);
                    continue;
                }
                Writen(sockfd, buf[..n]);
            }
        }
    }
}
