using System.Collections.Concurrent;

namespace Unp.Net.Pipelines.Tests.Loop;

/// <summary>
/// Tests of the ExecutionContext (AsyncLocal, Activity.Current) of work on a loop. The work must run in the context of the call that
/// started it, and the loop must remove this context afterwards.
/// </summary>
public class ContextTests : LoopSuite
{
    readonly AsyncLocal<string?> local = new();
    readonly ConcurrentQueue<string?> seen = new();

    void Record() => seen.Enqueue(local.Value);

    void RecordAndChange()
    {
        Record();
        local.Value = "changed on the loop";
    }

    Task RecordAndChangeAsync()
    {
        RecordAndChange();
        return Task.CompletedTask;
    }

    void AssertSeen(params string?[] values)
    {
        Limit.Until(() => seen.Count >= values.Length, $"{values.Length} values are recorded");
        Assert.Equal(values, seen);
        seen.Clear();
    }

    [Fact]
    public void AsyncLocal_value_does_not_leak_into_next_work()
    {
        using var loop = new EventLoop();
        for (int i = 0; i < 2; i++)
        {
            loop.Post(RecordAndChange);
            loop.Post(_ => RecordAndChange(), null);
            loop.Start(RecordAndChangeAsync);
            loop.RunAsync(RecordAndChangeAsync).Within();
            AssertSeen(null, null, null, null);
            loop.Schedule(TimeSpan.Zero, RecordAndChange);
            AssertSeen((string?)null);
            loop.Schedule(TimeSpan.Zero, _ => RecordAndChange(), null);
            AssertSeen((string?)null);
            using (loop.OnSignal(SIGUSR2, _ => RecordAndChange()))
            {
                Kill(getpid(), SIGUSR2);
                AssertSeen((string?)null);
            }
        }
    }

    [Fact]
    public void Own_timer_of_library_does_not_capture_context()
    {
        using var loop = new EventLoop();
        local.Value = "caller";
        loop.ScheduleOwn(TimeSpan.Zero, _ => RecordAndChange(), null);
        AssertSeen((string?)null);
        loop.Schedule(TimeSpan.Zero, _ => RecordAndChange(), null);
        AssertSeen("caller");
        Assert.Equal("caller", local.Value);
    }

    [Fact]
    public void Work_has_context_of_its_call()
    {
        using var loop = new EventLoop();
        local.Value = "Post";
        loop.Post(RecordAndChange);
        local.Value = "Post with state";
        loop.Post(_ => RecordAndChange(), null);
        local.Value = "Start";
        loop.Start(RecordAndChangeAsync);
        local.Value = "RunAsync";
        loop.RunAsync(RecordAndChangeAsync).Within();
        AssertSeen("Post", "Post with state", "Start", "RunAsync");
        Assert.Equal("RunAsync", local.Value);

        local.Value = "Schedule";
        LoopTimer timer = loop.Schedule(TimeSpan.Zero, RecordAndChange);
        AssertSeen("Schedule");
        local.Value = "later";
        timer.Change(TimeSpan.Zero);
        AssertSeen("Schedule");

        local.Value = "OnSignal";
        using (loop.OnSignal(SIGUSR2, _ => RecordAndChange()))
        {
            local.Value = null;
            Kill(getpid(), SIGUSR2);
            AssertSeen("OnSignal");
        }
        loop.Post(Record);
        AssertSeen((string?)null);
    }

    [Fact]
    public void Work_on_loop_thread_leaves_context_of_caller() => OnLoop((string?)null, async loop =>
    {
        local.Value = "caller";
        loop.Start(RecordAndChangeAsync);
        await loop.RunAsync(RecordAndChangeAsync);
        Assert.Equal("caller", local.Value);
        AssertSeen("caller", "caller");
    });

    [Fact]
    public void Suppressed_flow_gives_empty_context()
    {
        using var loop = new EventLoop();
        local.Value = "caller";
        using (ExecutionContext.SuppressFlow())
        {
            loop.Post(RecordAndChange);
            loop.Post(RecordAndChange);
            AssertSeen(null, null);
            loop.Schedule(TimeSpan.Zero, RecordAndChange);
            AssertSeen((string?)null);
            loop.Schedule(TimeSpan.Zero, RecordAndChange);
            AssertSeen((string?)null);
        }
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Continuation_leaves_context_of_loop(string mechanism)
    {
        using var loop = new EventLoop(new EventLoopOptions { Mechanism = mechanism });
        var (first, second) = Pair(loop);
        using (first)
        using (second)
        {
            byte[] buffer = new byte[1];
            for (int i = 0; i < 3; i++)
            {
                // No async method here, because its builder would restore the context.
                loop.RunAsync(() =>
                {
                    var receiving = first.ReceiveAsync(buffer).GetAwaiter();
                    receiving.UnsafeOnCompleted(() =>
                    {
                        receiving.GetResult();
                        RecordAndChange();
                    });
                    return Task.CompletedTask;
                }).Within();
                second.SendAsync(buffer).AsTask().Within();
                AssertSeen((string?)null);
            }
        }
    }

    [Fact]
    public void Each_connection_starts_with_empty_context()
    {
        using var group = new EventLoopGroup(2);
        foreach (bool onLoop in (bool[])[false, true])
        {
            LoopListener listener = null!;
            Task Serve()
            {
                local.Value = "caller of Serve";
                listener = group.Serve(SockAddr.Loopback(AF_INET), RecordConnectionAsync);
                Assert.Equal("caller of Serve", local.Value);
                return Task.CompletedTask;
            }
            (onLoop ? group[0].RunAsync(Serve) : Serve()).Within();
            for (int i = 0; i < 6; i++)
            {
                using Fd client = Loopback.Limited(Socket(AF_INET, SOCK_STREAM));
                Connect(client, listener.Address);
                Assert.Equal(0, Read(client, new byte[1]));
            }
            AssertSeen(new string?[6]);
            listener.DisposeAsync().AsTask().Within();
        }

        async Task RecordConnectionAsync(LoopSocket socket)
        {
            RecordAndChange();
            await socket.Loop.Delay(TimeSpan.Zero);
            Assert.Equal("changed on the loop", local.Value);
        }
    }

    [Fact]
    public void Post_with_context_allocates_nothing()
    {
        using var loop = new EventLoop();
        using var done = new SemaphoreSlim(0);
        Action<object?> work = static semaphore => ((SemaphoreSlim)semaphore!).Release();
        local.Value = "caller";
        AllocationCheck.AssertFree("Post", () =>
        {
            loop.Post(work, done);
            done.Wait();
        });
        loop.RunAsync(() =>
        {
            AllocationCheck.AssertFree("Post on the loop", () => loop.Post(static _ => { }, null));
            return Task.CompletedTask;
        }).Within();
    }
}
