using System.Diagnostics.CodeAnalysis;

namespace Unp.Samples.server;

/// <summary><see cref="serv02"/> that counts the clients of each child (figure 30.14).</summary>
static class serv02m
{
    static int nchildren;
    static SpawnedProcess[] pids = [];
    static Meter cptr = null!;

    public static void Main(string[] args, ProgramOptions options)
    {
        if (Preforked.Self(args) is { } child)
            child_main(child.Number, child.Inherited[0], child.Inherited[1]);

        using Fd listenfd = Listening.At(args, options, "<#children>", out nchildren);
        using Fd meter = Meter.meter(nchildren);
        cptr = new Meter(meter, nchildren);
        pids = new SpawnedProcess[nchildren];
        for (int i = 0; i < nchildren; i++)
            pids[i] = child_make(i, listenfd, meter);

        using IDisposable sigint = Signal(SIGINT, sig_int);
        options.Ready(listenfd, args[^2], handlesSigint: true);
        Thread.Sleep(Timeout.Infinite); // pause(), because the children do everything
    }

    static SpawnedProcess child_make(int i, Fd listenfd, Fd meter) => Preforked.Start("server/serv02m", i, listenfd, meter);

    [DoesNotReturn]
    static void child_main(int i, Fd listenfd, Fd meter)
    {
        cptr = new Meter(meter, i + 1);
        Console.WriteLine($"child {getpid()} starting");
        while (true)
        {
            using Fd connfd = Acceptor.Accept(listenfd);
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
