using System.IO.Pipelines;

namespace Unp.Net.Pipelines.Tests.Connections;

/// <summary>Connections of servers that give up at once, and how connections whose reader is behind end.</summary>
public class GivenUpTests : ConnectionSuite
{
    [Theory, MemberData(nameof(Mechanisms))]
    public void Dispose_does_not_wait_for_the_reader_of_what_was_read_ahead(string mechanism) => WithPeer(mechanism, Small, async (connection, peer) =>
    {
        await FillUp(connection, peer);
        await connection.DisposeAsync();
    });

    [Theory, MemberData(nameof(Mechanisms))]
    public void Abort_ends_a_receiving_that_waits_for_its_reader(string mechanism) => WithPeer(mechanism, Small, async (connection, peer) =>
    {
        await FillUp(connection, peer);
        connection.Abort();
        await connection.Received;
    });

    [Theory, MemberData(nameof(Mechanisms))]
    public void A_given_up_connection_throws_what_its_owner_makes_of_it_by_reading_only(string mechanism) => WithPeer(mechanism, GivingUp, async (connection, peer) =>
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
    public void Output_that_cannot_be_sent_ends_the_receiving_of_a_connection_that_is_given_up(string mechanism) =>
        WithPeer(mechanism, GivingUp, async (connection, peer) =>
        {
            connection.Socket.Shutdown(SHUT_WR);
            Assert.False((await connection.Output.WriteAsync(new byte[1])).IsCompleted);
            await connection.Received;
            var failure = await Assert.ThrowsAsync<InvalidDataException>(async () => await connection.Input.ReadAsync());
            Assert.Equal(Errno.EPIPE, Assert.IsType<UnpException>(failure.InnerException).Errno);
        });

    [Theory, InlineData(false), InlineData(true)]
    public void A_translation_that_throws_leaves_the_failure_as_it_is_and_is_told_itself(bool givesUp)
    {
        var told = new TaskCompletionSource<Exception>();
        var pool = new BlockPool();
        OnLoop(new EventLoopOptions { OnException = (_, exception) => told.SetResult(exception) }, async loop =>
        {
            var (client, server) = TcpPair(loop);
            await using var connection = new LoopConnection(server, new LoopConnectionOptions
            {
                MaxReadBufferSize = 1000,
                MemoryPool = pool,
                GivesUpWhenFailed = givesUp,
                Translate = _ => throw new FormatException("no word for it"),
            });
            Setsockopt(client.Descriptor, SocketOptions.Linger, TimeSpan.Zero);
            client.Dispose();
            Task<ReadResult> reading = connection.Input.ReadAsync().AsTask();
            Assert.Equal(Errno.ECONNRESET, (await Assert.ThrowsAsync<UnpException>(() => reading.WaitAsync(Limit.Default))).Errno);
            Assert.IsType<FormatException>(await told.Task);
            await loop.SwitchTo();
        });
        Assert.Equal(0, pool.Rented);
    }

    static LoopConnectionOptions Small(System.Buffers.MemoryPool<byte> pool) => new() { MaxReadBufferSize = 100, MemoryPool = pool };

    static LoopConnectionOptions GivingUp(System.Buffers.MemoryPool<byte> pool) => new()
    {
        MaxReadBufferSize = 64 * 1024,
        MemoryPool = pool,
        GivesUpWhenFailed = true,
        Translate = failure => new InvalidDataException("lost", failure),
    };

    /// <summary>So much comes that no more is received before somebody reads.</summary>
    static async Task FillUp(LoopConnection connection, LoopSocket peer)
    {
        await peer.SendAsync(new byte[10_000]);
        ReadResult first = await connection.Input.ReadAtLeastAsync(100);
        connection.Input.AdvanceTo(first.Buffer.Start);
        await Turns(connection.Socket.Loop);
        Assert.False(connection.Received.IsCompleted);
    }
}
