using System.IO.Pipelines;

namespace Unp.Net.Pipelines.Tests.Connections;

/// <summary>
/// Connections that are used by the loop's thread or others, while another thread ends them at any moment and in each possible way.
/// </summary>
public class ConnectionRaceTests : ConnectionSuite
{
    [Theory, MemberData(nameof(Ways))]
    public void Connection_ended_by_another_thread_leaks_nothing(string mechanism, bool readsAhead)
    {
        const int Rounds = 250;
        var pool = new BlockPool();
        var random = new Random(5);
        using var loop = new EventLoop(new EventLoopOptions { Mechanism = mechanism });
        for (int round = 0; round < Rounds; round++)
        {
            var (own, peer) = Pair(loop);
            var connection = new LoopConnection(own, new LoopConnectionOptions
            {
                MaxReadBufferSize = readsAhead ? 1000 : 0,
                MaxWriteBufferSize = 1000,
                MemoryPool = pool,
                RunContinuationsAsynchronously = round % 3 == 0,
            });
            Func<Task> serving = round % 5 == 0 ? () => Flood(connection.Output) : () => Echo(connection);
            Task[] users =
            [
                round % 2 == 0 ? Task.Run(serving) : loop.RunAsync(serving),
                loop.RunAsync(() => Talk(peer, listens: round % 7 != 0)),
            ];
            int spins = random.Next(6000), way = random.Next(4);
            Task ending = Task.Run(async () =>
            {
                Thread.SpinWait(spins);
                switch (way)
                {
                    case 0:
                        connection.Abort();
                        break;
                    case 1:
                        connection.Input.CancelPendingRead();
                        connection.Output.CancelPendingFlush();
                        connection.Abort(new TimeoutException());
                        break;
                    case 2:
                        connection.Socket.Dispose();
                        break;
                    default:
                        await peer.DisposeAsync().ConfigureAwait(false);
                        break;
                }
            });
            foreach (Task each in (Task[])[ending, .. users])
            {
                Exception? end = Record.Exception(each.Within);
                Assert.True(IsEnd(end), $"round {round}, ended by {way}: {end}");
                connection.Abort();
                peer.Dispose();
            }
            connection.DisposeAsync().AsTask().Within();
            Assert.True(connection.Sent.IsCompleted && connection.Received.IsCompleted);
            peer.DisposeAsync().AsTask().Within();
        }
        Assert.Equal((0, 0), (loop.SocketCount, pool.Rented));
    }

    static bool IsEnd(Exception? end) =>
        end is null or ObjectDisposedException or OperationCanceledException or TimeoutException
            or UnpException { Errno.Name: "EPIPE" or "ECONNRESET" or "ENOTCONN" };

    static async Task Talk(LoopSocket socket, bool listens)
    {
        byte[] buffer = new byte[300];
        while (true)
        {
            await socket.SendAsync(buffer);
            if (listens && await socket.ReceiveAsync(buffer) == 0)
                return;
        }
    }

    static async Task Flood(PipeWriter output)
    {
        FlushResult flushed = default;
        while (!flushed.IsCompleted && !flushed.IsCanceled)
            flushed = await output.WriteAsync(new byte[10_000]).ConfigureAwait(false);
        await output.CompleteAsync().ConfigureAwait(false);
    }
}
