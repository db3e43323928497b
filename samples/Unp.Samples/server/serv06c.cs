namespace Unp.Samples.server;

/// <summary><see cref="serv06"/> with a cache of threads. A thread whose client has ended serves another one (UNP 30.10).</summary>
static class serv06c
{
    public static void Main(string[] args, ProgramOptions options)
    {
        using Fd listenfd = Listening.At(args, options);
        using IDisposable sigint = Cpu.OnInterrupt();
        options.Ready(listenfd, args[^1], handlesSigint: true);

        var threads = new ClientThreads(WebChild.web_child);
        while (true)
            threads.Start(Acceptor.Accept(listenfd));
    }
}
