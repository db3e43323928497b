using System.Diagnostics.CodeAnalysis;
using static Unp.Samples.server.LockPthread;

namespace Unp.Samples.server;

/// <summary>
/// Preforked server. A mutex in shared memory lets one child wait in accept at a time (figure 30.19). Only the lock differs from
/// <see cref="serv03"/>.
/// </summary>
static class serv04
{
    static int nchildren;
    static SpawnedProcess[] pids = [];

    public static void Main(string[] args, ProgramOptions options)
    {
        if (Preforked.Self(args) is { } child)
            child_main(child.Number, child.Inherited[0], child.Inherited[1]);

        using Fd listenfd = Listening.At(args, options, "<#children>", out nchildren);
        using Fd my_lock = my_lock_init(); // one lock for all children
        pids = new SpawnedProcess[nchildren];
        for (int i = 0; i < nchildren; i++)
            pids[i] = child_make(i, listenfd, my_lock);

        using IDisposable sigint = Signal(SIGINT, sig_int);
        options.Ready(listenfd, args[^2], handlesSigint: true);
        Thread.Sleep(Timeout.Infinite); // pause(), because the children do everything
    }

    static SpawnedProcess child_make(int i, Fd listenfd, Fd my_lock) => Preforked.Start("server/serv04", i, listenfd, my_lock);

    [DoesNotReturn]
    static void child_main(int i, Fd listenfd, Fd my_lock)
    {
        my_lock_init(my_lock);
        Console.WriteLine($"child {getpid()} starting");
        while (true)
        {
            my_lock_wait();
            using Fd connfd = Acceptor.Accept(listenfd);
            my_lock_release();

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
