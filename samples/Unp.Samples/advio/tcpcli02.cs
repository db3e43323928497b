namespace Unp.Samples.advio;

/// <summary>
/// TCP echo client that combines select with <c>Readline</c>, which is wrong (UNP 14.8). select(2) sees the descriptor but not the lines
/// that were read ahead. Of two lines that arrive together, the second is printed only when more data or the end arrives.
/// </summary>
static class tcpcli02
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 1)
            options.Usage("<IPaddress>");

        SockAddr servaddr = SockAddr.Inet(args[0], options.Port ?? SERV_PORT);
        using Fd sockfd = Socket(servaddr.Family, SOCK_STREAM);
        Connect(sockfd, servaddr);

        Span<byte> line = stackalloc byte[MAXLINE];
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
                int n = Readline(sockfd, line);
                if (n == 0 && stdineof)
                    return;
                if (n == 0)
                    err_quit("str_cli: server terminated prematurely");
                Write(Fd.StandardOutput, line[..n]);
            }

            if (rset.IsSet(Fd.StandardInput))
            {
                int n = Readline(Fd.StandardInput, line);
                if (n == 0)
                {
                    stdineof = true;
                    Shutdown(sockfd, SHUT_WR);
                    continue;
                }
                Writen(sockfd, line[..n]);
            }
        }
    }
}
