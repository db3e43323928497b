using System.Buffers;
using System.IO.Pipelines;

namespace Unp.Net.Pipelines.Tests.Connections;

/// <summary>
/// What the library keeps for a connection that has served a request and waits for the next, with all that belongs to it: descriptor, socket, operations,
/// what the poller and the loop know of it. Measured on many, since the runtime's own objects would else be counted to one.
/// </summary>
public class IdleMemoryTests : ConnectionSuite
{
    const int Count = 256;
    const int Most = 1000;

    [Theory, MemberData(nameof(Mechanisms))]
    public void Waiting_socket_takes_less_than_a_kilobyte(string mechanism) => Measure<ValueTask<int>>(mechanism, Most, async socket =>
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(100);
        int n = await socket.ReceiveAsync(buffer);
        await socket.SendAsync(buffer.AsMemory(0, n));
        ArrayPool<byte>.Shared.Return(buffer);
        return socket.ReceiveAsync(buffer);
    });

    [Theory, MemberData(nameof(Mechanisms))]
    public void Waiting_connection_takes_less_than_a_kilobyte(string mechanism) => Measure(mechanism, Most, Served(new LoopConnectionOptions()));

    [Theory, MemberData(nameof(Mechanisms))]
    public void Waiting_connection_that_reads_ahead_takes_less_than_a_kilobyte(string mechanism) =>
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

    /// <param name="mechanism">The loop's.</param>
    /// <param name="most">How many bytes each may take.</param>
    /// <param name="serve">Answers a request, and begins to wait for another.</param>
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
                // One before the others, whose own are the objects that all share.
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

    /// <summary>Without what earlier tests have left to be finalized.</summary>
    static long Living()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
