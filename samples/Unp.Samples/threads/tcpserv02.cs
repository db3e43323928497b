namespace Unp.Samples.threads;

/// <summary>
/// The same as <see cref="tcpserv01"/>, each thread with a variable of its own for the descriptor, and echo by lines (figure 26.4). C asks
/// <c>malloc</c> for that variable; here it is declared inside of the loop. Before the loop, it would be one for all threads, and a client that comes
/// before the last one's thread runs would take its place.
/// </summary>
static class tcpserv02
{
    public static void Main(string[] args, Options options)
    {
        using Fd listenfd = EchoServer.Listen("tcpserv02", args, options);
        while (true)
        {
            Fd connfd = Accept(listenfd);
            new Thread(() => EchoServer.Doit(connfd, Echo_lines)).Start();
        }
    }

    /// <summary>Each descriptor has the lines that were read ahead: C's one buffer for all threads mixes them up (section 26.5).</summary>
    static void Echo_lines(Fd sockfd)
    {
        Span<byte> line = stackalloc byte[MAXLINE];
        int n;
        while ((n = Readline(sockfd, line)) > 0)
            Writen(sockfd, line[..n]);
    }
}
