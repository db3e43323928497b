namespace Unp.Samples.server;

/// <summary>Iterative: one client after the other, which is what the other designs are measured against (section 30.4).</summary>
static class serv00
{
    public static void Main(string[] args, Options options)
    {
        using Fd listenfd = Listening.At(args, nameof(serv00));
        using IDisposable sigint = Cpu.OnInterrupt();
        options.Ready(listenfd, args[^1], handlesSigint: true);

        while (true)
        {
            using Fd connfd = Acceptor.Accept(listenfd);
            WebChild.web_child(connfd);
        }
    }
}
