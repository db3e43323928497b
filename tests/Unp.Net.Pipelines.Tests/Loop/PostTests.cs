using System.Collections.Concurrent;

namespace Unp.Net.Pipelines.Tests.Loop;

public class PostTests : LoopSuite
{
    [Theory, MemberData(nameof(Mechanisms))]
    public void What_each_thread_posts_is_done_in_its_order_on_the_loops_thread(string mechanism)
    {
        const int Threads = 4, Each = 5000;
        using var loop = new EventLoop(new EventLoopOptions { Mechanism = mechanism });
        var done = new List<(int Thread, int Number)>();
        bool elsewhere = false;
        using var all = new CountdownEvent(Threads * Each);
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(thread => new Thread(() =>
        {
            for (int i = 0; i < Each; i++)
            {
                int number = i;
                loop.Post(() =>
                {
                    elsewhere |= !loop.IsCurrent || EventLoop.Current != loop;
                    done.Add((thread, number));
                    all.Signal();
                });
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.True(all.Wait(Limit.Default));
        Assert.False(elsewhere);
        Assert.Null(EventLoop.Current);
        for (int thread = 0; thread < Threads; thread++)
            Assert.Equal(Enumerable.Range(0, Each), done.Where(each => each.Thread == thread).Select(each => each.Number));
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void A_loop_that_sleeps_wakes_for_each_post(string mechanism)
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
    public void What_is_posted_on_the_loop_is_done_in_the_next_turn() => OnLoop((string?)null, async loop =>
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
    public void Posting_and_waking_allocate_nothing()
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
    public void An_exception_of_posted_work_reaches_the_handler_and_the_loop_goes_on(string mechanism)
    {
        var told = new BlockingCollection<(EventLoop Loop, Exception Exception, bool OnLoop)>();
        using var loop = new EventLoop(new EventLoopOptions
        {
            Mechanism = mechanism,
            OnException = (loop, exception) => told.Add((loop, exception, loop.IsCurrent)),
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
            Assert.True(told.TryTake(out var each, Limit.Default));
            Assert.Same(first, each.Exception);
            Assert.Same(loop, each.Loop);
        }
        loop.RunAsync(() => Task.CompletedTask).Within();
    }

    [Fact]
    public void A_thread_of_the_pool_gets_back_to_the_loop() => OnLoop((string?)null, async loop =>
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
    public void Options_that_make_no_sense_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new EventLoop(new EventLoopOptions { Mechanism = "nonsense" }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EventLoop(new EventLoopOptions { SpinTime = TimeSpan.FromSeconds(-1) }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EventLoop(new EventLoopOptions { StallThreshold = TimeSpan.Zero }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EventLoop(new EventLoopOptions { Processor = -1 }));
        Assert.Throws<ArgumentNullException>(() => new EventLoop(new EventLoopOptions { Name = null! }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EventLoopGroup(0));
        UnpException none = Assert.Throws<UnpException>(() => new EventLoop(new EventLoopOptions { Processor = 8191 }));
        Assert.Equal(Errno.EINVAL, none.Errno);
        Assert.Contains("processor 8191", none.Message, StringComparison.Ordinal);
    }

    [Fact]
    public unsafe void The_thread_has_its_name_and_processor()
    {
        ulong[] allowed = new ulong[128];
        fixed (ulong* words = allowed)
            Assert.InRange(sched_getaffinity(0, 1024, words), 0, 1024);
        int last = Enumerable.Range(0, 8192).Last(processor => (allowed[processor / 64] & (1UL << processor)) != 0);
        using var loop = new EventLoop(new EventLoopOptions { Processor = last, Name = "bound", SpinTime = TimeSpan.FromMicroseconds(10) });
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
