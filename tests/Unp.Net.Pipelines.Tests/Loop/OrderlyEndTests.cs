using System.Collections.Concurrent;

namespace Unp.Net.Pipelines.Tests.Loop;

/// <summary>
/// Tests which exceptions are reported during a stop: all except those that only say that the loop stops.
/// </summary>
public class OrderlyEndTests : LoopSuite
{
    readonly ConcurrentQueue<Exception> reported = new();

    EventLoop Loop(string? mechanism = null) =>
        new(new EventLoopOptions { Mechanism = mechanism, OnException = (_, exception) => reported.Enqueue(exception) });

    /// <summary>Starts work on a loop, stops the loop once the work waits, and returns whether the loop was drained.</summary>
    bool Stop(Func<EventLoop, Task> work, TimeSpan drain, string? mechanism = null)
    {
        using EventLoop loop = Loop(mechanism);
        loop.Start(() => work(loop));
        loop.RunAsync(() => Task.CompletedTask).Within();
        return loop.StopAsync(drain).Within();
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Delay_of_started_task_ends_without_report(string mechanism)
    {
        Assert.True(Stop(loop => loop.Delay(TimeSpan.FromHours(1)).AsTask(), Limit.Default, mechanism));
        Assert.Empty(reported);
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Delay_that_Stopping_cancels_ends_without_report(string mechanism)
    {
        Assert.True(Stop(loop => loop.Delay(TimeSpan.FromHours(1), loop.Stopping).AsTask(), Limit.Default, mechanism));
        Assert.Empty(reported);
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Receive_that_Stopping_cancels_ends_without_report(string mechanism)
    {
        Assert.True(Stop(Receive, Limit.Default, mechanism));
        Assert.Empty(reported);

        static async Task Receive(EventLoop loop)
        {
            using var socket = new LoopSocket(loop, Loopback.Datagram());
            await socket.ReceiveAsync(new byte[1], loop.Stopping);
        }
    }

    [Fact]
    public void Token_linked_with_Stopping_ends_without_report()
    {
        Assert.True(Stop(Wait, Limit.Default));
        Assert.Empty(reported);

        static async Task Wait(EventLoop loop)
        {
            using var linked = CancellationTokenSource.CreateLinkedTokenSource(loop.Stopping);
            await loop.Delay(TimeSpan.FromHours(1), linked.Token);
        }
    }

    [Fact]
    public void Cancellation_inside_another_exception_is_not_reported()
    {
        Assert.True(Stop(Wait, Limit.Default));
        Assert.Empty(reported);

        static async Task Wait(EventLoop loop)
        {
            try
            {
                await loop.Delay(TimeSpan.FromHours(1), loop.Stopping);
            }
            catch (OperationCanceledException e)
            {
                throw new IOException("The read was cancelled.", e);
            }
        }
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Abort_ends_receives_and_delays_without_report(string mechanism)
    {
        Assert.False(Stop(WaitForBoth, TimeSpan.Zero, mechanism));
        Assert.Empty(reported);

        static async Task WaitForBoth(EventLoop loop)
        {
            using var socket = new LoopSocket(loop, Loopback.Datagram());
            loop.Start(() => loop.Delay(TimeSpan.FromHours(1)).AsTask());
            await socket.ReceiveAsync(new byte[1]);
        }
    }

    [Fact]
    public void Connections_that_use_Stopping_end_without_report()
    {
        using var group = new EventLoopGroup(3, _ => new EventLoopOptions { OnException = (_, exception) => reported.Enqueue(exception) });
        using var served = new CountdownEvent(30);
        LoopListener listener = group.Serve(SockAddr.Loopback(AF_INET), async socket =>
        {
            // Every connection uses the token of the first loop, even if another loop owns the connection.
            ValueTask<int> receiving = socket.ReceiveAsync(new byte[1], group[0].Stopping);
            served.Signal();
            await receiving;
        });
        Fd[] clients = [.. Enumerable.Range(0, 30).Select(_ => Loopback.Limited(Socket(AF_INET, SOCK_STREAM)))];
        foreach (Fd client in clients)
            Connect(client, listener.Address);
        Assert.True(served.Wait(Limit.Default));
        Assert.True(group.StopAsync(Limit.Default).Within());
        Array.ForEach(clients, client => client.Dispose());
        Assert.Empty(reported);
    }

    [Fact]
    public void Fault_after_Stopping_is_reported()
    {
        Assert.True(Stop(FailWhenStopped, Limit.Default));
        Assert.IsType<FormatException>(Assert.Single(reported));

        static async Task FailWhenStopped(EventLoop loop)
        {
            using var socket = new LoopSocket(loop, Loopback.Datagram());
            try
            {
                await socket.ReceiveAsync(new byte[1], loop.Stopping);
            }
            catch (OperationCanceledException)
            {
                throw new FormatException();
            }
        }
    }

    [Fact]
    public void Use_of_disposed_object_while_loop_drains_is_reported()
    {
        Assert.True(Stop(UseAfterDispose, Limit.Default));
        Assert.IsType<ObjectDisposedException>(Assert.Single(reported));

        static async Task UseAfterDispose(EventLoop loop)
        {
            using var socket = new LoopSocket(loop, Loopback.Datagram());
            try
            {
                await socket.ReceiveAsync(new byte[1], loop.Stopping);
            }
            catch (OperationCanceledException)
            {
                throw new ObjectDisposedException("an object of the handler");
            }
        }
    }

    [Fact]
    public void Fault_during_abort_is_reported()
    {
        Assert.False(Stop(FailWhenAborted, TimeSpan.Zero));
        Assert.IsType<FormatException>(Assert.Single(reported));

        static async Task FailWhenAborted(EventLoop loop)
        {
            using var socket = new LoopSocket(loop, Loopback.Datagram());
            try
            {
                await socket.ReceiveAsync(new byte[1]);
            }
            catch (ObjectDisposedException)
            {
                throw new FormatException();
            }
        }
    }

    [Fact]
    public void Cancellation_without_stop_is_reported()
    {
        using EventLoop loop = Loop();
        loop.Start(() => Task.FromException(new OperationCanceledException()));
        loop.Post(() => throw new OperationCanceledException());
        Limit.Until(() => reported.Count == 2, "both exceptions are reported");
        Assert.All(reported, exception => Assert.IsType<OperationCanceledException>(exception));
    }

    [Fact]
    public void Cancellation_of_posted_work_by_Stopping_is_not_reported()
    {
        using EventLoop loop = Loop();
        loop.RunAsync(() =>
        {
            loop.Stopping.Register(() => loop.Post(loop.Stopping.ThrowIfCancellationRequested));
            loop.Stopping.Register(() => loop.Schedule(TimeSpan.Zero, loop.Stopping.ThrowIfCancellationRequested));
            loop.Stopping.Register(loop.Stopping.ThrowIfCancellationRequested);
            return Task.CompletedTask;
        }).Within();
        Assert.True(loop.StopAsync(Limit.Default).Within());
        Assert.Empty(reported);
    }

    [Fact]
    public void Failure_of_poller_is_reported()
    {
        using EventLoop loop = Loop();
        loop.Post(loop.Poller.Dispose);
        Assert.Throws<ObjectDisposedException>(() => loop.Completion.Within());
        Assert.IsType<ObjectDisposedException>(Assert.Single(reported));
    }
}
