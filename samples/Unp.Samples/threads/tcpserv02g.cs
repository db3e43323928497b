namespace Unp.Samples.threads;

/// <summary>The same as <see cref="tcpserv02"/>, with a <c>readline</c> whose data is each thread's own: <see cref="Rline"/> (section 26.5).</summary>
static class tcpserv02g
{
    public static void Main(string[] args, Options options)
    {
        using Fd listenfd = EchoServer.Listen("tcpserv02g", args, options);
        while (true)
        {
            Fd connfd = Accept(listenfd);
            new Thread(() => EchoServer.Doit(connfd, fd => EchoServer.Echo_lines(fd, Rline.Readline))).Start();
        }
    }
}
