using System.Buffers;
using System.IO.Pipelines;

namespace Unp.Net.Pipelines.Tests.Connections;

/// <summary>
/// The managed memory of a connection that has served a request and waits for the next one. It includes the descriptor, the socket, its
/// operations and their records in the poller and the loop. Many connections are measured, because the runtime's own objects would distort
/// the result for one.
/// </summary>
public class IdleMemoryTests : ConnectionSuite
{
    const int Count = 256;
    const int Most = 1000;

    [Theory, MemberData(nameof(Mechanisms))]
    public void Waiting_socket_takes_less_than_one_kilobyte(string mechanism) => Measure<ValueTask<int>>(mechanism, Most, async socket =>
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(100);
        int n = await socket.ReceiveAsync(buffer);
        await socket.SendAsync(buffer.AsMemory(0, n));
        ArrayPool<byte>.Shared.Return(buffer);
        return socket.ReceiveAsync(buffer);
    });

    [Theory, MemberData(nameof(Mechanisms))]
    public void Waiting_connection_takes_less_than_one_kilobyte(string mechanism) =>
        Measure(mechanism, Most, Served(new LoopConnectionOptions()));

    [Theory, MemberData(nameof(Mechanisms))]
    public void Read_ahead_connection_takes_less_than_one_kilobyte(string mechanism) =>
        Measure(mechanism, Most, Served(new LoopConnectionOptions { MaxReadBufferSize = 64 * 1024 }));

    static Func<LoopSocket, Task<(LoopConnection, ValueTask<ReadResult>)>> Served(LoopConnectionOptions options) => async socket =>
    {
        var connection = new LoopConnection(socket, options);
        ReadResult request = await connection.Input.ReadAsync();
        connection.Output.Write(request.Buffer.ToArray());
        connection.Input.AdvanceTo(request.Buffer.End);
        await connection.Output.FlushAsync();
        return (connection, connection.Input.ReadAsync());
    };

    /// <param name="mechanism">The loop's mechanism.</param>
    /// <param name="most">The largest number of bytes per connection.</param>
    /// <param name="serve">Answers a request, and starts to wait for the next one.</param>
    static void Measure<T>(string mechanism, int most, Func<LoopSocket, Task<T>> serve)
    {
        var peers = new Fd[Count];
        int[] numbers = new int[Count];
        for (int i = 0; i < Count; i++)
        {
            (peers[i], Fd own) = Loopback.UnixPair();
            numbers[i] = own.Release();
        }
        var sockets = new LoopSocket[Count];
        var waiting = new T[Count];
        try
        {
            OnLoop(mechanism, async loop =>
            {
                // The first connection creates the objects that all share.
                long before = 0;
                for (int i = 0; i < Count; i++)
                {
                    if (i == 1)
                        before = Living();
                    sockets[i] = new LoopSocket(loop, new Fd(numbers[i]));
                    Task<T> serving = serve(sockets[i]);
                    Writen(peers[i], "request"u8);
                    waiting[i] = await serving;
                }
                await Turns(loop);
                long each = (Living() - before) / (Count - 1);
                TestContext.Current.TestOutputHelper?.WriteLine($"{mechanism}: {each} bytes");
                Assert.InRange(each, 1, most);
                GC.KeepAlive(waiting);
            });
        }
        finally
        {
            Array.ForEach(peers, peer => peer.Dispose());
        }
    }

    /// <summary>Returns the size of the heap without objects of earlier tests that await finalization.</summary>
    static long Living()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
