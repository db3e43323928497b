namespace Unp.Samples.threads;

/// <summary>
/// TCP echo server with one thread per client (figure 26.3). A .NET thread is always detached, until <see cref="Thread.Join()"/> waits for
/// it.
/// </summary>
static class tcpserv01
{
    public static void Main(string[] args, ProgramOptions options)
    {
        using Fd listenfd = EchoServer.Listen(args, options);
        while (true)
            ProgramThread.Serve(Acceptor.Accept(listenfd), Str_echo);
    }
}
