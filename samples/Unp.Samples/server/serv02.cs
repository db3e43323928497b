using System.Diagnostics.CodeAnalysis;

namespace Unp.Samples.server;

/// <summary>
/// Preforked server. All children block in accept on one socket, and the kernel wakes one of them (figures 30.9 to 30.12).
/// </summary>
static class serv02
{
    static int nchildren;
    static SpawnedProcess[] pids = [];

    public static void Main(string[] args, ProgramOptions options)
    {
        if (Preforked.Self(args) is { } child)
            child_main(child.Number, child.Inherited[0]);

        using Fd listenfd = Listening.At(args, options, "<#children>", out nchildren);
        pids = new SpawnedProcess[nchildren];
        for (int i = 0; i < nchildren; i++)
            pids[i] = child_make(i, listenfd);

        using IDisposable sigint = Signal(SIGINT, sig_int);
        options.Ready(listenfd, args[^2], handlesSigint: true);
        Thread.Sleep(Timeout.Infinite); // pause(), because the children do everything
    }

    static SpawnedProcess child_make(int i, Fd listenfd) => Preforked.Start("server/serv02", i, listenfd);

    [DoesNotReturn]
    static void child_main(int i, Fd listenfd)
    {
        Console.WriteLine($"child {getpid()} starting");
        while (true)
        {
            using Fd connfd = Acceptor.Accept(listenfd);
            WebChild.web_child(connfd);
        }
    }

    static void sig_int(int signo)
    {
        foreach (SpawnedProcess pid in pids)
            pid.Kill(SIGTERM);
        foreach (SpawnedProcess pid in pids)
            pid.Wait();
        Cpu.pr_cpu_time();
        Environment.Exit(0);
    }
}
