namespace Unp.Samples.threads;

/// <summary>
/// <see cref="tcpserv01"/> with a separate variable per thread for the descriptor (figure 26.4). C allocates it with <c>malloc</c>. Here it
/// is declared inside the loop. Declared before the loop, it would be shared by all threads, and the next client could replace a
/// descriptor before its thread has read it.
/// </summary>
static class tcpserv02
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
