using System.IO.Pipelines;

namespace Unp.Net.Pipelines.Tests.Connections;

/// <summary>The end of connections with AbortOnFailure, and of connections whose receiving is paused.</summary>
public class GivenUpTests : ConnectionSuite
{
    [Theory, MemberData(nameof(Mechanisms))]
    public void Dispose_does_not_wait_for_reader_of_buffered_data(string mechanism) =>
        WithPeer(mechanism, Small, async (connection, peer) =>
        {
            await FillUp(connection, peer);
            await connection.DisposeAsync();
        });

    [Theory, MemberData(nameof(Mechanisms))]
    public void Abort_ends_paused_receiving(string mechanism) => WithPeer(mechanism, Small, async (connection, peer) =>
    {
        await FillUp(connection, peer);
        connection.Abort();
        await connection.Received;
    });

    [Theory, MemberData(nameof(Mechanisms))]
    public void AbortOnFailure_reports_translated_failure_to_reader(string mechanism) =>
        WithPeer(mechanism, GivingUp, async (connection, peer) =>
        {
            await peer.SendAsync("unread"u8.ToArray());
            ReadResult unread = await connection.Input.ReadAtLeastAsync(6);
            connection.Input.AdvanceTo(unread.Buffer.Start);
            Setsockopt(peer.Descriptor, SocketOptions.Linger, TimeSpan.Zero);
            peer.Dispose();
            await connection.Received;
            await Turns(connection.Socket.Loop);

            var failure = await Assert.ThrowsAsync<InvalidDataException>(async () => await connection.Input.ReadAsync());
            Assert.Equal(Errno.ECONNRESET, Assert.IsType<UnpException>(failure.InnerException).Errno);
            FlushResult flushed = default;
            while (!flushed.IsCompleted)
            {
                flushed = await connection.Output.WriteAsync(new byte[100]);
                await Turns(connection.Socket.Loop, 1);
            }
        });

    [Theory, MemberData(nameof(Mechanisms))]
    public void Failed_send_with_AbortOnFailure_ends_receiving(string mechanism) =>
        WithPeer(mechanism, GivingUp, async (connection, peer) =>
        {
            connection.Socket.Shutdown(SHUT_WR);
            Assert.False((await connection.Output.WriteAsync(new byte[1])).IsCompleted);
            await connection.Received;
            var failure = await Assert.ThrowsAsync<InvalidDataException>(async () => await connection.Input.ReadAsync());
            Assert.Equal(Errno.EPIPE, Assert.IsType<UnpException>(failure.InnerException).Errno);
        });

    [Theory, InlineData(false), InlineData(true)]
    public void Failing_translation_is_reported_and_keeps_failure(bool givesUp)
    {
        var reported = new TaskCompletionSource<Exception>();
        var pool = new BlockPool();
        OnLoop(new EventLoopOptions { OnException = (_, exception) => reported.SetResult(exception) }, async loop =>
        {
            var (client, server) = TcpPair(loop);
            await using var connection = new LoopConnection(server, new LoopConnectionOptions
            {
                MaxReadBufferSize = 1000,
                MemoryPool = pool,
                AbortOnFailure = givesUp,
                Translate = _ => throw new FormatException("no translation"),
            });
            Setsockopt(client.Descriptor, SocketOptions.Linger, TimeSpan.Zero);
            client.Dispose();
            Task<ReadResult> reading = connection.Input.ReadAsync().AsTask();
            Assert.Equal(Errno.ECONNRESET, (await Assert.ThrowsAsync<UnpException>(() => reading.WaitAsync(Limit.Default))).Errno);
            Assert.IsType<FormatException>(await reported.Task);
            await loop.SwitchTo();
        });
        Assert.Equal(0, pool.Rented);
    }

    static LoopConnectionOptions Small(System.Buffers.MemoryPool<byte> pool) => new() { MaxReadBufferSize = 100, MemoryPool = pool };

    static LoopConnectionOptions GivingUp(System.Buffers.MemoryPool<byte> pool) => new()
    {
        MaxReadBufferSize = 64 * 1024,
        MemoryPool = pool,
        AbortOnFailure = true,
        Translate = failure => new InvalidDataException("lost", failure),
    };

    /// <summary>Sends so many bytes that receiving pauses until the next read.</summary>
    static async Task FillUp(LoopConnection connection, LoopSocket peer)
    {
        await peer.SendAsync(new byte[10_000]);
        ReadResult first = await connection.Input.ReadAtLeastAsync(100);
        connection.Input.AdvanceTo(first.Buffer.Start);
        await Turns(connection.Socket.Loop);
        Assert.False(connection.Received.IsCompleted);
    }
}
