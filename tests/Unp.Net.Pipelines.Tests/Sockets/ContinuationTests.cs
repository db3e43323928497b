using System.Runtime.CompilerServices;

namespace Unp.Net.Pipelines.Tests.Sockets;

/// <summary>Continuations run on the right thread and in the right context.</summary>
public class ContinuationTests : LoopSuite
{
    [Fact]
    public void Exception_of_continuation_reaches_handler_not_loop()
    {
        var reported = new TaskCompletionSource<Exception>();
        OnLoop(new EventLoopOptions { OnException = (_, exception) => reported.SetResult(exception) }, async loop =>
        {
            var (first, second) = Pair(loop);
            using (first)
            using (second)
            {
                var awaiter = first.ReceiveAsync(new byte[1]).GetAwaiter();
                awaiter.UnsafeOnCompleted(() => throw new FormatException());
                await second.SendAsync("x"u8.ToArray());
                Assert.IsType<FormatException>(await reported.Task);
                await loop.SwitchTo();
                Assert.Equal(1, awaiter.GetResult());
                await second.SendAsync("y"u8.ToArray());
                Assert.Equal(1, await first.ReceiveAsync(new byte[1]));
            }
        });
    }

    [Fact]
    public void Stack_depth_is_limited_when_operations_end_each_other() => OnLoop((string?)null, async loop =>
    {
        // The continuation of each read disposes the next socket, which ends that socket's read.
        const int Count = 400;
        LoopSocket[] sockets = [.. Enumerable.Range(0, Count).Select(_ => new LoopSocket(loop, Loopback.Datagram()))];
        int ended = 0, deepest = 0;
        var all = new TaskCompletionSource();
        for (int i = 0; i < Count; i++)
        {
            int number = i;
            sockets[i].ReceiveAsync(new byte[1]).GetAwaiter().UnsafeOnCompleted(() =>
            {
                deepest = Math.Max(deepest, new System.Diagnostics.StackTrace().FrameCount);
                if (++ended == Count)
                    all.SetResult();
                else
                    sockets[number + 1].Dispose();
            });
        }
        sockets[0].Dispose();
        await all.Task;
        Assert.InRange(deepest, 1, 250);
    });

    [Fact]
    public void Continuation_runs_on_thread_pool_if_option_is_set() =>
        OnLoop(new EventLoopOptions { RunContinuationsAsynchronously = true }, async loop =>
        {
            var (first, second) = Pair(loop);
            using (first)
            using (second)
            {
                Task<int> reading = ReadThere();
                await second.SendAsync("x"u8.ToArray());
                Assert.Equal(1, await reading);

                async Task<int> ReadThere()
                {
                    int n = await first.ReceiveAsync(new byte[1]);
                    Assert.True(Thread.CurrentThread.IsThreadPoolThread);
                    return n;
                }
            }
        });

    [Fact]
    public void Continuation_runs_on_loop_if_awaited_late_or_elsewhere() => OnLoop((string?)null, async loop =>
    {
        var (first, second) = Pair(loop);
        using (first)
        using (second)
        {
            for (int i = 0; i < 200; i++)
            {
                // The continuation is registered without a look at IsCompleted, so it also comes after the end.
                var onLoop = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
                await Task.Run(async () =>
                {
                    ValueTaskAwaiter<int> reading = first.ReceiveAsync(new byte[1]).GetAwaiter();
                    ValueTask sending = second.SendAsync("x"u8.ToArray());
                    Thread.SpinWait(i * 50);
                    reading.UnsafeOnCompleted(() => onLoop.SetResult(loop.IsCurrent));
                    Assert.True(await onLoop.Task);
                    Assert.Equal(1, reading.GetResult());
                    await sending;
                });
                await loop.SwitchTo();
            }
        }
    });

    [Fact]
    public void Polling_thread_may_start_next_operation_at_once()
    {
        using var loop = new EventLoop();
        var (first, second) = Pair(loop);
        byte[] said = new byte[4], heard = new byte[4];
        Limit.Run(() =>
        {
            for (int i = 0; i < 5_000; i++)
            {
                BitConverter.TryWriteBytes(said, i);
                ValueTask sending = first.SendAsync(said);
                var spin = default(SpinWait);
                while (!sending.IsCompleted)
                    spin.SpinOnce(sleep1Threshold: -1);
                sending.GetAwaiter().GetResult();
                ValueTask<int> receiving = second.ReceiveAsync(heard);
                if (i % 2 == 0)
                {
                    while (!receiving.IsCompleted)
                        spin.SpinOnce(sleep1Threshold: -1);
                }
                Assert.Equal(4, receiving.AsTask().GetAwaiter().GetResult());
                Assert.Equal(i, BitConverter.ToInt32(heard));
            }
        });
        first.DisposeAsync().AsTask().Within();
        second.DisposeAsync().AsTask().Within();
    }

    [Fact]
    public void Continuation_runs_in_contexts_of_awaiter() => OnLoop((string?)null, async loop =>
    {
        var (first, second) = Pair(loop);
        using (first)
        using (second)
        {
            var context = new Counting();
            var local = new AsyncLocal<string> { Value = "kept" };
            async Task<int> Read()
            {
                ValueTask<int> receiving = first.ReceiveAsync(new byte[1]);
                local.Value = "kept too";
                int n = await receiving;
                Assert.Equal("kept too", local.Value);
                return n;
            }

            // The task is in an array, because Task.Run would otherwise wait for it. Read must only start there, before the byte arrives.
            Task<int>[] readings = await Task.Run(() =>
            {
                SynchronizationContext.SetSynchronizationContext(context);
                return new[] { Read() };
            });
            await loop.SwitchTo();
            await second.SendAsync("x"u8.ToArray());
            Assert.Equal(1, await readings[0]);
            Assert.Equal(1, context.Posts);
            await loop.SwitchTo();
        }
    });

    sealed class Counting : SynchronizationContext
    {
        public int Posts { get; private set; }

        public override void Post(SendOrPostCallback d, object? state)
        {
            Posts++;
            d(state);
        }
    }
}
