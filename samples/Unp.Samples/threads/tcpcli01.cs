namespace Unp.Samples.threads;

/// <summary>TCP echo client with two threads: one sends the input, the main thread prints the replies (figure 26.2).</summary>
static class tcpcli01
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 2)
            options.Usage("<hostname> <service>");

        using Fd sockfd = Tcp_connect(args[0], args[1]);
        ProgramThread.Start(() => Copyto(sockfd));

        Span<byte> recvline = stackalloc byte[MAXLINE];
        int n;
        while ((n = Readline(sockfd, recvline)) > 0)
            Write(Fd.StandardOutput, recvline[..n]);
    }

    static void Copyto(Fd sockfd)
    {
        Span<byte> sendline = stackalloc byte[MAXLINE];
        int n;
        while ((n = Readline(Fd.StandardInput, sendline)) > 0)
            Writen(sockfd, sendline[..n]);
        Shutdown(sockfd, SHUT_WR);
    }
}
