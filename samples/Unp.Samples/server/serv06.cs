namespace Unp.Samples.server;

/// <summary>
/// Concurrent server with one thread per client (figure 30.26). Threads are reused, unless --new-threads requests new ones, as in C.
/// </summary>
static class serv06
{
    /// <summary>The option that starts a thread for each client and ends it with the client.</summary>
    public static System.CommandLine.Option<bool> NewThreads { get; } = new("--new-threads")
    {
        Description = "Start a new thread for each client.",
    };

    public static void Main(string[] args, Options options)
    {
        using Fd listenfd = Listening.At(args, nameof(serv06));
        using IDisposable sigint = Cpu.OnInterrupt();
        options.Ready(listenfd, args[^1], handlesSigint: true);

        bool makesNew = options.Value(NewThreads);
        var threads = new ClientThreads(WebChild.web_child);
        while (true)
        {
            Fd connfd = Acceptor.Accept(listenfd);
            if (makesNew)
                ProgramThread.Serve(connfd, WebChild.web_child);
            else
                threads.Start(connfd);
        }
    }
}
