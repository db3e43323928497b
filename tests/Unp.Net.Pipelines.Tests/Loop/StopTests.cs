namespace Unp.Net.Pipelines.Tests.Loop;

public class StopTests : LoopSuite
{
    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Theory, MemberData(nameof(Mechanisms))]
    public void Idle_loop_stops_at_once_and_refuses_work(string mechanism)
    {
        using var loop = new EventLoop(new EventLoopOptions { Mechanism = mechanism });
        loop.Schedule(TimeSpan.FromHours(1), () => { });
        Assert.True(loop.StopAsync(Timeout.InfiniteTimeSpan).Within());
        Assert.True(loop.Stopping.IsCancellationRequested);
        Assert.Throws<ObjectDisposedException>(() => loop.Post(() => { }));
        Assert.Throws<ObjectDisposedException>(() => loop.Schedule(Second, () => { }));
        Assert.Throws<ObjectDisposedException>(() => loop.Start(() => Task.CompletedTask));
        Assert.Throws<ObjectDisposedException>(() => loop.RunAsync(() => Task.CompletedTask).Within());
        Assert.Throws<ObjectDisposedException>(() => loop.OnSignal(SIGUSR1, _ => { }));
        using Fd fd = Loopback.Datagram();
        Assert.Throws<ObjectDisposedException>(() => new LoopSocket(loop, fd));
        Assert.False(fd.IsClosed);
        Assert.True(loop.StopAsync(TimeSpan.Zero).Within());
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Stop_waits_until_connections_end(string mechanism)
    {
        using var loop = new EventLoop(new EventLoopOptions { Mechanism = mechanism });
        var (first, second) = Pair(loop);
        loop.Start(() => Echo(first));
        Task<bool> stopped = loop.StopAsync(Timeout.InfiniteTimeSpan);
        byte[] answer = new byte[5];
        loop.RunAsync(async () =>
        {
            await second.SendAsync("hello"u8.ToArray());
            Assert.Equal(5, await ReceiveAll(second, answer));
            Assert.False(stopped.IsCompleted);
            second.Dispose();
        }).Within();
        Assert.True(stopped.Within());
        Assert.Equal("hello"u8, answer);
        Assert.Equal((10, 10), (loop.BytesReceived, loop.BytesSent));
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Drain_timeout_ends_waits_and_closes_sockets(string mechanism)
    {
        var time = new ManualTime();
        using var loop = new EventLoop(new EventLoopOptions { Mechanism = mechanism, TimeProvider = time });
        var (first, second) = Pair(loop);
        using var token = new CancellationTokenSource();
        Task<int> reading = null!;
        Task delay = null!;
        loop.RunAsync(() =>
        {
            reading = first.ReceiveAsync(new byte[1], token.Token).AsTask();
            delay = loop.Delay(TimeSpan.FromHours(1)).AsTask();
            return Task.CompletedTask;
        }).Within();
        Task<bool> stopped = loop.StopAsync(5 * Second);
        loop.RunAsync(() => Task.CompletedTask).Within();
        time.Advance(5 * Second - TimeSpan.FromTicks(1));
        loop.RunAsync(() => Task.CompletedTask).Within();
        Assert.False(stopped.IsCompleted);
        time.Advance(TimeSpan.FromTicks(1));
        Assert.False(stopped.Within());
        Assert.Throws<ObjectDisposedException>(() => reading.Within());
        Assert.Throws<ObjectDisposedException>(() => delay.Within());
        Assert.Throws<ObjectDisposedException>(() => { _ = second.SendAsync(new byte[1]); });
        Assert.True(first.Descriptor.IsClosed && second.Descriptor.IsClosed);
    }

    [Fact]
    public void Aborted_loop_runs_awaited_work_only()
    {
        var loop = new EventLoop();
        using var blocked = new ManualResetEventSlim();
        bool ran = false;
        loop.Post(() => blocked.Wait());
        loop.Post(() => ran = true);
        Task waiting = loop.RunAsync(() => throw new FormatException());
        Task<bool> stopped = loop.StopAsync(TimeSpan.Zero);
        blocked.Set();
        Assert.False(stopped.Within());
        Assert.False(ran);
        Assert.Throws<FormatException>(() => waiting.Within());
        loop.DisposeAsync().AsTask().Within();
        loop.Dispose();
    }

    [Fact]
    public void Loop_can_be_disposed_on_own_thread()
    {
        var loop = new EventLoop();
        loop.Post(loop.Dispose);
        Assert.False(loop.Completion.Within());
    }

    [Fact]
    public void StopAsync_during_abort_returns_false()
    {
        var unexpected = new System.Collections.Concurrent.ConcurrentQueue<Exception>();
        var loop = new EventLoop(new EventLoopOptions { OnException = (_, exception) => unexpected.Enqueue(exception) });
        Task<bool> stopped = null!;
        loop.Post(() =>
        {
            // In the last turn the loop still accepts the work of StopAsync, and runs it after it has closed.
            loop.Dispose();
            stopped = loop.StopAsync(TimeSpan.FromSeconds(1));
        });
        Assert.False(loop.Completion.Within());
        Assert.False(stopped.Within());
        Assert.Empty(unexpected);
    }

    [Fact]
    public void Loop_without_meter_does_not_start()
    {
        int before = System.Diagnostics.Process.GetCurrentProcess().Threads.Count;
        for (int i = 0; i < 20; i++)
            Assert.Throws<NotSupportedException>(() => new EventLoop(new EventLoopOptions { MeterFactory = new NoMeters() }));
        Assert.InRange(System.Diagnostics.Process.GetCurrentProcess().Threads.Count, 1, before + 10);
    }

    sealed class NoMeters : System.Diagnostics.Metrics.IMeterFactory
    {
        public System.Diagnostics.Metrics.Meter Create(System.Diagnostics.Metrics.MeterOptions options) =>
            throw new NotSupportedException();

        public void Dispose()
        {
        }
    }

    [Fact]
    public void Many_loops_start_and_end()
    {
        for (int i = 0; i < 200; i++)
        {
            using var loop = new EventLoop();
            if (i % 2 == 0)
                loop.Post(() => { });
        }
    }
}
