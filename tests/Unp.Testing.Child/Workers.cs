namespace Unp.Testing.Child;

/// <summary>Scenarios of a pool's workers, and of a pool.</summary>
static class Workers
{
    const string AcceptingThread = "accepting";

    /// <summary>Sends each client "index generation process" and echoes its lines. The line "die" kills the worker.</summary>
    public static void Serve()
    {
        using Worker worker = Worker.FromEnvironment()!;
        while (worker.Accept() is { } connfd)
        {
            using (connfd)
                Talk(worker, connfd);
        }
    }

    /// <summary>Ignores the pool's requests.</summary>
    public static void IgnorePool()
    {
        using Worker worker = Worker.FromEnvironment()!;
        worker.Ready();
        Thread.Sleep(Timeout.Infinite);
    }

    /// <summary>Accepts on two threads at once.</summary>
    public static void ServeWithThreads()
    {
        using Worker worker = Worker.FromEnvironment()!;
        Thread[] threads = [.. Enumerable.Range(0, 2).Select(_ => new Thread(() =>
        {
            while (worker.Accept(out SockAddr peer) is { } connfd)
            {
                using (connfd)
                {
                    if (peer != Getpeername(connfd))
                        return;
                    Talk(worker, connfd);
                }
            }
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
    }

    /// <summary>Accepts and closes connections on many threads as fast as possible.</summary>
    public static void AcceptAndCloseFast()
    {
        using Worker worker = Worker.FromEnvironment()!;
        Thread[] threads = StartAccepting(worker, 8);
        foreach (Thread thread in threads)
            thread.Join();
    }

    /// <summary>Disposes the worker but keeps the process running.</summary>
    public static void DisposeAndKeepRunning()
    {
        Worker.FromEnvironment()!.Dispose();
        Thread.Sleep(Timeout.Infinite);
    }

    /// <summary>Disposes the worker, when a byte arrives, while its threads still wait for connections.</summary>
    public static void LeaveWhileThreadsAccept()
    {
        using Worker worker = Worker.FromEnvironment()!;
        Thread[] threads = StartAccepting(worker, 2);
        Read(worker.Descriptor("report"), new byte[1]);
        worker.Dispose();
        foreach (Thread thread in threads)
            thread.Join();
    }

    /// <summary>Accepts on a thread that blocks all signals, and ends when asked to.</summary>
    public static void AcceptWithoutSignals()
    {
        using Worker worker = Worker.FromEnvironment()!;
        var thread = new Thread(() =>
        {
            Sigprocmask(SIG_BLOCK, SigSet.Full, out _);
            worker.Accept()?.Dispose();
        })
        { IsBackground = true, Name = AcceptingThread };
        thread.Start();
        worker.Draining.WaitHandle.WaitOne();
    }

    /// <summary>Reports its inputs: the text of a pipe, and whether a child process would consider itself a worker.</summary>
    public static void ReportInputs()
    {
        using Worker worker = Worker.FromEnvironment()!;
        worker.Ready();
        string? taste = Environment.GetEnvironmentVariable("TASTE");
        string inherited = Environment.GetEnvironmentVariable("UNP_WORKER") ?? "no";
        string report = $"{worker} {taste} {inherited} {worker.Accept() is null}\n";
        Write(worker.Descriptor("report"), System.Text.Encoding.UTF8.GetBytes(report));
    }

    /// <summary>Runs a pool whose workers run this scenario again.</summary>
    public static void Pool(string mode)
    {
        using (Worker? worker = Worker.FromEnvironment())
        {
            if (worker is not null)
            {
                while (worker.Accept() is { } connfd)
                {
                    using (connfd)
                        Talk(worker, connfd);
                }
                return;
            }
        }
        Fd listenfd = StreamListen(SockAddr.Loopback(AF_INET), sharesPort: true);
        Console.WriteLine(Getsockname(listenfd));
        using var pool = new WorkerPool(listenfd, new()
        {
            Workers = 2,
            Accept = Enum.Parse<AcceptMode>(mode),
            OnEvent = e => Console.WriteLine($"{e.Kind} {e.Generation} {e.ProcessId}"),
        });
        Console.WriteLine($"returned {pool.Run()}");
    }

    /// <summary>Runs a pool without checking whether the process is a worker of this same scenario.</summary>
    public static void PoolInEachWorker()
    {
        using var pool = new WorkerPool(Tcp_listen("127.0.0.1", "0"), new() { Workers = 1, OnEvent = e => Console.WriteLine($"{e.Kind}") });
        pool.Run();
    }

    /// <summary>Runs a pool whose workers get other arguments and print them.</summary>
    public static void PoolWithArguments(string[] arguments)
    {
        using Worker? worker = Worker.FromEnvironment();
        if (worker is not null)
        {
            Console.WriteLine($"worker {string.Join(' ', arguments)}");
            worker.Ready();
            worker.Draining.WaitHandle.WaitOne();
            return;
        }
        string[] ofWorker = ["pool with arguments", "some", ""];
        using var pool = new WorkerPool(Tcp_listen("127.0.0.1", "0"), new() { Workers = 1, Arguments = ofWorker });
        pool.Run();
    }

    /// <summary>Runs a pool, as a daemon does, in a different directory than the program was started in.</summary>
    public static void PoolInRoot()
    {
        Environment.CurrentDirectory = "/";
        Pool("Direct");
    }

    /// <summary>Hangs before it is ready, but ends when asked to.</summary>
    public static void NeverBecomeReady()
    {
        using Worker worker = Worker.FromEnvironment()!;
        worker.Draining.WaitHandle.WaitOne();
    }

    static Thread[] StartAccepting(Worker worker, int threads)
    {
        Thread[] accepting = [.. Enumerable.Range(0, threads).Select(_ => new Thread(() =>
        {
            while (worker.Accept() is { } connfd)
                connfd.Dispose();
        })
        { Name = AcceptingThread })];
        foreach (Thread thread in accepting)
            thread.Start();
        return accepting;
    }

    static void Talk(Worker worker, Fd connfd)
    {
        try
        {
            Writen(connfd, System.Text.Encoding.ASCII.GetBytes($"{worker.Index} {worker.Generation} {getpid()}\n"));
            Span<byte> line = stackalloc byte[MAXLINE];
            int n;
            while ((n = Readline(connfd, line)) > 0)
            {
                if (line[..n].SequenceEqual("die\n"u8))
                    Kill(getpid(), SIGKILL);
                Writen(connfd, line[..n]);
            }
        }
        catch (UnpException)
        {
            // The client has closed the connection.
        }
    }
}
