namespace Unp.Testing.Child;

/// <summary>Workers of a pool, and a pool as a program.</summary>
static class Workers
{
    const string AcceptingThread = "accepting";

    /// <summary>Tells each client "index generation process", and sends its lines back; the line "die" is the end of the worker.</summary>
    public static void Serve()
    {
        using Worker worker = Worker.FromEnvironment()!;
        while (worker.Accept() is { } connfd)
        {
            using (connfd)
                Talk(worker, connfd);
        }
    }

    /// <summary>Does not care what the pool wants.</summary>
    public static void ServeForEver()
    {
        using Worker worker = Worker.FromEnvironment()!;
        worker.Ready();
        Thread.Sleep(Timeout.Infinite);
    }

    /// <summary>Accepts with two threads at once.</summary>
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

    /// <summary>Many threads take connections and close them, as fast as they can.</summary>
    public static void ServeInHaste()
    {
        using Worker worker = Worker.FromEnvironment()!;
        Thread[] threads = StartAccepting(worker, 8);
        foreach (Thread thread in threads)
            thread.Join();
    }

    /// <summary>Lets go what it has of its pool, and does not end.</summary>
    public static void FallSilent()
    {
        Worker.FromEnvironment()!.Dispose();
        Thread.Sleep(Timeout.Infinite);
    }

    /// <summary>Is done with its pool, when a byte comes, while its threads still wait for connections.</summary>
    public static void LeaveWhileThreadsAccept()
    {
        using Worker worker = Worker.FromEnvironment()!;
        Thread[] threads = StartAccepting(worker, 2);
        Read(worker.Descriptor("report"), new byte[1]);
        worker.Dispose();
        foreach (Thread thread in threads)
            thread.Join();
    }

    /// <summary>Accepts on a thread that takes no signal, and ends when it is asked to.</summary>
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

    /// <summary>Tells what it was given: the text of a pipe, and whether a program that it starts takes itself for a worker.</summary>
    public static void TellWhatWasGiven()
    {
        using Worker worker = Worker.FromEnvironment()!;
        worker.Ready();
        Write(worker.Descriptor("report"), System.Text.Encoding.UTF8.GetBytes(
            $"{worker} {Environment.GetEnvironmentVariable("TASTE")} {Environment.GetEnvironmentVariable("UNP_WORKER") ?? "no"} {worker.Accept() is null}\n"));
    }

    /// <summary>A pool, whose workers are this program again.</summary>
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
        Fd listenfd = Socket(AF_INET, SOCK_STREAM);
        Setsockopt(listenfd, SocketOptions.ReusePort, true);
        Bind(listenfd, SockAddr.Loopback(AF_INET));
        Listen(listenfd);
        Console.WriteLine(Getsockname(listenfd));
        using var pool = new WorkerPool(listenfd, new()
        {
            Workers = 2,
            Accept = Enum.Parse<AcceptMode>(mode),
            OnEvent = e => Console.WriteLine($"{e.Kind} {e.Generation} {e.ProcessId}"),
        });
        Console.WriteLine($"returned {pool.Run()}");
    }

    /// <summary>A program that forgets that it may be a worker, which is this program again.</summary>
    public static void PoolInEachWorker()
    {
        using var pool = new WorkerPool(Tcp_listen("127.0.0.1", "0"), new() { Workers = 1, OnEvent = e => Console.WriteLine($"{e.Kind}") });
        pool.Run();
    }

    /// <summary>A pool whose workers get other arguments; they print what they got.</summary>
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

    /// <summary>As a daemon's: a pool whose directory is another one than when the program was started.</summary>
    public static void PoolInRoot()
    {
        Environment.CurrentDirectory = "/";
        Pool("Direct");
    }

    /// <summary>Hangs before it can serve, but would end if it was asked to.</summary>
    public static void NeverGetReady()
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
            // The client is gone.
        }
    }
}
