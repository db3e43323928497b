using System.Collections.Concurrent;

namespace Unp.Net.Pipelines.Tests.Loop;

/// <summary>
/// Tests that an async lambda is passed as work with a task. The exception of an async void function would not reach the handler.
/// </summary>
public class AsyncWorkTests : LoopSuite
{
    readonly BlockingCollection<Exception> reported = [];

    EventLoop Loop(TimeProvider? time = null) =>
        new(new EventLoopOptions
        {
            TimeProvider = time ?? TimeProvider.System,
            OnException = (loop, exception) =>
                reported.Add(loop.IsCurrent ? exception : new InvalidOperationException("Not on the loop.", exception)),
        });

    void AssertReported(string message)
    {
        Assert.True(reported.TryTake(out Exception? exception, Limit.Default));
        Assert.Equal(message, Assert.IsType<FormatException>(exception).Message);
    }

    [Fact]
    public void Exception_of_async_work_reaches_handler()
    {
        using EventLoop loop = Loop();
        loop.Post(async () =>
        {
            await loop.Delay(TimeSpan.Zero);
            throw new FormatException("Post");
        });
        AssertReported("Post");
        loop.Post(
            async state =>
            {
                await Task.Yield();
                throw new FormatException((string)state!);
            }, "Post with state");
        AssertReported("Post with state");
        loop.Schedule(TimeSpan.Zero, async () =>
        {
            await Task.Yield();
            throw new FormatException("Schedule");
        });
        AssertReported("Schedule");
        loop.Schedule(
            TimeSpan.Zero, async state =>
            {
                await Task.Yield();
                throw new FormatException((string)state!);
            }, "Schedule with state");
        AssertReported("Schedule with state");
        using (loop.OnSignal(SIGUSR2, async signo =>
        {
            await Task.Yield();
            throw new FormatException($"OnSignal {signo}");
        }))
        {
            Kill(getpid(), SIGUSR2);
            AssertReported($"OnSignal {SIGUSR2}");
        }
        loop.Start(async () =>
        {
            await Task.Yield();
            throw new FormatException("Start");
        });
        AssertReported("Start");
    }

    [Fact]
    public void Exception_before_first_await_reaches_handler()
    {
        using EventLoop loop = Loop();
        loop.Post(Task () => throw new FormatException("Post"));
        AssertReported("Post");
        loop.Schedule(TimeSpan.Zero, Task () => throw new FormatException("Schedule"));
        AssertReported("Schedule");
        using (loop.OnSignal(SIGUSR2, Task (_) => throw new FormatException("OnSignal")))
        {
            Kill(getpid(), SIGUSR2);
            AssertReported("OnSignal");
        }
    }

    [Fact]
    public void Periodic_async_work_does_not_overlap()
    {
        var time = new ManualTime();
        using EventLoop loop = Loop(time);
        int started = 0;
        var gate = new TaskCompletionSource();
        loop.Schedule(TimeSpan.FromSeconds(1), () => ++started == 1 ? gate.Task : Task.CompletedTask, TimeSpan.FromSeconds(1));
        for (int i = 0; i < 3; i++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            loop.RunAsync(() => Turns(loop)).Within();
            Assert.Equal(1, started);
        }
        gate.SetResult();
        time.Advance(TimeSpan.FromSeconds(1));
        Limit.Until(() => Volatile.Read(ref started) == 2, "the work runs again");
        Assert.Empty(reported);
    }

    [Fact]
    public void Post_of_static_async_work_allocates_nothing()
    {
        using EventLoop loop = Loop();
        using var done = new SemaphoreSlim(0);
        Func<object?, Task> work = static semaphore =>
        {
            ((SemaphoreSlim)semaphore!).Release();
            return Task.CompletedTask;
        };
        AllocationCheck.AssertFree("Post", () =>
        {
            loop.Post(work, done);
            done.Wait();
        });
    }
}
