using System.Collections.Concurrent;

namespace Unp.Net.Pipelines.Tests.Loop;

public class PostTests : LoopSuite
{
    [Theory, MemberData(nameof(Mechanisms))]
    public void Posts_of_each_thread_run_in_order_on_loop_thread(string mechanism)
    {
        const int Threads = 4, Each = 5000;
        using var loop = new EventLoop(new EventLoopOptions { Mechanism = mechanism });
        var done = new List<(int Thread, int Number)>();
        bool ranOffLoop = false;
        using var all = new CountdownEvent(Threads * Each);
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(thread => new Thread(() =>
        {
            for (int i = 0; i < Each; i++)
            {
                int number = i;
                loop.Post(() =>
                {
                    ranOffLoop |= !loop.IsCurrent || EventLoop.Current != loop;
                    done.Add((thread, number));
                    all.Signal();
                });
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.True(all.Wait(Limit.Default));
        Assert.False(ranOffLoop);
        Assert.Null(EventLoop.Current);
        for (int thread = 0; thread < Threads; thread++)
            Assert.Equal(Enumerable.Range(0, Each), done.Where(each => each.Thread == thread).Select(each => each.Number));
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Sleeping_loop_wakes_for_each_post(string mechanism)
    {
        using var loop = new EventLoop(new EventLoopOptions { Mechanism = mechanism });
        using var done = new SemaphoreSlim(0);
        for (int i = 0; i < 2000; i++)
        {
            loop.Post(static semaphore => ((SemaphoreSlim)semaphore!).Release(), done);
            Assert.True(done.Wait(Limit.Default), $"post {i}");
        }
    }

    [Fact]
    public void Work_posted_by_posted_work_runs_in_next_turn() => OnLoop((string?)null, async loop =>
    {
        var order = new List<string>();
        var all = new TaskCompletionSource();
        loop.Post(() =>
        {
            loop.Post(() => order.Add("inner"));
            loop.Post(all.SetResult);
            order.Add("outer");
        });
        loop.Post(() => order.Add("second"));
        await all.Task;
        Assert.Equal(["outer", "second", "inner"], order);
    });

    [Fact]
    public void Post_and_wake_allocate_nothing()
    {
        using var loop = new EventLoop();
        using var done = new SemaphoreSlim(0);
        Action<object?> work = static semaphore => ((SemaphoreSlim)semaphore!).Release();
        Action plain = () => done.Release();
        AllocationCheck.AssertFree("Post", () =>
        {
            loop.Post(work, done);
            loop.Post(plain);
            done.Wait();
            done.Wait();
        });
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Exception_of_work_reaches_handler_and_loop_continues(string mechanism)
    {
        var reported = new BlockingCollection<(EventLoop Loop, Exception Exception, bool OnLoop)>();
        using var loop = new EventLoop(new EventLoopOptions
        {
            Mechanism = mechanism,
            OnException = (loop, exception) => reported.Add((loop, exception, loop.IsCurrent)),
        });
        var first = new FormatException();
        loop.Post(() => throw first);
        loop.Schedule(TimeSpan.Zero, () => throw first);
        loop.Start(async () =>
        {
            await Task.Yield();
            throw first;
        });
        for (int i = 0; i < 3; i++)
        {
            Assert.True(reported.TryTake(out var each, Limit.Default));
            Assert.Same(first, each.Exception);
            Assert.Same(loop, each.Loop);
        }
        loop.RunAsync(() => Task.CompletedTask).Within();
    }

    [Fact]
    public void SwitchTo_returns_from_pool_thread_to_loop() => OnLoop((string?)null, async loop =>
    {
        await Task.Yield();
        Assert.False(loop.IsCurrent);
        await loop.SwitchTo();
        Assert.True(loop.IsCurrent);
        await loop.SwitchTo();
        await Task.Run(() => loop.RunAsync(() =>
        {
            Assert.True(loop.IsCurrent);
            return Task.CompletedTask;
        }));
        await Assert.ThrowsAsync<FormatException>(() => loop.RunAsync(() => throw new FormatException()));
    });

    [Fact]
    public void Invalid_options_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new EventLoop(new EventLoopOptions { Mechanism = "nonsense" }));
        AssertRefused<ArgumentOutOfRangeException>("SpinPeriod", new EventLoopOptions { SpinPeriod = TimeSpan.FromSeconds(-1) });
        AssertRefused<ArgumentOutOfRangeException>("StallTimeout", new EventLoopOptions { StallTimeout = TimeSpan.Zero });
        AssertRefused<ArgumentOutOfRangeException>("Processor", new EventLoopOptions { Processor = -1 });
        AssertRefused<ArgumentNullException>("Name", new EventLoopOptions { Name = null! });
        AssertRefused<ArgumentNullException>("TimeProvider", new EventLoopOptions { TimeProvider = null! });
        Assert.Throws<ArgumentOutOfRangeException>(() => new EventLoopGroup(0));
        UnpException none = Assert.Throws<UnpException>(() => new EventLoop(new EventLoopOptions { Processor = 8191 }));
        Assert.Equal(Errno.EINVAL, none.Errno);
        Assert.Contains("processor 8191", none.Message, StringComparison.Ordinal);

        static void AssertRefused<T>(string property, EventLoopOptions options)
            where T : ArgumentException
        {
            Assert.Throws<T>(property, options.Validate);
            Assert.Throws<T>(property, () => new EventLoop(options));
        }
    }

    [Fact]
    public void RunAsync_returns_result_of_function()
    {
        using var loop = new EventLoop();
        Assert.Same(loop, loop.RunAsync(() => Task.FromResult(EventLoop.Current)).Within());
        int sum = loop.RunAsync(async () =>
        {
            await Task.Yield();
            int first = await loop.RunAsync(() => Task.FromResult(1));
            Assert.True(first == 1);
            return first + 1;
        }).Within();
        Assert.Equal(2, sum);
        Assert.Throws<FormatException>(() => loop.RunAsync<int>(() => throw new FormatException()).Within());
        loop.Dispose();
        Assert.Throws<ObjectDisposedException>(() => loop.RunAsync(() => Task.FromResult(1)).Within());
    }

    [Fact]
    public unsafe void Loop_thread_has_name_and_processor_of_options()
    {
        ulong[] allowed = new ulong[128];
        fixed (ulong* words = allowed)
            Assert.InRange(sched_getaffinity(0, 1024, words), 0, 1024);
        int last = Enumerable.Range(0, 8192).Last(processor => (allowed[processor / 64] & (1UL << processor)) != 0);
        using var loop = new EventLoop(
            new EventLoopOptions { Processor = last, Name = "bound", SpinPeriod = TimeSpan.FromMicroseconds(10) });
        ulong[] mask = new ulong[128];
        string? name = null;
        loop.RunAsync(() =>
        {
            fixed (ulong* words = mask)
                _ = sched_getaffinity(0, 1024, words);
            name = Thread.CurrentThread.Name;
            return Task.CompletedTask;
        }).Within();
        Assert.Equal("bound", name);
        Assert.Equal(1UL << last, mask[last / 64]);
        Assert.Equal(1, mask.Count(word => word != 0));
    }
}
