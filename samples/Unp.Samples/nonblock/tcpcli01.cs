namespace Unp.Samples.nonblock;

/// <summary>
/// TCP echo client with two threads, where the book uses two processes (figure 16.10). One thread sends the input, and its "child" prints
/// the replies. At the end the child sends SIGTERM to the program, so the exit status is always 143.
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

        // A background thread, so that the program can end when sending the input fails.
        ProgramThread.StartOrQuit(new Thread(() => Child(sockfd)) { IsBackground = true });

        Span<byte> sendline = stackalloc byte[MAXLINE];
        int n;
        while ((n = Readline(Fd.StandardInput, sendline)) > 0)
            Writen(sockfd, sendline[..n]);
        Shutdown(sockfd, SHUT_WR);
        Thread.Sleep(Timeout.Infinite); // pause()
    }

    static void Child(Fd sockfd)
    {
        UnpProgram.Run(() =>
        {
            Span<byte> recvline = stackalloc byte[MAXLINE];
            int n;
            while ((n = Readline(sockfd, recvline)) > 0)
                Write(Fd.StandardOutput, recvline[..n]);
        });
        _ = kill(getpid(), SIGTERM);
    }
}
