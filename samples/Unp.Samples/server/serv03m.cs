using System.Diagnostics.CodeAnalysis;
using static Unp.Samples.server.LockFcntl;

namespace Unp.Samples.server;

/// <summary><see cref="serv03"/> that counts the clients of each child (UNP 30.7).</summary>
static class serv03m
{
    static int nchildren;
    static SpawnedProcess[] pids = [];
    static Meter cptr = null!;

    public static void Main(string[] args, ProgramOptions options)
    {
        if (Preforked.Self(args) is { } child)
            child_main(child.Number, child.Inherited[0], child.Inherited[1], child.Inherited[2]);

        using Fd listenfd = Listening.At(args, options, "<#children>", out nchildren);
        using Fd my_lock = my_lock_init(); // one lock for all children
        using Fd meter = Meter.meter(nchildren);
        cptr = new Meter(meter, nchildren);
        pids = new SpawnedProcess[nchildren];
        for (int i = 0; i < nchildren; i++)
            pids[i] = child_make(i, listenfd, my_lock, meter);

        using IDisposable sigint = Signal(SIGINT, sig_int);
        options.Ready(listenfd, args[^2], handlesSigint: true);
        Thread.Sleep(Timeout.Infinite); // pause(), because the children do everything
    }

    static SpawnedProcess child_make(int i, Fd listenfd, Fd my_lock, Fd meter) =>
        Preforked.Start("server/serv03m", i, listenfd, my_lock, meter);

    [DoesNotReturn]
    static void child_main(int i, Fd listenfd, Fd my_lock, Fd meter)
    {
        my_lock_init(my_lock);
        cptr = new Meter(meter, i + 1);
        Console.WriteLine($"child {getpid()} starting");
        while (true)
        {
            my_lock_wait();
            using Fd connfd = Acceptor.Accept(listenfd);
            my_lock_release();

            cptr[i]++;
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
        for (int i = 0; i < nchildren; i++)
            Console.WriteLine($"child {i}, {cptr[i]} connections");
        Environment.Exit(0);
    }
}
