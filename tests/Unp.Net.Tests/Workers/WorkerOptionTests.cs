namespace Unp.Net.Tests.Workers;

public sealed class WorkerOptionTests
{
    [Fact]
    public void Invalid_options_are_rejected_and_listener_stays_open()
    {
        Refuse<ArgumentOutOfRangeException>(new() { Workers = 0 });
        Refuse<ArgumentOutOfRangeException>(new() { DrainTimeout = TimeSpan.FromTicks(-1) });
        Refuse<ArgumentOutOfRangeException>(new() { ReadyTimeout = TimeSpan.FromTicks(-1) });
        Refuse<ArgumentOutOfRangeException>(new() { MaxRestartDelay = TimeSpan.FromTicks(-1) });
        Refuse<ArgumentOutOfRangeException>(new() { Accept = (AcceptMode)99 });
        Refuse<ArgumentException>(new() { Descriptors = { ["a,b"] = Fd.StandardError } });
        Refuse<ArgumentException>(new() { Descriptors = { [""] = Fd.StandardError } });
        ArgumentException refused = Refuse<ArgumentException>(new() { Accept = AcceptMode.ReusePort });
        Assert.Contains("SO_REUSEPORT", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_throws_if_program_cannot_be_started()
    {
        using var pool = new WorkerPool(Loopback.Listener(), new() { Program = "/no/such/program", HandlesSignals = false });
        UnpException failure = Assert.Throws<UnpException>(() => pool.Run());
        Assert.Equal((Errno.ENOENT, "posix_spawn"), (failure.Errno, failure.Function));
        Assert.Throws<ObjectDisposedException>(() => pool.Run());
        pool.Stop();
        pool.Reload();
    }

    [Fact]
    public void Socket_that_does_not_listen_is_rejected_and_stays_open()
    {
        using Fd bound = Socket(AF_INET, SOCK_STREAM);
        Bind(bound, SockAddr.Loopback(AF_INET));
        using Fd datagrams = Socket(AF_INET, SOCK_DGRAM);
        using Fd pipe = Fd.StandardInput;
        foreach (Fd fd in (Fd[])[bound, datagrams, pipe])
        {
            ArgumentException refused = Assert.Throws<ArgumentException>("listener", () => new WorkerPool(fd));
            Assert.Contains($"{fd} does not listen", refused.Message, StringComparison.Ordinal);
        }
        Assert.NotEqual(0, Getsockname(bound).Port);
        Assert.Throws<ArgumentNullException>("listener", () => new WorkerPool(null!));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("0:1:Direct:listener")]
    [InlineData("x:1:Direct:.control,.listener")]
    [InlineData("0:1:Sometimes:.control,.listener")]
    [InlineData("0:1:99:.control,.listener")]
    [InlineData("0:1:Direct:.control")]
    [InlineData("0:1:Direct:.control,.queue")]
    [InlineData("0:1:FileLock:.control,.listener")]
    [InlineData("0:1:Direct:.control,.listener,.listener")]
    public void Malformed_variable_is_rejected(string text)
    {
        Assert.Null(Worker.FromEnvironment());
        Environment.SetEnvironmentVariable("UNP_WORKER", text);
        UnpException refused = Assert.Throws<UnpException>(Worker.FromEnvironment);
        Assert.Equal($"Worker.FromEnvironment error: Invalid argument (UNP_WORKER={text})", refused.Message);
        Assert.Null(Worker.FromEnvironment());
    }

    [Fact]
    public void Variable_with_wrong_descriptors_is_rejected()
    {
        using Fd nothing = Open("/dev/null", O_RDWR);
        const string Variable = "UNP_WORKER=0:1:Direct:.control,.listener";
        Assert.Equal($"Bad file descriptor ({Variable}: descriptor 3 was not inherited, this process opened it itself)", Refused());
        Assert.Equal($"Socket operation on non-socket ({Variable}: descriptor 3)", Refused((3, nothing), (4, nothing)));
        using Fd listenfd = Loopback.Listener();
        Assert.Equal($"Socket operation on non-socket ({Variable}: descriptor 4)", Refused((3, listenfd), (4, nothing)));

        string Refused(params (int Number, Fd Fd)[] given)
        {
            var options = new SpawnOptions { Descriptors = { [0] = nothing } };
            foreach (var (number, fd) in given)
                options.Descriptors[number] = fd;
            var (output, status) = Processes.Children.Run(
                "/bin/sh", ["-c", $"{Variable} exec \"$0\" 'worker of an old variable' 2>&1", ChildProcess.Executable], options);
            Assert.Equal("exit status 1", status.ToString());
            Assert.StartsWith("Worker.FromEnvironment error: ", output, StringComparison.Ordinal);
            return output["Worker.FromEnvironment error: ".Length..].TrimEnd();
        }
    }

    [Fact]
    public void Pool_in_worker_is_rejected_with_advice()
    {
        using Peer program = ChildProcess.Start("pool in each worker");
        Assert.Equal("Started", program.ReadLine());
        Assert.Equal("Ended", program.ReadLine()); // the worker has failed to create a pool
        program.Kill(SIGTERM);
        Outcome outcome = program.Finish();
        Assert.Equal(0, outcome.Status);
        Assert.Contains(
            "System.InvalidOperationException: This process is a worker of another pool (UNP_WORKER=0:1:Direct:",
            outcome.Error, StringComparison.Ordinal);
        Assert.Contains("Call Worker.FromEnvironment before creating a WorkerPool.", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Event_text_is_log_line()
    {
        Assert.Equal("worker 1 (process 7, generation 2) was started", new WorkerEvent(WorkerEventKind.Started, 1, 2, 7).ToString());
        Assert.Equal(
            "worker 1 (process 7, generation 2) has ended: exit status 3",
            new WorkerEvent(WorkerEventKind.Ended, 1, 2, 7, new WaitStatus(0x300)).ToString());
        Assert.Equal(
            "worker 1 (generation 2) could not be started: posix_spawn error: No such file or directory",
            new WorkerEvent(WorkerEventKind.NotStarted, 1, 2, 0, null, new UnpException(Errno.ENOENT, "posix_spawn")).ToString());
        Assert.Equal(
            "worker 1 (process 7, generation 2) was not ready in time and is asked to end",
            new WorkerEvent(WorkerEventKind.NotReady, 1, 2, 7).ToString());
        Assert.Contains("generation 3", new WorkerEvent(WorkerEventKind.ReloadFailed, -1, 3, 0).ToString(), StringComparison.Ordinal);
    }

    static T Refuse<T>(WorkerPoolOptions options)
        where T : ArgumentException
    {
        using Fd listenfd = Loopback.Listener();
        T refused = Assert.Throws<T>(() => new WorkerPool(listenfd, options));
        Assert.True(Getsockopt(listenfd, SocketOptions.AcceptConn));
        return refused;
    }
}
