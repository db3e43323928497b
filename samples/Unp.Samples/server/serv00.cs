namespace Unp.Samples.server;

/// <summary>Iterative server, the baseline for the other designs (UNP 30.4).</summary>
static class serv00
{
    public static void Main(string[] args, ProgramOptions options)
    {
        using Fd listenfd = Listening.At(args, options);
        using IDisposable sigint = Cpu.OnInterrupt();
        options.Ready(listenfd, args[^1], handlesSigint: true);

        while (true)
        {
            using Fd connfd = Acceptor.Accept(listenfd);
            WebChild.web_child(connfd);
        }
    }
}
