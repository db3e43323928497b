namespace Unp.Samples.select;

/// <summary>
/// TCP echo client that waits for the server and standard input with select(2) (figure 6.9). It ends at the end of its input, even while
/// replies are in flight, which is wrong (UNP 6.5).
/// </summary>
static class tcpcli01
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 1)
            options.Usage("<IPaddress>");

        SockAddr servaddr = SockAddr.Inet(args[0], options.Port ?? 7);
        using Fd sockfd = Socket(servaddr.Family, SOCK_STREAM);
        Connect(sockfd, servaddr);

        Span<byte> line = stackalloc byte[MAXLINE];
        FdSet rset = default;
        while (true)
        {
            rset.Zero();
            rset.Set(Fd.StandardInput);
            rset.Set(sockfd);
            Select(rset.Maxfdp1, ref rset);

            if (rset.IsSet(sockfd))
            {
                int n = Readline(sockfd, line);
                if (n == 0)
                    err_quit("str_cli: server terminated prematurely");
                Write(Fd.StandardOutput, line[..n]);
            }

            if (rset.IsSet(Fd.StandardInput))
            {
                int n = Readline(Fd.StandardInput, line);
                if (n == 0)
                    return;
                Writen(sockfd, line[..n]);
            }
        }
    }
}
