namespace Unp.Net.Tests.Workers;

public sealed class WorkerOptionTests
{
    [Fact]
    public void Impossible_options_are_refused_and_the_listener_is_closed()
    {
        Refuse<ArgumentOutOfRangeException>(new() { Workers = 0 });
        Refuse<ArgumentOutOfRangeException>(new() { DrainTimeout = TimeSpan.FromTicks(-1) });
        Refuse<ArgumentOutOfRangeException>(new() { ReadyTimeout = TimeSpan.FromTicks(-1) });
        Refuse<ArgumentOutOfRangeException>(new() { LongestBackoff = TimeSpan.FromTicks(-1) });
        Refuse<ArgumentOutOfRangeException>(new() { Accept = (AcceptMode)99 });
        Refuse<ArgumentException>(new() { Descriptors = { ["a,b"] = Fd.StandardError } });
        Refuse<ArgumentException>(new() { Descriptors = { [""] = Fd.StandardError } });
        ArgumentException refused = Refuse<ArgumentException>(new() { Accept = AcceptMode.ReusePort });
        Assert.Contains("SO_REUSEPORT", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_that_cannot_be_started_is_told_by_Run()
    {
        using var pool = new WorkerPool(Loopback.Listener(), new() { Program = "/no/such/program", HandlesSignals = false });
        UnpException failure = Assert.Throws<UnpException>(() => pool.Run());
        Assert.Equal((Errno.ENOENT, "posix_spawn"), (failure.Errno, failure.Function));
        Assert.Throws<ObjectDisposedException>(() => pool.Run());
        pool.Stop();
        pool.Reload();
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("0:1:Direct:listener")]
    [InlineData("x:1:Direct:.control")]
    [InlineData("0:1:Sometimes:.control")]
    public void A_variable_that_no_pool_has_set_is_refused(string text)
    {
        Assert.Null(Worker.FromEnvironment());
        Environment.SetEnvironmentVariable("UNP_WORKER", text);
        Assert.Contains(text, Assert.Throws<InvalidOperationException>(Worker.FromEnvironment).Message, StringComparison.Ordinal);
        Assert.Null(Worker.FromEnvironment());
    }

    [Fact]
    public void Events_read_as_lines_of_a_log()
    {
        Assert.Equal("worker 1 (process 7, generation 2) was started", new WorkerEvent(WorkerEventKind.Started, 1, 2, 7).ToString());
        Assert.Equal("worker 1 (process 7, generation 2) has ended: exit status 3", new WorkerEvent(WorkerEventKind.Ended, 1, 2, 7, new WaitStatus(0x300)).ToString());
        Assert.Equal(
            "worker 1 (generation 2) could not be started: posix_spawn error: No such file or directory",
            new WorkerEvent(WorkerEventKind.NotStarted, 1, 2, 0, null, new UnpException(Errno.ENOENT, "posix_spawn")).ToString());
        Assert.Contains("generation 3", new WorkerEvent(WorkerEventKind.ReloadFailed, -1, 3, 0).ToString(), StringComparison.Ordinal);
    }

    static T Refuse<T>(WorkerPoolOptions options)
        where T : ArgumentException
    {
        Fd listenfd = Loopback.Listener();
        T refused = Assert.Throws<T>(() => new WorkerPool(listenfd, options));
        Assert.True(listenfd.IsClosed);
        return refused;
    }
}
