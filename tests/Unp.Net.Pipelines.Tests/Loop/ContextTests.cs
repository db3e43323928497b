using System.Collections.Concurrent;

namespace Unp.Net.Pipelines.Tests.Loop;

/// <summary>
/// The ExecutionContext (AsyncLocal, Activity.Current) of work on a loop is that of the call that started it, and ends with
/// it.
/// </summary>
public class ContextTests : LoopSuite
{
    readonly AsyncLocal<string?> local = new();
    readonly ConcurrentQueue<string?> seen = new();

    void Note() => seen.Enqueue(local.Value);

    void NoteAndChange()
    {
        Note();
        local.Value = "changed on the loop";
    }

    Task NoteAndChangeAsync()
    {
        NoteAndChange();
        return Task.CompletedTask;
    }

    void AssertSeen(params string?[] values)
    {
        Limit.Until(() => seen.Count >= values.Length, $"{values.Length} are noted");
        Assert.Equal(values, seen);
        seen.Clear();
    }

    [Fact]
    public void Value_of_one_work_is_not_seen_by_next()
    {
        using var loop = new EventLoop();
        for (int i = 0; i < 2; i++)
        {
            loop.Post(NoteAndChange);
            loop.Post(_ => NoteAndChange(), null);
            loop.Start(NoteAndChangeAsync);
            loop.RunAsync(NoteAndChangeAsync).Within();
            AssertSeen(null, null, null, null);
            loop.Schedule(TimeSpan.Zero, NoteAndChange);
            AssertSeen((string?)null);
            loop.Schedule(TimeSpan.Zero, _ => NoteAndChange(), null);
            AssertSeen((string?)null);
            using (loop.OnSignal(SIGUSR2, _ => NoteAndChange()))
            {
                Kill(getpid(), SIGUSR2);
                AssertSeen((string?)null);
            }
        }
    }

    [Fact]
    public void Work_has_context_of_its_call()
    {
        using var loop = new EventLoop();
        local.Value = "Post";
        loop.Post(NoteAndChange);
        local.Value = "Post with state";
        loop.Post(_ => NoteAndChange(), null);
        local.Value = "Start";
        loop.Start(NoteAndChangeAsync);
        local.Value = "RunAsync";
        loop.RunAsync(NoteAndChangeAsync).Within();
        AssertSeen("Post", "Post with state", "Start", "RunAsync");
        Assert.Equal("RunAsync", local.Value);

        local.Value = "Schedule";
        LoopTimer timer = loop.Schedule(TimeSpan.Zero, NoteAndChange);
        AssertSeen("Schedule");
        local.Value = "later";
        timer.Change(TimeSpan.Zero);
        AssertSeen("Schedule");

        local.Value = "OnSignal";
        using (loop.OnSignal(SIGUSR2, _ => NoteAndChange()))
        {
            local.Value = null;
            Kill(getpid(), SIGUSR2);
            AssertSeen("OnSignal");
        }
        loop.Post(Note);
        AssertSeen((string?)null);
    }

    [Fact]
    public void Work_on_loops_thread_leaves_context_of_caller() => OnLoop((string?)null, async loop =>
    {
        local.Value = "caller";
        loop.Start(NoteAndChangeAsync);
        await loop.RunAsync(NoteAndChangeAsync);
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
            loop.Post(NoteAndChange);
            loop.Post(NoteAndChange);
            AssertSeen(null, null);
            loop.Schedule(TimeSpan.Zero, NoteAndChange);
            AssertSeen((string?)null);
            loop.Schedule(TimeSpan.Zero, NoteAndChange);
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
                // Without the builder of an async method, which restores the context itself.
                loop.RunAsync(() =>
                {
                    var receiving = first.ReceiveAsync(buffer).GetAwaiter();
                    receiving.UnsafeOnCompleted(() =>
                    {
                        receiving.GetResult();
                        NoteAndChange();
                    });
                    return Task.CompletedTask;
                }).Within();
                second.SendAsync(buffer).AsTask().Within();
                AssertSeen((string?)null);
            }
        }
    }

    [Fact]
    public void Connections_have_empty_contexts_of_their_own()
    {
        using var group = new EventLoopGroup(2);
        foreach (bool onLoop in (bool[])[false, true])
        {
            LoopListener listener = null!;
            Task Serve()
            {
                local.Value = "caller of Serve";
                listener = group.Serve(SockAddr.Loopback(AF_INET), TellAsync, reusePort: false);
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

        async Task TellAsync(LoopSocket socket)
        {
            NoteAndChange();
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
