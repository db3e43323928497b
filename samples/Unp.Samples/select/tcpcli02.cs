namespace Unp.Samples.select;

/// <summary>TCP echo client with select that half-closes at the end of its input and reads the remaining replies (figure 6.13).</summary>
static class tcpcli02
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 1)
            options.Usage("<IPaddress>");

        SockAddr servaddr = SockAddr.Inet(args[0], options.Port ?? 7);
        using Fd sockfd = Socket(servaddr.Family, SOCK_STREAM);
        Connect(sockfd, servaddr);

        Span<byte> buf = stackalloc byte[MAXLINE];
        bool stdineof = false;
        FdSet rset = default;
        while (true)
        {
            rset.Zero();
            if (!stdineof)
                rset.Set(Fd.StandardInput);
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

            if (rset.IsSet(Fd.StandardInput))
            {
                int n = Read(Fd.StandardInput, buf);
                if (n == 0)
                {
                    stdineof = true;
                    Shutdown(sockfd, SHUT_WR);
                    continue;
                }
                Writen(sockfd, buf[..n]);
            }
        }
    }
}
