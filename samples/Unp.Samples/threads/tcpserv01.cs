namespace Unp.Samples.threads;

/// <summary>
/// TCP echo server, a thread for each client (figure 26.3). Every .NET thread is a detached one until a caller waits for it by <see
/// cref="Thread.Join()"/>.
/// </summary>
static class tcpserv01
{
    public static void Main(string[] args, Options options)
    {
        using Fd listenfd = EchoServer.Listen("tcpserv01", args, options);
        while (true)
            ProgramThread.Serve(Acceptor.Accept(listenfd), Str_echo);
    }
}
