using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;

namespace Unp.Net.Tests.Workers;

/// <summary>A pool that runs on its own thread.</summary>
sealed class RunningPool : IDisposable
{
    readonly WorkerPool pool;
    readonly Task<int> running;
    readonly ConcurrentQueue<WorkerEvent> events = new();

    public RunningPool(
        AcceptMode mode, int workers = 2, string scenario = "worker", TimeSpan? drainTimeout = null, TimeSpan? readyTimeout = null,
        string? program = null, Fd? report = null)
    {
        Fd listenfd = Socket(AF_INET, SOCK_STREAM);
        Setsockopt(listenfd, SocketOptions.ReusePort, mode == AcceptMode.ReusePort);
        Bind(listenfd, SockAddr.Loopback(AF_INET));
        Listen(listenfd);
        Address = Getsockname(listenfd);
        var options = new WorkerPoolOptions
        {
            Workers = workers,
            Accept = mode,
            Program = program ?? ChildProcess.Executable,
            Arguments = [scenario],
            Environment = new Dictionary<string, string> { ["TASTE"] = "sour" },
            DrainTimeout = drainTimeout ?? Limit.Default,
            ReadyTimeout = readyTimeout ?? Limit.Default,
            HandlesSignals = false,
            OnEvent = events.Enqueue,
        };
        if (report is not null)
            options.Descriptors["report"] = report;
        pool = new WorkerPool(listenfd, options);
        running = Task.Factory.StartNew(pool.Run, TaskCreationOptions.LongRunning);
    }

    public SockAddr Address { get; }

    public WorkerPool Pool => pool;

    public IEnumerable<WorkerEvent> Events => events;

    public int Count(WorkerEventKind kind) => events.Count(e => e.Kind == kind);

    public RunningPool UntilReady(int workers)
    {
        Limit.Until(() => Count(WorkerEventKind.Ready) >= workers, $"{workers} workers are ready");
        return this;
    }

    public PoolClient Connect() => new(Address);

    /// <summary>Connects a client to a worker other than those of the given clients.</summary>
    public PoolClient ConnectToAnother(params PoolClient[] than)
    {
        // A client that waits at one of those workers disconnects and tries again. With SO_REUSEPORT the kernel chooses by the client's
        // port.
        long begun = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begun) < Limit.Default)
        {
            PoolClient client = Connect();
            if (client.TryGreet() && than.All(other => other.Process != client.Process))
                return client;
            client.Dispose();
        }
        throw new TimeoutException("No other worker has answered.");
    }

    /// <summary>Stops the pool and waits until it has ended. Returns the number of workers that were killed.</summary>
    public int Stop()
    {
        pool.Stop();
        return running.Within();
    }

    public void Dispose()
    {
        pool.Stop();
        foreach (int process in pool.ProcessIds)
            _ = kill(process, SIGKILL); // only if the test has failed
        running.Within();
        pool.Dispose();
    }
}

/// <summary>A client of a worker of <c>Unp.Testing.Child</c>. The worker greets it with its index, generation and process id.</summary>
sealed class PoolClient : IDisposable
{
    readonly Fd fd = Loopback.Limited(Socket(AF_INET, SOCK_STREAM));
    string[]? greeting;

    public PoolClient(in SockAddr address) => Connect(fd, address);

    public int Index => int.Parse(Greeting[0]);

    public int Generation => int.Parse(Greeting[1]);

    public int Process => int.Parse(Greeting[2]);

    string[] Greeting => greeting ??= ReadLine().Split(' ');

    /// <summary>Returns whether the worker greets within 100 ms. It does not if it serves another client.</summary>
    public bool TryGreet()
    {
        if (greeting is null && Readable_timeo(fd, TimeSpan.FromMilliseconds(100)) == 0)
            return false;
        return Greeting.Length == 3;
    }

    /// <summary>Sends a line and checks that the worker sends it back.</summary>
    public PoolClient Echo(string text = "hello")
    {
        _ = Greeting;
        Writen(fd, Encoding.ASCII.GetBytes(text + "\n"));
        Assert.Equal(text, ReadLine());
        return this;
    }

    /// <summary>Makes the worker kill itself, and waits for its end.</summary>
    public void Kill()
    {
        int process = Process;
        Writen(fd, "die\n"u8);
        Limit.Until(() => Proc.State(process) is 'X' or 'Z', "the worker is gone");
    }

    public void Dispose() => fd.Dispose();

    string ReadLine()
    {
        Span<byte> line = stackalloc byte[MAXLINE];
        int n = Readline(fd, line);
        Assert.True(n > 0, "the connection has ended");
        return Encoding.ASCII.GetString(line[..(n - 1)]);
    }
}
