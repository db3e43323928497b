namespace Unp.Samples.threads;

/// <summary><see cref="tcpcli01"/> that reports when the server ends before the input (exercise 26.3).</summary>
static class tcpcli02
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 2)
            options.Usage("<hostname> <service>");

        // Set before the FIN is sent, so it is set when the server ends because of the FIN.
        bool done = false;
        using Fd sockfd = Tcp_connect(args[0], args[1]);
        ProgramThread.Start(() =>
        {
            Span<byte> sendline = stackalloc byte[MAXLINE];
            int n;
            while ((n = Readline(Fd.StandardInput, sendline)) > 0)
                Writen(sockfd, sendline[..n]);
            Volatile.Write(ref done, true);
            Shutdown(sockfd, SHUT_WR);
        });

        Span<byte> recvline = stackalloc byte[MAXLINE];
        int received;
        while ((received = Readline(sockfd, recvline)) > 0)
            Write(Fd.StandardOutput, recvline[..received]);
        if (!Volatile.Read(ref done))
            err_quit("server terminated prematurely");
    }
}
