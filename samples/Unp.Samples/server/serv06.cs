namespace Unp.Samples.server;

/// <summary>Concurrent server with one thread per client (figure 30.26). <see cref="serv06c"/> keeps its threads.</summary>
static class serv06
{
    public static void Main(string[] args, ProgramOptions options)
    {
        using Fd listenfd = Listening.At(args, options);
        using IDisposable sigint = Cpu.OnInterrupt();
        options.Ready(listenfd, args[^1], handlesSigint: true);

        while (true)
        {
            Fd connfd = Acceptor.Accept(listenfd);
            ProgramThread.Serve(connfd, doit); // the thread closes the connection
        }
    }

    static void doit(Fd connfd) => WebChild.web_child(connfd);
}
