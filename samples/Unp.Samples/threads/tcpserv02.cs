namespace Unp.Samples.threads;

/// <summary>
/// The same as <see cref="tcpserv01"/>, each thread with a variable of its own for the descriptor (figure 26.4). C asks <c>malloc</c> for
/// that variable. Here it is declared inside the loop. Before the loop, all threads would share it, and the next client could replace a
/// descriptor before its thread has read it.
/// </summary>
static class tcpserv02
{
    public static void Main(string[] args, Options options)
    {
        using Fd listenfd = EchoServer.Listen("tcpserv02", args, options);
        while (true)
        {
            Fd connfd = Acceptor.Accept(listenfd);
            ProgramThread.Serve(connfd, Str_echo);
        }
    }
}
