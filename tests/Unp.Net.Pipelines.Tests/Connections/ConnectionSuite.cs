using System.Buffers;
using System.IO.Pipelines;

namespace Unp.Net.Pipelines.Tests.Connections;

/// <summary>
/// Connections on each mechanism, with and without reading ahead. After each test all memory must be back in its pool.
/// </summary>
public abstract class ConnectionSuite : LoopSuite
{
    public static TheoryData<string, bool> Ways =>
        new(from mechanism in TestKqueue.Mechanisms from ahead in (bool[])[false, true] select (mechanism, ahead));

    protected static LoopConnectionOptions Options(bool readsAhead, MemoryPool<byte> pool) =>
        new() { MaxReadBufferSize = readsAhead ? 64 * 1024 : 0, MemoryPool = pool };

    /// <summary>Runs a test with a connection and the socket at its other end.</summary>
    protected static void WithPeer(string mechanism, bool readsAhead, Func<LoopConnection, LoopSocket, Task> work) =>
        WithPeer(mechanism, pool => Options(readsAhead, pool), work);

    protected static void WithPeer(
        string mechanism, Func<MemoryPool<byte>, LoopConnectionOptions> options, Func<LoopConnection, LoopSocket, Task> work)
    {
        var pool = new BlockPool();
        OnLoop(mechanism, async loop =>
        {
            var (client, server) = TcpPair(loop);
            await using var connection = new LoopConnection(server, options(pool));
            using (client)
                await work(connection, client);
        });
        Assert.Equal(0, pool.Rented);
    }

    /// <summary>Reads all bytes until the end.</summary>
    protected static async Task<byte[]> ReadToEnd(PipeReader reader)
    {
        while (true)
        {
            ReadResult result = await reader.ReadAsync();
            byte[] all = result.IsCompleted ? result.Buffer.ToArray() : [];
            reader.AdvanceTo(result.IsCompleted ? result.Buffer.End : result.Buffer.Start, result.Buffer.End);
            if (result.IsCompleted)
                return all;
        }
    }

    protected static async Task<byte[]> Read(PipeReader reader, int count)
    {
        ReadResult result = await reader.ReadAtLeastAsync(count);
        byte[] bytes = result.Buffer.Slice(0, count).ToArray();
        reader.AdvanceTo(result.Buffer.GetPosition(count));
        return bytes;
    }

    /// <summary>Sends all received bytes back.</summary>
    protected static async Task Echo(LoopConnection connection)
    {
        ReadResult result;
        do
        {
            result = await connection.Input.ReadAsync();
            foreach (ReadOnlyMemory<byte> piece in result.Buffer)
                connection.Output.Write(piece.Span);
            connection.Input.AdvanceTo(result.Buffer.End);
            await connection.Output.FlushAsync();
        }
        while (!result.IsCompleted);
        await connection.Output.CompleteAsync();
    }
}
