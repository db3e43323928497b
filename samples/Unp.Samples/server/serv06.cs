namespace Unp.Samples.server;

/// <summary>A thread for each client (figure 30.26).</summary>
static class serv06
{
    // What a client needs is some thousand bytes.
    const int StackSize = 128 * 1024;

    public static void Main(string[] args, Options options)
    {
        using Fd listenfd = Listening.At(args, nameof(serv06));
        using IDisposable sigint = Cpu.OnInterrupt();
        options.Ready(listenfd, args[^1], handlesSigint: true);

        while (true)
        {
            Fd connfd = Accept(listenfd);
            new Thread(doit, StackSize).UnsafeStart(connfd);
        }
    }

    static void doit(object? arg)
    {
        using Fd connfd = (Fd)arg!;
        WebChild.web_child(connfd);
    }
}
