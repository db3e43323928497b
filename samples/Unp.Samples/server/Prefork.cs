namespace Unp.Samples.server;

/// <summary>
/// What the preforked servers share (figures 30.9 to 30.14): the parent starts its children, keeps them at their number, and on SIGINT ends them and prints
/// the processor times. A child is this program again, which knows by <see cref="Worker.FromEnvironment"/> that it is one.
/// </summary>
static class Prefork
{
    /// <summary>The arguments of a server with children.</summary>
    public const string Usage = "[<host>] <port#> <#children>";

    const string Meter = "meter";

    /// <summary>How long a child may take to end what it does, when all shall end. The original's children end at once.</summary>
    static readonly TimeSpan Drain = TimeSpan.FromSeconds(1);

    /// <summary>Runs a server of some children, or one of the children.</summary>
    /// <param name="program">Its name.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">Where it tells that it listens.</param>
    /// <param name="mode">How the children come to their clients.</param>
    /// <param name="isMetered">Whether it counts the clients of each child, and prints how many they were (figure 30.14).</param>
    /// <param name="accept">How a child comes to its next client, or null when it is to end; if it is not <see cref="Worker.Accept()"/>.</param>
    public static void Run(string program, string[] args, Options options, AcceptMode mode, bool isMetered = false, Func<Worker, Fd?>? accept = null)
    {
        using Worker? worker = Worker.FromEnvironment();
        if (worker is not null)
        {
            child_main(worker, accept ?? (self => self.Accept()), isMetered);
            return;
        }

        Fd listenfd = Listening.At(args, program, "<#children>", out int nchildren, reusesPort: mode == AcceptMode.ReusePort);
        SockAddr address = Getsockname(listenfd);
        using Fd meter = Shared_memory(nchildren * sizeof(long));
        bool isInterrupted = false;
        var poolOptions = new WorkerPoolOptions
        {
            Workers = nchildren,
            Accept = mode,
            DrainTimeout = Drain,
            OnEvent = what => Tell(what, isInterrupted),
        };
        if (isMetered)
            poolOptions.Descriptors[Meter] = meter;
        using var pool = new WorkerPool(listenfd, poolOptions);
        using IDisposable sigint = Signal(SIGINT, _ => isInterrupted = true); // beside the pool's own, which ends the children
        options.Tell(address, args[^2]);
        pool.Run();
        if (!isInterrupted)
            return;
        Cpu.pr_cpu_time();
        if (isMetered)
            PrintMeter(meter, nchildren);
    }

    /// <summary>A child: it serves one client after the other (figure 30.12).</summary>
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

    /// <summary>The next client. A shortage does not end the child, because its successor would have the same one.</summary>
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

    static MappedMemory Map(Fd meter, int children) => Mmap(children * sizeof(long), PROT_READ | PROT_WRITE, MAP_SHARED, meter);

    static void PrintMeter(Fd meter, int nchildren)
    {
        using MappedMemory counts = Map(meter, nchildren);
        for (int i = 0; i < nchildren; i++)
            Console.WriteLine($"child {i}, {counts.At<long>(i * sizeof(long))} connections");
    }

    /// <summary>A child that dies is told of, and another one takes its place; in the original there is one less.</summary>
    static void Tell(in WorkerEvent what, bool isInterrupted)
    {
        bool isFailure = what.Kind == WorkerEventKind.NotStarted
            || what is { Kind: WorkerEventKind.Ended } && what.Status is not { Exited: true, ExitStatus: 0 } && !isInterrupted;
        if (isFailure)
            err_msg(what.ToString());
    }
}
