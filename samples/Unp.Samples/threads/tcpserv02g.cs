namespace Unp.Samples.threads;

/// <summary>
/// The same program as <see cref="tcpserv02"/> (UNP 26.5). C links it with a <c>readline</c> that uses thread-specific data, but its
/// <c>str_echo</c> does not call it. <see cref="Rline"/> is that function, and <see cref="test04g"/> uses it.
/// </summary>
static class tcpserv02g
{
    public static void Main(string[] args, ProgramOptions options)
    {
        using Fd listenfd = EchoServer.Listen(args, options);
        while (true)
        {
            Fd connfd = Acceptor.Accept(listenfd);
            ProgramThread.Serve(connfd, Str_echo);
        }
    }
}
