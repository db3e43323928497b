namespace Unp.Samples.server;

/// <summary>The common part of the prethreaded servers (figures 30.27 to 30.30).</summary>
static class Prethreaded
{
    /// <summary>The arguments of the servers.</summary>
    public const string Usage = "[<host>] <port#> <#threads>";

    /// <summary>Starts the threads. On SIGINT prints the number of clients per thread.</summary>
    /// <param name="program">The program's name.</param>
    /// <param name="args">The program's arguments.</param>
    /// <param name="options">The options, which print the server's address.</param>
    /// <param name="accept">Returns a thread's next client.</param>
    /// <param name="main">The further work of the main thread, if any. The program ends with it.</param>
    public static void Run(string program, string[] args, Options options, Func<Fd, Fd> accept, Action<Fd>? main = null)
    {
        using Fd listenfd = Listening.At(args, program, "<#threads>", out int nthreads);
        long[] counts = new long[nthreads];
        using IDisposable sigint = Cpu.OnInterrupt(() => PrintCounts(counts));
        for (int i = 0; i < nthreads; i++)
        {
            int index = i;
            ProgramThread.Start(() => thread_main(index, counts, () => accept(listenfd)));
        }
        options.Ready(listenfd, args[^2], handlesSigint: true);
        if (main is null)
            Thread.Sleep(Timeout.Infinite); // pause()
        else
            main(listenfd);
    }

    /// <summary>Serves one client after another (figure 30.29). An error of the listening socket ends the program.</summary>
    static void thread_main(int index, long[] counts, Func<Fd> accept)
    {
        Console.WriteLine($"thread {index} starting");
        while (true)
        {
            using Fd connfd = accept();
            counts[index]++;
            WebChild.web_child(connfd);
        }
    }

    static void PrintCounts(long[] counts)
    {
        for (int i = 0; i < counts.Length; i++)
            Console.WriteLine($"thread {i}, {Volatile.Read(ref counts[i])} connections");
    }
}
