using System.Collections.Concurrent;
using System.Globalization;
using Unp.Net.Pipelines.Tests.Connections;

namespace Unp.Net.Pipelines.Tests.Faults;

/// <summary>
/// Many connections that open and close at random, each in one of the ways there are, some with an answer on its way: each gets its own bytes back, and in
/// the end nothing is left. UNP_CHURN_SECONDS makes it longer, with 9,000 at a time (18,000 descriptors) where the mechanism takes so many.
/// </summary>
public class ChurnTests : ConnectionSuite
{
    const int Most = 20_000;
    const int Backlog = 4096;

    static readonly string? Long = Environment.GetEnvironmentVariable("UNP_CHURN_SECONDS");
    static readonly TimeSpan Duration = TimeSpan.FromSeconds(Long is null ? 1 : double.Parse(Long, CultureInfo.InvariantCulture));
    static readonly byte[] Question = Bytes(Most);

    int connected;
    int atOnce;
    int mostAtOnce;

    [Theory, MemberData(nameof(Mechanisms))]
    public void Nothing_is_left_of_many_connections(string mechanism)
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
            SockAddr address = loops.Serve(SockAddr.Loopback(AF_INET), ServeNext, reusePort: false, Backlog).Address;
            long until = Environment.TickCount64 + (long)Duration.TotalMilliseconds;
            Task all = loop.RunAsync(() => Task.WhenAll(Enumerable.Range(0, clients).Select(i => ComeAndGo(loop, address, new Random(i), clients, until))));
            all.Within(Duration + (3 * Limit.Default) + TimeSpan.FromMilliseconds(clients));

            // The kernel forgets those that have gone before there was room in the queue.
            int least = clients <= Backlog ? connected : 1;
            Limit.Until(() => served >= least && loops.Sum(each => each.SocketCount) == 1, $"{least} are served, and the listener is left");
            Assert.Equal(0, loop.SocketCount);
            Assert.True(loops.StopAsync(Limit.Default).Within());
        }
        Assert.Empty(unexpected);
        Assert.Equal(0, pool.Rented);
        Assert.InRange(connected, clients, int.MaxValue);
        Assert.InRange(mostAtOnce, clients / 2, clients);
        TestContext.Current.TestOutputHelper?.WriteLine($"{mechanism}: {connected} connections, {served} accepted, {mostAtOnce} at a time");
    }

    /// <summary>Echo in one of two forms; some are closed or given up before their client is done.</summary>
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
            using LoopTimer impatient = socket.Loop.Schedule(TimeSpan.FromMilliseconds(number % 50), () => connection.Abort());
            if (number % 10 != 1)
                impatient.Dispose();
            await Echo(connection);
        }
        catch (Exception e) when (IsEnd(e))
        {
        }
    }

    async Task ComeAndGo(EventLoop loop, SockAddr address, Random random, int clients, long until)
    {
        byte[] answer = new byte[Most];
        do
        {
            using var socket = new LoopSocket(loop, Socket(AF_INET, SOCK_STREAM));
            Task last = Task.CompletedTask;
            connected++;
            mostAtOnce = Math.Max(mostAtOnce, ++atOnce);
            try
            {
                await socket.ConnectAsync(address);
                for (int rounds = random.Next(3); rounds > 0; rounds--)
                {
                    int size = random.Next(1, Most);
                    last = socket.SendAsync(Question.AsMemory(0, size)).AsTask();
                    int got = await ReceiveAll(socket, answer.AsMemory(0, size));
                    Assert.True(Question.AsSpan().StartsWith(answer.AsSpan(0, got)), "another's answer");
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
            atOnce--;
            socket.Dispose();
            Exception? end = await Record.ExceptionAsync(() => last);
            Assert.True(end is null || IsEnd(end), $"{end}");
        }
        while (Environment.TickCount64 < until);
    }

    /// <summary>Does the last thing before the socket is disposed; all but the first are not waited for.</summary>
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
        e is ObjectDisposedException or OperationCanceledException || e is UnpException { Errno.Name: "EPIPE" or "ECONNRESET" or "ENOTCONN" };
}
