using System.Buffers;
using System.Runtime.InteropServices;

namespace Unp.Net.Pipelines.Tests.Loop;

/// <summary>
/// Tests where a caller continues after it has awaited a task of a loop. A caller on the loop's thread must continue on it, and a
/// caller on another thread must not. The loop's thread must not block on its own loop.
/// </summary>
public class OutsiderTests : LoopSuite
{
    readonly TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Returns whether the code after an await runs on the thread of a loop. The task ends after the await has begun.</summary>
    bool IsOnLoopAfter(Func<Task> start, Action? end = null)
    {
        Task<bool> after = Await();
        (end ?? gate.SetResult)();
        return after.Within();

        async Task<bool> Await()
        {
            await start().ConfigureAwait(false);
            return EventLoop.Current is not null;
        }
    }

    [Fact]
    public void Caller_of_RunAsync_is_not_on_loop()
    {
        using var loop = new EventLoop();
        Assert.False(IsOnLoopAfter(() => loop.RunAsync(async () =>
        {
            await gate.Task;
            await loop.SwitchTo();
        })));
        Assert.Throws<FormatException>(() => IsOnLoopAfter(() => loop.RunAsync(async () =>
        {
            await loop.Delay(TimeSpan.FromMilliseconds(1));
            throw new FormatException();
        }), () => { }));
    }

    [Fact]
    public void Caller_of_WaitForExitAsync_is_not_on_loop()
    {
        using var loop = new EventLoop();
        foreach (bool byPidfd in (bool[])[true, false])
        {
            using SpawnedProcess child = Spawn("sleep", ["1000"]);
            Assert.False(IsOnLoopAfter(() => loop.WaitForExitAsync(child, byPidfd, CancellationToken.None), () => child.Kill(SIGKILL)));
        }
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Caller_of_LoopConnection_DisposeAsync_is_not_on_loop(bool readsAhead)
    {
        using var loop = new EventLoop();
        var (client, server) = TcpPair(loop);
        using (client)
        {
            Task? receiving = null;
            var connection = new LoopConnection(server, new LoopConnectionOptions { MaxReadBufferSize = readsAhead ? 1024 : 0 });
            Assert.False(IsOnLoopAfter(
                async () =>
                {
                    // Too many bytes to be sent before the peer reads.
                    connection.Output.Write(new byte[10_000_000]);
                    ValueTask disposing = connection.DisposeAsync();
                    Assert.False(disposing.IsCompleted);
                    await disposing.ConfigureAwait(false);
                },
                () => receiving = loop.RunAsync(() => ReceiveAll(client, new byte[10_000_000]))));
            receiving!.Within();
        }
    }

    [Fact]
    public void Caller_of_StopAsync_is_not_on_loop()
    {
        using var loop = new EventLoop();
        Assert.False(IsOnLoopAfter(() => loop.StopAsync(Limit.Default), () => { }));
        using var group = new EventLoopGroup(2);
        Assert.False(IsOnLoopAfter(() => group.StopAsync(Limit.Default), () => { }));
    }

    [Fact]
    public void Caller_on_loop_stays_there() => OnLoop((string?)null, async loop =>
    {
        await loop.RunAsync(async () => await loop.Delay(TimeSpan.FromMilliseconds(1)));
        Assert.True(loop.IsCurrent);
        await Assert.ThrowsAsync<FormatException>(() => loop.RunAsync(async () =>
        {
            await loop.Delay(TimeSpan.FromMilliseconds(1));
            throw new FormatException();
        }));
        Assert.True(loop.IsCurrent);

        using SpawnedProcess child = Spawn("sh", ["-c", "exit 3"]);
        Assert.Equal(3, (await loop.WaitForExitAsync(child)).ExitStatus);
        Assert.True(loop.IsCurrent);

        var (client, server) = TcpPair(loop);
        using (client)
        {
            var connection = new LoopConnection(server);
            connection.Output.Write(new byte[10_000_000]);
            Task<int> receiving = ReceiveAll(client, new byte[10_000_000]);
            await connection.DisposeAsync();
            Assert.True(loop.IsCurrent);
            Assert.Equal(10_000_000, await receiving);
        }
    });

    [Fact]
    public void Wait_for_stop_on_own_thread_throws()
    {
        using var loop = new EventLoop();
        using var group = new EventLoopGroup(2);
        foreach (EventLoop own in (EventLoop[])[loop, group[1]])
        {
            own.RunAsync(() =>
            {
                Task<bool> Stop() => own == loop ? loop.StopAsync(Timeout.InfiniteTimeSpan) : group.StopAsync(Timeout.InfiniteTimeSpan);
                AssertThrows(own, () => Stop().Wait());
                AssertThrows(own, () => _ = Stop().Result);
                AssertThrows(own, () => Stop().GetAwaiter().GetResult());
                AssertThrows(own, () => Task.WaitAll(Stop()));
                AssertThrows(own, () => own.Completion.Wait());
                Assert.False(Stop().Wait(TimeSpan.FromMilliseconds(1)));
                return Task.CompletedTask;
            }).Within();
        }
        Assert.True(loop.Completion.Within());
        Assert.True(group[1].Completion.Within());

        // Another thread may wait.
        Assert.True(Limit.Run(() => loop.StopAsync(TimeSpan.Zero).Result));
        Assert.True(Limit.Run(() => group.StopAsync(TimeSpan.Zero).GetAwaiter().GetResult()));
    }

    [Fact]
    public void Wait_for_own_work_on_own_thread_throws() => OnLoop((string?)null, async loop =>
    {
        AssertThrows(loop, () => loop.RunAsync(() => gate.Task).Wait());
        using SpawnedProcess child = Spawn("sleep", ["1000"]);
        Task<WaitStatus> exit = loop.WaitForExitAsync(child);
        AssertThrows(loop, () => _ = exit.Result);
        child.Kill(SIGKILL);
        Assert.Equal(SIGKILL, (await exit).TermSignal);

        using var group = new EventLoopGroup(1);
        await group[0].RunAsync(() =>
        {
            LoopListener listener = group.Serve((SafeHandle[])[Loopback.Listener()], Echo);
            AssertThrows(group[0], listener.Completion.Wait);
            return Task.CompletedTask;
        });
        gate.SetResult();
    });

    [Fact]
    public void Group_disposed_by_two_of_its_loops_ends()
    {
        for (int i = 0; i < 50; i++)
        {
            var group = new EventLoopGroup(2);
            using var bothPosted = new ManualResetEventSlim();
            foreach (EventLoop loop in group)
            {
                loop.Post(() =>
                {
                    bothPosted.Wait();
                    group.Dispose();
                });
            }
            bothPosted.Set();
            Assert.False(group[0].Completion.Within());
            Assert.False(group[1].Completion.Within());
        }
    }

    static void AssertThrows(EventLoop loop, Action wait)
    {
        Exception? thrown = Record.Exception(wait);
        Assert.IsType<InvalidOperationException>(thrown is TaskSchedulerException ? thrown.InnerException : thrown);
        Assert.Contains(loop.Name, $"{thrown}", StringComparison.Ordinal);
    }
}
