using System.Collections.Concurrent;

namespace Unp.Net.Pipelines.Tests.Groups;

public class GroupTests : LoopSuite
{
    public static TheoryData<string, bool> MechanismsAndReusePort => new(
        from row in Mechanisms
        from reusePort in (bool[])[true, false]
        select (row.Data, reusePort));

    [Theory, MemberData(nameof(MechanismsAndReusePort))]
    public void Clients_are_served_by_all_loops(string mechanism, bool reusePort)
    {
        const int Loops = 3, Clients = 60;
        using var group = new EventLoopGroup(Loops, i => new EventLoopOptions { Mechanism = mechanism, Name = $"loop {i}" });
        var served = new ConcurrentDictionary<EventLoop, int>();
        LoopListener listener = group.Serve(SockAddr.Loopback(AF_INET), async socket =>
        {
            served.AddOrUpdate(EventLoop.Current!, 1, (_, count) => count + 1);
            Assert.Same(EventLoop.Current, socket.Loop);
            await Echo(socket);
        }, new LoopListenerOptions { ReusePort = reusePort });
        Assert.NotEqual(0, listener.Address.Port);
        var clients = new List<Fd>();
        byte[] answer = new byte[4];
        for (int i = 0; i < Clients; i++)
        {
            Fd client = Loopback.Limited(Socket(AF_INET, SOCK_STREAM));
            clients.Add(client);
            Connect(client, listener.Address);
            Writen(client, BitConverter.GetBytes(i));
            Assert.Equal(4, Readn(client, answer));
            Assert.Equal(i, BitConverter.ToInt32(answer));
        }
        Assert.Equal(Loops, served.Count);
        Assert.Equal(Clients, served.Values.Sum());
        if (!reusePort)
            Assert.All(served.Values, count => Assert.Equal(Clients / Loops, count));

        // The end of the listening does not end connections. The loops end after the last connection.
        listener.Dispose();
        Task<bool> stopped = group.StopAsync(Timeout.InfiniteTimeSpan);
        foreach (Fd client in clients)
        {
            Writen(client, "last"u8);
            Assert.Equal(4, Readn(client, answer));
            Assert.False(stopped.IsCompleted);
            client.Dispose();
        }
        Assert.True(stopped.Within());
        Assert.Throws<UnpException>(() => Tcp_connect("127.0.0.1", $"{listener.Address.Port}").Dispose());
    }

    [Fact]
    public void Group_stop_ends_listening()
    {
        using var group = new EventLoopGroup(2);
        group.Serve(SockAddr.Loopback(AF_INET), Echo);
        group.Serve(SockAddr.UnixAbstract($"unp group {getpid()}"), Echo);
        Assert.True(group.StopAsync(Limit.Default).Within());
    }

    [Fact]
    public void Group_without_count_has_one_loop_per_processor()
    {
        using var group = new EventLoopGroup();
        Assert.Equal(Environment.ProcessorCount, group.Count);
        using var named = new EventLoopGroup(i => new EventLoopOptions { Name = $"{i}" });
        Assert.Equal(Enumerable.Range(0, Environment.ProcessorCount).Select(i => $"{i}"), named.Select(loop => loop.Name));
    }

    [Fact]
    public void Signal_handler_of_group_runs_on_first_loop()
    {
        using var group = new EventLoopGroup(2);
        using var seen = new BlockingCollection<(EventLoop?, int)>();
        using (group.OnSignal(SIGUSR2, signo => seen.Add((EventLoop.Current, signo))))
        {
            Kill(getpid(), SIGUSR2);
            Assert.True(seen.TryTake(out var by, Limit.Default));
            Assert.Equal((group[0], SIGUSR2), by);
        }
        Func<int, Task> record = signo =>
        {
            seen.Add((EventLoop.Current, signo));
            return Task.CompletedTask;
        };
        using (group.OnSignal(SIGUSR2, record))
        {
            Kill(getpid(), SIGUSR2);
            Assert.True(seen.TryTake(out var by, Limit.Default));
            Assert.Equal((group[0], SIGUSR2), by);
        }
    }

    [Fact]
    public void Stopping_of_group_is_cancelled_off_loops_by_stop()
    {
        using var group = new EventLoopGroup(2);
        var cancelled = new TaskCompletionSource<EventLoop?>(TaskCreationOptions.RunContinuationsAsynchronously);
        group.Stopping.Register(() => cancelled.SetResult(EventLoop.Current));
        Assert.IsType<ArgumentOutOfRangeException>(Record.Exception(() => { _ = group.StopAsync(-Limit.Default); }));
        Assert.False(group.Stopping.IsCancellationRequested);
        Task<bool> stopped = null!;
        group[0].RunAsync(() =>
        {
            stopped = group.StopAsync(Limit.Default);
            Assert.True(group.Stopping.IsCancellationRequested);
            return Task.CompletedTask;
        }).Within();
        Assert.Null(cancelled.Task.Within());
        Assert.True(stopped.Within());
        Assert.True(group.StopAsync(Limit.Default).Within());
    }

    [Fact]
    public void Invalid_group_is_refused_and_leaks_nothing()
    {
        using var group = new EventLoopGroup(2);
        Assert.Equal([group[0], group[1], group[0]], (EventLoop[])[group.Next(), group.Next(), group.Next()]);
        Assert.Equal(2, group.Count);
        Assert.Equal([group[0], group[1]], group);
        using Fd taken = Loopback.Listener();
        Assert.Equal(Errno.EADDRINUSE, Assert.Throws<UnpException>(() => group.Serve(Getsockname(taken), Echo)).Errno);
        var shared = new LoopListenerOptions { ReusePort = true };
        Assert.Throws<NotSupportedException>(() => group.Serve(SockAddr.UnixAbstract("x"), Echo, shared));
        Assert.Throws<UnpException>(() => new EventLoopGroup(2, i => new EventLoopOptions { Processor = i == 0 ? null : 8191 }));
    }

    [Fact]
    public void Exception_of_serve_is_reported_and_closes_connection()
    {
        using var reported = new BlockingCollection<Exception>();
        using var group = new EventLoopGroup(1, _ => new EventLoopOptions { OnException = (_, exception) => reported.Add(exception) });
        LoopListener listener = group.Serve(SockAddr.Loopback(AF_INET), _ => throw new FormatException());
        using Fd client = Loopback.Limited(Socket(AF_INET, SOCK_STREAM));
        Connect(client, listener.Address);
        Assert.Equal(0, Read(client, new byte[1]));
        Assert.True(reported.TryTake(out Exception? exception, Limit.Default));
        Assert.IsType<FormatException>(exception);
    }
}
