namespace Unp.Samples.nonblock;

/// <summary>
/// TCP echo client with two threads, where the book has two processes (figure 16.10). The "child" prints the replies while the parent
/// sends the input. At the end the child sends SIGTERM to the program, so the exit status is always 143.
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

        Str_cli(Fd.StandardInput, sockfd);
    }

    static void Str_cli(Fd fp, Fd sockfd)
    {
        var pid = new Thread(() => // child: server to standard output
        {
            UnpProgram.Run(() =>
            {
                Span<byte> recvline = stackalloc byte[MAXLINE];
                int n;
                while ((n = Readline(sockfd, recvline)) > 0)
                    Write(Fd.StandardOutput, recvline[..n]);
            });
            _ = kill(getpid(), SIGTERM); // the parent may still run
        });
        pid.IsBackground = true; // the program can end when the parent fails
        ProgramThread.StartOrQuit(pid);

        // parent: standard input to server
        Span<byte> sendline = stackalloc byte[MAXLINE];
        int n;
        while ((n = Readline(fp, sendline)) > 0)
            Writen(sockfd, sendline[..n]);
        Shutdown(sockfd, SHUT_WR); // end of input, send FIN
        Thread.Sleep(Timeout.Infinite); // pause()
    }
}
