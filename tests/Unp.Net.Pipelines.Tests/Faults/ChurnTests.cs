using System.Collections.Concurrent;
using System.Globalization;
using Unp.Net.Pipelines.Tests.Connections;

namespace Unp.Net.Pipelines.Tests.Faults;

/// <summary>
/// Many connections that open and close at random, in every possible way, some while an answer is in flight. Each must get its own bytes
/// back, and no socket or buffer may be left at the end.
/// </summary>
/// <remarks>
/// UNP_CHURN_SECONDS makes the test longer, with 9,000 connections at a time (18,000 descriptors) if the mechanism supports so many.
/// </remarks>
public class ChurnTests : ConnectionSuite
{
    const int MaxSize = 20_000;
    const int Backlog = 4096;

    static readonly string? Long = Environment.GetEnvironmentVariable("UNP_CHURN_SECONDS");
    static readonly TimeSpan Duration = TimeSpan.FromSeconds(Long is null ? 1 : double.Parse(Long, CultureInfo.InvariantCulture));
    static readonly byte[] Question = Bytes(MaxSize);

    int connected;
    int concurrent;
    int maxConcurrent;

    [Theory, MemberData(nameof(Mechanisms))]
    public void Random_connections_leave_no_socket_or_buffer(string mechanism)
    {
        int clients = Long is not null && mechanism != "select" ? 9000 : 200;
        DescriptorLimit.Require((2 * clients) + 500);
        var unexpected = new ConcurrentQueue<Exception>();
        var options = new EventLoopOptions { Mechanism = mechanism, OnException = (_, exception) => unexpected.Enqueue(exception) };
        var pool = new BlockPool();
        int served = 0;

        using (var loops = new EventLoopGroup(2, _ => options))
        using (var loop = new EventLoop(options))
        {
            Task ServeNext(LoopSocket socket) => Serve(socket, Interlocked.Increment(ref served), pool);
            SockAddr address = loops.Serve(SockAddr.Loopback(AF_INET), ServeNext, new LoopListenerOptions { Backlog = Backlog }).Address;
            long until = Environment.TickCount64 + (long)Duration.TotalMilliseconds;
            Task all = loop.RunAsync(() => Task.WhenAll(
                Enumerable.Range(0, clients).Select(i => ConnectRepeatedly(loop, address, new Random(i), clients, until))));
            all.Within(Duration + (3 * Limit.Default) + TimeSpan.FromMilliseconds(clients));

            // The kernel forgets clients that close before the queue has room for them.
            int minServed = clients <= Backlog ? connected : 1;
            Limit.Until(
                () => served >= minServed && loops.Sum(each => each.SocketCount) == 1,
                $"{minServed} connections are served, and only the listener is open");
            Assert.Equal(0, loop.SocketCount);
            Assert.True(loops.StopAsync(Limit.Default).Within());
        }
        Assert.Empty(unexpected);
        Assert.Equal(0, pool.Rented);
        Assert.InRange(connected, clients, int.MaxValue);
        Assert.InRange(maxConcurrent, clients / 2, clients);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{mechanism}: {connected} connections, {served} accepted, {maxConcurrent} at a time");
    }

    /// <summary>Echoes over a socket or a connection. Some are closed or aborted before their client has finished.</summary>
    static async Task Serve(LoopSocket socket, int number, BlockPool pool)
    {
        try
        {
            if (number % 2 == 0)
            {
                await Echo(socket);
                return;
            }
            await using var connection = new LoopConnection(socket, Options(readsAhead: number % 3 == 0, pool));
            using LoopTimer abortTimer = socket.Loop.Schedule(TimeSpan.FromMilliseconds(number % 50), () => connection.Abort());
            if (number % 10 != 1)
                abortTimer.Dispose();
            await Echo(connection);
        }
        catch (Exception e) when (IsEnd(e))
        {
        }
    }

    async Task ConnectRepeatedly(EventLoop loop, SockAddr address, Random random, int clients, long until)
    {
        byte[] answer = new byte[MaxSize];
        do
        {
            using var socket = new LoopSocket(loop, Socket(AF_INET, SOCK_STREAM));
            Task last = Task.CompletedTask;
            connected++;
            maxConcurrent = Math.Max(maxConcurrent, ++concurrent);
            try
            {
                await socket.ConnectAsync(address);
                for (int rounds = random.Next(3); rounds > 0; rounds--)
                {
                    int size = random.Next(1, MaxSize);
                    last = socket.SendAsync(Question.AsMemory(0, size)).AsTask();
                    int got = await ReceiveAll(socket, answer.AsMemory(0, size));
                    Assert.True(Question.AsSpan().StartsWith(answer.AsSpan(0, got)), "the answer belongs to another connection");
                    await last;
                }
                await loop.Delay(TimeSpan.FromMilliseconds(random.Next(clients)));
                int way = random.Next(5);
                last = Leave(socket, way);
                if (way == 0)
                    await last;
            }
            catch (Exception e) when (IsEnd(e))
            {
            }
            concurrent--;
            socket.Dispose();
            Exception? end = await Record.ExceptionAsync(() => last);
            Assert.True(end is null || IsEnd(end), $"{end}");
        }
        while (Environment.TickCount64 < until);
    }

    /// <summary>Runs the last operation before the socket is disposed. The caller awaits the task only if the way is 0.</summary>
    static async Task Leave(LoopSocket socket, int way)
    {
        if (way is 0 or 1)
            socket.Shutdown(SHUT_WR);
        if (way is 0 or 1 or 2)
            await socket.ReceiveAsync(new byte[1]);
        if (way is 3)
            Setsockopt(socket.Descriptor, SocketOptions.Linger, TimeSpan.Zero);
        if (way is 3 or 4)
            await socket.SendAsync(Question);
    }

    static bool IsEnd(Exception e) =>
        e is ObjectDisposedException or OperationCanceledException
        || e is UnpException { Errno.Name: "EPIPE" or "ECONNRESET" or "ENOTCONN" };
}
