using System.IO.Pipelines;

namespace Unp.Net.Pipelines.Tests.Connections;

/// <summary>Handlers that block the loop's thread until the loop has made progress.</summary>
public class BlockedLoopTests
{
    static readonly TimeSpan Threshold = TimeSpan.FromMilliseconds(50);

    [Fact]
    public void Synchronous_read_on_loop_throws_and_connection_stays_usable() => Run(async (connection, peer) =>
    {
        Task<ReadResult> reading = connection.Input.ReadAsync().AsTask();
        AssertRemedy(Assert.Throws<InvalidOperationException>(() => reading.GetAwaiter().GetResult()));
        Writen(peer, "x"u8);
        Assert.Equal(1, (await connection.Input.ReadAsync()).Buffer.Length);
    });

    [Fact]
    public void Synchronous_flush_on_loop_throws_and_aborts_connection() => Run(async (connection, peer) =>
    {
        Task<FlushResult> flushing = connection.Output.WriteAsync(new byte[100_000_000]).AsTask();
        AssertRemedy(Assert.Throws<InvalidOperationException>(() => flushing.GetAwaiter().GetResult()));
        FlushResult next = await connection.Output.WriteAsync(new byte[100_000_000]);
        Assert.True(next.IsCompleted);
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(async () => await connection.Input.ReadAsync());
        Assert.Same(reasonOf(flushing), failure);

        static Exception reasonOf(Task task) => task.Exception!.InnerException!;
    });

    /// <summary>The read was started in another callback, which has returned to the loop.</summary>
    [Fact]
    public void Pending_read_survives_handler_that_blocks_for_another_reason() => Run(async (connection, peer) =>
    {
        Task<ReadResult> reading = connection.Input.ReadAsync().AsTask();
        var blocked = new TaskCompletionSource();
        connection.Socket.Loop.Post(() =>
        {
            using var never = new ManualResetEventSlim();
            never.Wait(6 * Threshold);
            blocked.SetResult();
        });
        await blocked.Task;
        Assert.False(reading.IsCompleted);
        Writen(peer, "x"u8);
        Assert.Equal(1, (await reading).Buffer.Length);
    });

    /// <summary>The thread is busy and does not wait.</summary>
    [Fact]
    public void Pending_read_survives_handler_that_works_for_long() => Run(async (connection, peer) =>
    {
        Task<ReadResult> reading = connection.Input.ReadAsync().AsTask();
        long end = Environment.TickCount64 + (long)(6 * Threshold).TotalMilliseconds;
        while (Environment.TickCount64 < end)
            Thread.SpinWait(1000);
        Assert.False(reading.IsCompleted);
        Writen(peer, "x"u8);
        Assert.Equal(1, (await reading).Buffer.Length);
    });

    static void Run(Func<LoopConnection, Fd, Task> test) => Task.Run(async () =>
    {
        using var loop = new EventLoop(new EventLoopOptions { StallTimeout = Threshold });
        Socketpair(AF_UNIX, SOCK_STREAM, 0, out Fd mine, out Fd theirs);
        using Fd peer = theirs;
        await loop.RunAsync(async () =>
        {
            await using var connection = new LoopConnection(
                new LoopSocket(loop, mine), new LoopConnectionOptions { MaxReadBufferSize = 1000, AbortOnFailure = true });
            await test(connection, peer);
        });
    }).Within();

    static void AssertRemedy(Exception thrown) => Assert.Contains("RunContinuationsAsynchronously", thrown.Message);
}
