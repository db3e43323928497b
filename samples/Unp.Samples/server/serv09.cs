using System.Diagnostics.CodeAnalysis;

namespace Unp.Samples.server;

/// <summary>
/// Prethreaded server. All threads block in accept, as in the book's source (UNP 30.11). It is <see cref="serv07"/> without the lock.
/// </summary>
static class serv09
{
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
            using Fd connfd = Acceptor.Accept(listenfd);
            tptr[i].thread_count++;
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
