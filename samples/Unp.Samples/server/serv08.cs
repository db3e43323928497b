using System.Diagnostics.CodeAnalysis;

namespace Unp.Samples.server;

/// <summary>Prethreaded server. The main thread accepts clients, and the threads take them from a queue (figures 30.30 to 30.33).</summary>
static class serv08
{
    const int MAXNCLI = 32;

    static readonly Fd[] clifd = new Fd[MAXNCLI];
    static readonly object clifd_mutex = new(); // and the condition variable clifd_cond
    static int iget, iput;

    static int nthreads;
    static (Thread thread_tid, long thread_count)[] tptr = [];

    public static void Main(string[] args, ProgramOptions options)
    {
        using Fd listenfd = Listening.At(args, options, "<#threads>", out nthreads);
        tptr = new (Thread, long)[nthreads];
        for (int i = 0; i < nthreads; i++)
            thread_make(i);

        using IDisposable sigint = Signal(SIGINT, sig_int);
        options.Ready(listenfd, args[^2], handlesSigint: true);
        while (true)
        {
            Fd connfd = Acceptor.Accept(listenfd);
            lock (clifd_mutex)
            {
                // When the queue is full, clients wait in the kernel's queue. C's server ends.
                while (Next(iput) == iget)
                    Monitor.Wait(clifd_mutex);
                clifd[iput] = connfd;
                iput = Next(iput);
                Monitor.Pulse(clifd_mutex);
            }
        }
    }

    static void thread_make(int i) => tptr[i].thread_tid = ProgramThread.Start(() => thread_main(i));

    [DoesNotReturn]
    static void thread_main(int i)
    {
        Console.WriteLine($"thread {i} starting");
        while (true)
        {
            Fd connfd;
            lock (clifd_mutex)
            {
                while (iget == iput)
                    Monitor.Wait(clifd_mutex);
                bool wasFull = Next(iput) == iget;
                connfd = clifd[iget];
                iget = Next(iget);
                if (wasFull)
                    Monitor.PulseAll(clifd_mutex); // a single pulse might reach another thread than the main thread
            }
            tptr[i].thread_count++;

            using (connfd)
                WebChild.web_child(connfd);
        }
    }

    static int Next(int index) => (index + 1) % MAXNCLI;

    static void sig_int(int signo)
    {
        Cpu.pr_cpu_time();
        for (int i = 0; i < nthreads; i++)
            Console.WriteLine($"thread {i}, {Volatile.Read(ref tptr[i].thread_count)} connections");
        Environment.Exit(0);
    }
}
