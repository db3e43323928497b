using System.CommandLine;
using System.CommandLine.Parsing;

namespace Unp.Samples.server;

/// <summary>
/// The preforked designs of UNP 30.6 to 30.9 in a robust form, with the library's <see cref="WorkerPool"/>. The parent replaces dead
/// children. On SIGINT it ends them and prints the processor times and the number of clients per child.
/// </summary>
static class serv13
{
    /// <summary>The way in which the children accept clients.</summary>
    public static Option<string?> How { get; } = new("--accept")
    {
        Description = "direct as serv02 (the default), file-lock as serv03, mutex as serv04, passing as serv05 or reuse-port as serv10.",
        HelpName = "how",
        Validators = { Known },
    };

    /// <summary>The time a child may take to finish its client when all children are to end. In C the children end at once.</summary>
    static readonly TimeSpan Drain = TimeSpan.FromSeconds(1);

    public static void Main(string[] args, ProgramOptions options)
    {
        // A child is this program again, with the same arguments.
        using Worker? worker = Worker.FromEnvironment();
        if (worker is not null)
        {
            child_main(worker);
            return;
        }

        AcceptMode mode = Mode(options.Value(How))!.Value;
        Fd listenfd = Listening.At(args, options, "<#children>", out int nchildren, reusesPort: mode == AcceptMode.ReusePort);
        SockAddr address = Getsockname(listenfd);
        using Fd meter = Meter.meter(nchildren);
        var cptr = new Meter(meter, nchildren);
        bool isInterrupted = false;
        using var pool = new WorkerPool(listenfd, new()
        {
            Workers = nchildren,
            Accept = mode,
            DrainTimeout = Drain,
            Descriptors = { ["meter"] = meter },
            OnEvent = what => Report(what, isInterrupted),
        });
        using IDisposable sigint = Signal(SIGINT, _ => isInterrupted = true); // in addition to the pool's handler, which ends the children
        options.PrintAddress(address, args[^2]);
        pool.Run();
        if (!isInterrupted)
            return;
        Cpu.pr_cpu_time();
        for (int i = 0; i < nchildren; i++)
            Console.WriteLine($"child {i}, {cptr[i]} connections");
    }

    static void child_main(Worker worker)
    {
        var cptr = new Meter(worker.Descriptor("meter"), worker.Index + 1);
        Console.WriteLine($"child {getpid()} starting");
        while (Next(worker) is { } connfd)
        {
            using (connfd)
            {
                cptr[worker.Index]++;
                WebChild.web_child(connfd);
            }
        }
    }

    /// <summary>Returns the next client, or null at the end. A shortage ends no child, because its successor would have the same.</summary>
    static Fd? Next(Worker worker)
    {
        bool isReported = false;
        while (true)
        {
            try
            {
                return worker.Accept();
            }
            catch (UnpException failure) when (Acceptor.CanRetry(failure.Errno))
            {
                Acceptor.Pause(failure.Message, ref isReported);
            }
        }
    }

    /// <summary>Prints that a child has died or was not started.</summary>
    static void Report(in WorkerEvent what, bool isInterrupted)
    {
        bool isFailure = what.Kind == WorkerEventKind.NotStarted
            || what is { Kind: WorkerEventKind.Ended } && what.Status is not { Exited: true, ExitStatus: 0 } && !isInterrupted;
        if (isFailure)
            err_msg(what.ToString());
    }

    static AcceptMode? Mode(string? how) => how switch
    {
        null or "direct" => AcceptMode.Direct,
        "file-lock" => AcceptMode.FileLock,
        "mutex" => AcceptMode.SharedMutex,
        "passing" => AcceptMode.Passing,
        "reuse-port" => AcceptMode.ReusePort,
        _ => null,
    };

    static void Known(OptionResult chosen)
    {
        string? how = chosen.GetValueOrDefault<string?>();
        if (Mode(how) is null)
            chosen.AddError($"--accept {how}: choose direct, file-lock, mutex, passing or reuse-port");
    }
}
