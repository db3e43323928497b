using System.Diagnostics.CodeAnalysis;

namespace Unp.Samples.server;

/// <summary>Prethreaded server. A lock around accept lets one thread wait at a time (figures 30.27 to 30.29).</summary>
static class serv07
{
    static readonly Lock mlock = new();

    static int nthreads;
    static (Thread thread_tid, long thread_count)[] tptr = [];
    static Fd listenfd = null!;

    public static void Main(string[] args, ProgramOptions options)
    {
        listenfd = Listening.At(args, options, "<#threads>", out nthreads);
        tptr = new (Thread, long)[nthreads];
        for (int i = 0; i < nthreads; i++)
            thread_make(i);

        using IDisposable sigint = Signal(SIGINT, sig_int);
        options.Ready(listenfd, args[^2], handlesSigint: true);
        Thread.Sleep(Timeout.Infinite); // pause(), because the threads do everything
    }

    static void thread_make(int i) => tptr[i].thread_tid = ProgramThread.Start(() => thread_main(i));

    [DoesNotReturn]
    static void thread_main(int i)
    {
        Console.WriteLine($"thread {i} starting");
        while (true)
        {
            Fd connfd;
            lock (mlock)
                connfd = Acceptor.Accept(listenfd);
            tptr[i].thread_count++;

            using (connfd)
                WebChild.web_child(connfd);
        }
    }

    static void sig_int(int signo)
    {
        Cpu.pr_cpu_time();
        for (int i = 0; i < nthreads; i++)
            Console.WriteLine($"thread {i}, {Volatile.Read(ref tptr[i].thread_count)} connections");
        Environment.Exit(0);
    }
}
