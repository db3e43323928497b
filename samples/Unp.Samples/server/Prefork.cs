namespace Unp.Samples.server;

/// <summary>
/// The common part of the preforked servers (figures 30.9 to 30.14). The parent starts the children and replaces dead ones. On SIGINT it
/// ends them and prints the processor times. A child is this program again, which <see cref="Worker.FromEnvironment"/> recognizes.
/// </summary>
static class Prefork
{
    /// <summary>The arguments of a server with children.</summary>
    public const string Usage = "[<host>] <port#> <#children>";

    const string Meter = "meter";

    /// <summary>The time a child may take to finish its client when all children are to end. In C the children end at once.</summary>
    static readonly TimeSpan Drain = TimeSpan.FromSeconds(1);

    /// <summary>Runs the parent of some children, or one of the children.</summary>
    /// <param name="program">The program's name.</param>
    /// <param name="args">The program's arguments.</param>
    /// <param name="options">The options, which print the server's address.</param>
    /// <param name="mode">The way the children accept clients.</param>
    /// <param name="isMetered">Whether to count the clients of each child and print the counts (figure 30.14).</param>
    /// <param name="accept">Returns a child's next client, or null to end. The default is <see cref="Worker.Accept()"/>.</param>
    public static void Run(
        string program, string[] args, Options options, AcceptMode mode, bool isMetered = false, Func<Worker, Fd?>? accept = null)
    {
        using Worker? worker = Worker.FromEnvironment();
        if (worker is not null)
        {
            child_main(worker, accept ?? (self => self.Accept()), isMetered);
            return;
        }

        Fd listenfd = Listening.At(args, program, "<#children>", out int nchildren, reusesPort: mode == AcceptMode.ReusePort);
        SockAddr address = Getsockname(listenfd);
        using Fd meter = SharedMemory(nchildren * sizeof(long));
        bool isInterrupted = false;
        var poolOptions = new WorkerPoolOptions
        {
            Workers = nchildren,
            Accept = mode,
            DrainTimeout = Drain,
            OnEvent = what => Report(what, isInterrupted),
        };
        if (isMetered)
            poolOptions.Descriptors[Meter] = meter;
        using var pool = new WorkerPool(listenfd, poolOptions);
        using IDisposable sigint = Signal(SIGINT, _ => isInterrupted = true); // in addition to the pool's handler, which ends the children
        options.PrintAddress(address, args[^2]);
        pool.Run();
        if (!isInterrupted)
            return;
        Cpu.pr_cpu_time();
        if (isMetered)
            PrintMeter(meter, nchildren);
    }

    /// <summary>Serves one client after another in a child (figure 30.12).</summary>
    static void child_main(Worker worker, Func<Worker, Fd?> accept, bool isMetered)
    {
        using MappedMemory? counts = isMetered ? Map(worker.Descriptor(Meter), worker.Index + 1) : null;
        Console.WriteLine($"child {getpid()} starting");
        while (Next(worker, accept) is { } connfd)
        {
            using (connfd)
            {
                if (counts is not null)
                    counts.At<long>(worker.Index * sizeof(long))++;
                WebChild.web_child(connfd);
            }
        }
    }

    /// <summary>Returns the next client. A shortage does not end the child, because its successor would have the same shortage.</summary>
    static Fd? Next(Worker worker, Func<Worker, Fd?> accept)
    {
        bool isReported = false;
        while (true)
        {
            try
            {
                return accept(worker);
            }
            catch (UnpException failure) when (Acceptor.CanRetry(failure.Errno))
            {
                Acceptor.Pause(failure.Message, ref isReported);
            }
        }
    }

    static MappedMemory Map(Fd meter, int children) =>
        Mmap(children * sizeof(long), PROT_READ | PROT_WRITE, MAP_SHARED, meter);

    static void PrintMeter(Fd meter, int nchildren)
    {
        using MappedMemory counts = Map(meter, nchildren);
        for (int i = 0; i < nchildren; i++)
            Console.WriteLine($"child {i}, {counts.At<long>(i * sizeof(long))} connections");
    }

    /// <summary>Prints that a child has died. Another one replaces it, unlike in C, where the number of children decreases.</summary>
    static void Report(in WorkerEvent what, bool isInterrupted)
    {
        bool isFailure = what.Kind == WorkerEventKind.NotStarted
            || what is { Kind: WorkerEventKind.Ended } && what.Status is not { Exited: true, ExitStatus: 0 } && !isInterrupted;
        if (isFailure)
            err_msg(what.ToString());
    }
}
