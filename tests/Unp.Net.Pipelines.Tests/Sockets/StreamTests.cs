using System.Buffers;

namespace Unp.Net.Pipelines.Tests.Sockets;

/// <summary>A receive returns the sent bytes in order, or throws the right error.</summary>
public class StreamTests : LoopSuite
{
    [Theory, MemberData(nameof(Mechanisms))]
    public void Echo_server_answers_many_clients(string mechanism) => OnLoop(mechanism, async loop =>
    {
        using var listener = new LoopSocket(loop, Loopback.Listener());
        loop.Start(async () =>
        {
            try
            {
                while (true)
                    _ = Echo(await listener.AcceptAsync());
            }
            catch (ObjectDisposedException)
            {
                // The test has ended.
            }
        });
        SockAddr address = Getsockname(listener.Descriptor);
        await Task.WhenAll(Enumerable.Range(0, 100).Select(async i =>
        {
            using var client = new LoopSocket(loop, Socket(AF_INET, SOCK_STREAM));
            await client.ConnectAsync(address);
            Assert.Equal(SOCK_STREAM, client.Type);
            for (int round = 0; round < 5; round++)
            {
                byte[] said = Bytes(1 + 977 * i, round);
                byte[] heard = new byte[said.Length];
                Task sending = client.SendAsync(said).AsTask();
                Assert.Equal(said.Length, await ReceiveAll(client, heard));
                await sending;
                Assert.True(said.AsSpan().SequenceEqual(heard));
            }
            client.Shutdown(SHUT_WR);
            Assert.Equal(0, await client.ReceiveAsync(new byte[1]));
            Assert.True(loop.IsCurrent);
        }));
        Assert.Equal(loop.BytesReceived, loop.BytesSent);
    });

    [Theory, MemberData(nameof(Mechanisms))]
    public void Loop_sleeps_while_writer_waits_for_reader(string mechanism) => OnLoop(mechanism, async loop =>
    {
        foreach (bool tcp in (bool[])[false, true])
        {
            var (first, second) = tcp ? TcpPair(loop) : Pair(loop);
            using (first)
            using (second)
            {
                byte[] said = Bytes(8_000_000);
                byte[] heard = new byte[said.Length];
                Task sending = first.SendAsync(said).AsTask();
                await Turns(loop, 20);
                Assert.False(sending.IsCompleted);
                int turn = loop.Turn;
                await loop.Delay(TimeSpan.FromMilliseconds(30));
                Assert.InRange(loop.Turn, turn, turn + 10);
                Assert.Equal(said.Length, await ReceiveAll(second, heard));
                await sending;
                Assert.True(said.AsSpan().SequenceEqual(heard));
            }
        }
    });

    [Theory, MemberData(nameof(Mechanisms))]
    public void Unread_data_do_not_keep_loop_awake(string mechanism) => OnLoop(mechanism, async loop =>
    {
        var (first, second) = TcpPair(loop);
        byte[] buffer = new byte[100];

        // A read and a write have waited, so both directions are watched.
        Task<int> reading = first.ReceiveAsync(buffer).AsTask();
        await second.SendAsync("x"u8.ToArray());
        Assert.Equal(1, await reading);
        await first.WaitWritableAsync();
        await second.SendAsync("unread"u8.ToArray());
        await AssertSleeps(loop);
        Assert.Equal(6, await first.ReceiveAsync(buffer));

        // The end arrives, in one direction and then in both.
        second.Shutdown(SHUT_WR);
        await AssertSleeps(loop);
        Assert.Equal(0, await first.ReceiveAsync(buffer));
        await first.SendAsync("y"u8.ToArray());
        Assert.Equal(1, await second.ReceiveAsync(buffer));
        first.Shutdown(SHUT_WR);
        await AssertSleeps(loop);
        Assert.Equal(0, await first.ReceiveAsync(buffer));
        Assert.Equal(0, await second.ReceiveAsync(buffer));
        await AssertSleeps(loop);
        first.Dispose();
        second.Dispose();
    });

    [Theory, MemberData(nameof(Mechanisms))]
    public void Reset_ends_pending_and_later_operations(string mechanism) => OnLoop(mechanism, async loop =>
    {
        var (first, second) = TcpPair(loop);
        using (first)
        {
            Task<int> reading = first.ReceiveAsync(new byte[1]).AsTask();
            Task sending = first.SendAsync(new byte[8_000_000]).AsTask();
            await Turns(loop);
            Setsockopt(second.Descriptor, SocketOptions.Linger, TimeSpan.Zero);
            second.Dispose();
            UnpException reset = await Assert.ThrowsAsync<UnpException>(() => reading);
            Assert.Equal(Errno.ECONNRESET, reset.Errno);
            UnpException broken = await Assert.ThrowsAsync<UnpException>(() => sending);
            Assert.Contains(broken.Errno, (Errno[])[Errno.ECONNRESET, Errno.EPIPE]);
            Assert.InRange(broken.BytesTransferred, 1, 7_999_999);
            await AssertSleeps(loop);
            Assert.Equal(Errno.EPIPE, (await Assert.ThrowsAsync<UnpException>(() => first.SendAsync(new byte[1]).AsTask())).Errno);
            Assert.Equal(0, await first.ReceiveAsync(new byte[1]));
        }

        // A reset for which no operation waits.
        (first, second) = TcpPair(loop);
        using (first)
        {
            await first.WaitWritableAsync();
            Setsockopt(second.Descriptor, SocketOptions.Linger, TimeSpan.Zero);
            second.Dispose();
            await AssertSleeps(loop);
            Assert.Equal(Errno.ECONNRESET, (await Assert.ThrowsAsync<UnpException>(() => first.ReceiveAsync(new byte[1]).AsTask())).Errno);
        }
    });

    [Theory, MemberData(nameof(Mechanisms))]
    public void Other_direction_works_after_half_close(string mechanism) => OnLoop(mechanism, async loop =>
    {
        var (first, second) = TcpPair(loop);
        using (first)
        using (second)
        {
            Task<int> reading = second.ReceiveAsync(new byte[1]).AsTask();
            first.Shutdown(SHUT_WR);
            Assert.Equal(0, await reading);
            byte[] said = Bytes(3_000_000), heard = new byte[3_000_000];
            Task sending = second.SendAsync(said).AsTask();
            Assert.Equal(said.Length, await ReceiveAll(first, heard));
            await sending;
            Assert.Equal(said, heard);
            Assert.Equal(0, await second.ReceiveAsync(new byte[1]));
        }
    });

    [Theory, MemberData(nameof(Mechanisms))]
    public void Second_reader_or_writer_is_refused(string mechanism) => OnLoop(mechanism, async loop =>
    {
        var (first, second) = Pair(loop);
        using (second)
        {
            byte[] buffer = new byte[1];
            ValueTask<int> reading = first.ReceiveAsync(buffer);
            Assert.Throws<InvalidOperationException>(() => { _ = first.ReceiveAsync(buffer); });
            Assert.Throws<InvalidOperationException>(() => { _ = first.WaitReadableAsync(); });
            Assert.Throws<InvalidOperationException>(() => { _ = first.AcceptAsync(); });
            await second.SendAsync("a"u8.ToArray());
            Assert.Equal(1, await reading);
            Assert.Throws<InvalidOperationException>(() => { _ = reading.Result; });

            ValueTask writing = first.SendAsync(new byte[8_000_000]);
            Assert.Throws<InvalidOperationException>(() => { _ = first.SendAsync(buffer); });
            Assert.Throws<InvalidOperationException>(() => { _ = first.WaitWritableAsync(); });

            // Both directions work at the same time.
            reading = first.ReceiveAsync(buffer);
            await second.SendAsync("b"u8.ToArray());
            Assert.Equal(1, await reading);
            first.Dispose();
            await Assert.ThrowsAsync<ObjectDisposedException>(() => writing.AsTask());
            Assert.Throws<ObjectDisposedException>(() => { _ = first.SendAsync(buffer); });
            Assert.Throws<ObjectDisposedException>(() => { _ = first.ReceiveAsync(buffer); });
            Assert.Throws<ObjectDisposedException>(() => first.Shutdown(SHUT_WR));
            Assert.Throws<ArgumentException>(() => { _ = second.ReceiveAsync(Memory<byte>.Empty); });
        }
    });

    [Theory, MemberData(nameof(Mechanisms))]
    public void Data_in_many_pieces_arrive_in_order(string mechanism) => OnLoop(mechanism, async loop =>
    {
        var (first, second) = Pair(loop);
        using (first)
        using (second)
        {
            foreach (int pieces in (int[])[1, 2, 31, 32, 33, 100, 2000])
            {
                byte[] said = Bytes(pieces * 701, pieces);
                byte[] heard = new byte[said.Length];
                ReadOnlySequence<byte> sequence = Cut(said, pieces);
                Assert.Equal(said.Length, sequence.Length);
                Task sending = first.SendAsync(sequence).AsTask();
                await Turns(loop, 1);
                Assert.Equal(said.Length, await ReceiveAll(second, heard));
                await sending;
                Assert.Equal(said, heard);
            }
            await first.SendAsync(ReadOnlySequence<byte>.Empty);
            second.Dispose();
            Assert.Equal(Errno.EPIPE, (await Assert.ThrowsAsync<UnpException>(() => first.SendAsync(Cut(new byte[10], 5)).AsTask())).Errno);
        }
    });

    [Theory, MemberData(nameof(Mechanisms))]
    public void Wait_for_data_needs_no_buffer(string mechanism) => OnLoop(mechanism, async loop =>
    {
        var (first, second) = Pair(loop);
        using (first)
        using (second)
        {
            for (int i = 0; i < 3; i++)
            {
                Task waiting = first.WaitReadableAsync().AsTask();
                await Turns(loop);
                Assert.False(waiting.IsCompleted);
                await second.SendAsync("hello"u8.ToArray());
                await waiting;
                ValueTask<int> reading = first.ReceiveAsync(new byte[100]);
                Assert.True(reading.IsCompleted);
                Assert.Equal(5, await reading);
            }
        }
    });

    [Theory, MemberData(nameof(Mechanisms))]
    public void Pipes_and_files_can_be_read_and_written(string mechanism) => OnLoop(mechanism, async loop =>
    {
        Pipe(out Fd read, out Fd write);
        using var reader = new LoopSocket(loop, read);
        using var writer = new LoopSocket(loop, write);
        Assert.Equal(0, reader.Type);
        byte[] said = Bytes(1_000_000), heard = new byte[1_000_000];
        Task sending = writer.SendAsync(Cut(said, 50)).AsTask();
        Assert.Equal(said.Length, await ReceiveAll(reader, heard));
        await sending;
        Assert.Equal(said, heard);
        writer.Dispose();
        Assert.Equal(0, await reader.ReceiveAsync(heard));

        using var file = new LoopSocket(loop, Open("/dev/null", O_RDWR));
        await file.WaitReadableAsync();
        Assert.Equal(0, await file.ReceiveAsync(heard));
        await file.SendAsync(said);
    });

    [Theory, MemberData(nameof(Mechanisms))]
    public void Descriptor_left_open_is_blocking_again(string mechanism)
    {
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        OnLoop(mechanism, async loop =>
        {
            await using var socket = new LoopSocket(loop, first, leaveOpen: true);
            Assert.NotEqual(0, Fcntl(first, F_GETFL) & O_NONBLOCK);
            await socket.SendAsync("x"u8.ToArray());
            Task<int> reading = socket.ReceiveAsync(new byte[1]).AsTask();
            socket.Dispose();
            await Assert.ThrowsAsync<ObjectDisposedException>(() => reading);
        });
        Assert.Equal(0, Fcntl(first, F_GETFL) & O_NONBLOCK);
        Assert.Equal(1, Read(second, new byte[10]));
    }

    internal static ReadOnlySequence<byte> Cut(byte[] bytes, int pieces)
    {
        Piece? first = null, last = null;
        int size = bytes.Length / pieces;
        for (int i = 0; i < pieces; i++)
        {
            Memory<byte> memory = bytes.AsMemory(i * size, i == pieces - 1 ? bytes.Length - i * size : size);
            last = last is null ? first = new Piece(memory) : last.Append(memory);
            if (i % 7 == 0)
                last = last.Append(Memory<byte>.Empty);
        }
        return new ReadOnlySequence<byte>(first!, 0, last!, last!.Memory.Length);
    }

    static async Task AssertSleeps(EventLoop loop)
    {
        await Turns(loop, 5);
        int turn = loop.Turn;
        await loop.Delay(TimeSpan.FromMilliseconds(20));
        Assert.InRange(loop.Turn, turn, turn + 10);
    }

    sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> memory) => Memory = memory;

        public Piece Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Piece(memory) { RunningIndex = RunningIndex + Memory.Length };
            Next = next;
            return next;
        }
    }
}
