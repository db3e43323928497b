namespace Unp.Samples.server;

/// <summary>What the servers with threads that are started before their clients come have in common (figures 30.27 to 30.30).</summary>
static class Prethreaded
{
    /// <summary>Their arguments.</summary>
    public const string Usage = "[<host>] <port#> <#threads>";

    /// <summary>Starts the threads, and prints on SIGINT how many clients each has served.</summary>
    /// <param name="program">Its name.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">Where it tells that it listens.</param>
    /// <param name="accept">How a thread comes to its next client.</param>
    /// <param name="main">What the main thread does then; it ends with the program.</param>
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
            Thread.Sleep(Timeout.Infinite); // everything is done by the threads: the original pauses
        else
            main(listenfd);
    }

    /// <summary>Serves one client after the other (figure 30.29). A socket that no longer listens ends the program.</summary>
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
