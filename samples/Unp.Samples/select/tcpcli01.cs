namespace Unp.Samples.select;

/// <summary>
/// TCP echo client that waits for the server and standard input at once (figure 6.9). The end of input ends it, also while answers are still on
/// their way: that is what is wrong with it (section 6.5).
/// </summary>
static class tcpcli01
{
    public static void Main(string[] args, Options options)
    {
        if (args.Length != 1)
            err_quit("usage: tcpcli01 <IPaddress>");

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
