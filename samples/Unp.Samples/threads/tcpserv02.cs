namespace Unp.Samples.threads;

/// <summary>
/// The same as <see cref="tcpserv01"/>, each thread with a variable of its own for the descriptor, and echo by lines (figure 26.4). C asks
/// <c>malloc</c> for that variable; here it is declared inside of the loop. Before the loop, it would be one for all threads, and a client that comes
/// before the last one's thread runs would take its place. The lines that were read ahead are each descriptor's own: C's one buffer for all threads mixes
/// them up (section 26.5).
/// </summary>
static class tcpserv02
{
    public static void Main(string[] args, Options options)
    {
        using Fd listenfd = EchoServer.Listen("tcpserv02", args, options);
        while (true)
        {
            Fd connfd = Accept(listenfd);
            new Thread(() => EchoServer.Doit(connfd, fd => EchoServer.Echo_lines(fd, Readline))).Start();
        }
    }
}
