using System.Diagnostics.CodeAnalysis;

namespace Unp.Samples.server;

/// <summary>
/// Preforked server. All children block in select on one socket, so each client wakes all of them, and one accepts it (UNP 30.6).
/// </summary>
static class serv02l
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

    static SpawnedProcess child_make(int i, Fd listenfd) => Preforked.Start("server/serv02l", i, listenfd);

    [DoesNotReturn]
    static void child_main(int i, Fd listenfd)
    {
        Console.WriteLine($"child {getpid()} starting");
        while (true)
        {
            FdSet rset = default;
            rset.Set(listenfd);
            Select(rset.Maxfdp1, ref rset);
            if (!rset.IsSet(listenfd))
                err_quit("listenfd readable");

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
