namespace Unp.Net.Tests.Messages;

/// <summary>Tests of reads and writes with several buffers on any descriptor.</summary>
public class ReadvTests
{
    [Fact]
    public void Buffers_are_written_together_and_filled_in_order()
    {
        using var pair = StreamPair.Unix(out Fd reader, out Fd writer);
        byte[] head = new byte[4], rest = new byte[20];
        Writev(writer, new GatherBuffers("one "u8, default, "and two"u8));
        Assert.Equal(11, Readv(reader, new ScatterBuffers(head, rest)));
        Assert.Equal("one "u8, head);
        Assert.Equal("and two"u8, rest.AsSpan(0, 7));
        Shutdown(writer, SHUT_WR);
        Assert.Equal(0, Readv(reader, new ScatterBuffers(head, rest)));
    }

    [Fact]
    public void Eight_buffers_pass_through_pipe()
    {
        Pipe(out Fd read, out Fd write);
        using (read)
        using (write)
        {
            byte[] all = new byte[8];
            Writev(write, new GatherBuffers("1"u8, "2"u8, "3"u8, "4"u8, "5"u8, "6"u8, "7"u8, "8"u8));
            Assert.Equal(8, Readv(read, new ScatterBuffers(
                all.AsSpan(0, 1), all.AsSpan(1, 1), all.AsSpan(2, 1), all.AsSpan(3, 1),
                all.AsSpan(4, 1), all.AsSpan(5, 1), all.AsSpan(6, 1), all.AsSpan(7))));
            Assert.Equal("12345678"u8, all);
        }
    }

    [Fact]
    public void Writev_continues_until_all_is_written()
    {
        using var pair = StreamPair.Unix(out Fd reader, out Fd writer);
        Kernel.ShrinkBuffers(writer);
        byte[] sent = new byte[300_000];
        Random.Shared.NextBytes(sent);
        var writing = new BlockedThread<int>(() =>
        {
            Writev(writer, new GatherBuffers(
                sent.AsSpan(0, 1), sent.AsSpan(1, 99_999), default, sent.AsSpan(100_000, 100_000), sent.AsSpan(200_000, 50_000),
                sent.AsSpan(250_000)));
            return 0;
        });
        writing.WaitUntilIn("writev");
        byte[] received = new byte[sent.Length];
        Assert.Equal(sent.Length, Readn(reader, received));
        Assert.Equal(0, writing.Result);
        Assert.Equal(sent, received);
    }

    [Fact]
    public void Many_memories_are_written_and_filled()
    {
        using var pair = StreamPair.Unix(out Fd reader, out Fd writer);
        byte[] sent = new byte[20], received = new byte[20];
        Random.Shared.NextBytes(sent);
        Writev(writer, (ReadOnlyMemory<byte>[])[.. Enumerable.Range(0, 20).Select(i => new ReadOnlyMemory<byte>(sent, i, 1))]);
        Assert.Equal(20, Readv(reader, (Memory<byte>[])[.. Enumerable.Range(0, 10).Select(i => received.AsMemory(i * 2, 2))]));
        Assert.Equal(sent, received);
        Assert.Equal(
            $"writev error: Invalid argument ({writer})",
            Assert.Throws<UnpException>(() => Writev(writer, new ReadOnlyMemory<byte>[IOV_MAX + 1])).Message);
        Assert.Equal(
            $"readv error: Invalid argument ({reader})",
            Assert.Throws<UnpException>(() => Readv(reader, new Memory<byte>[IOV_MAX + 1])).Message);
    }

    [Fact]
    public void Failed_Writev_reports_bytes_written_before()
    {
        using var pair = StreamPair.Unix(out _, out Fd writer);
        Kernel.ShrinkBuffers(writer);
        Kernel.SetNonBlocking(writer);
        byte[] large = new byte[1_000_000];
        var failure = Assert.Throws<UnpException>(() => Writev(writer, new GatherBuffers("x"u8, large)));
        Assert.Equal(($"writev error: Resource temporarily unavailable ({writer})", Errno.EAGAIN), (failure.Message, failure.Errno));
        Assert.InRange(failure.BytesTransferred, 1, 999_999);
    }

    [Fact]
    public void Read_ahead_bytes_are_returned_first_and_alone()
    {
        using var pair = StreamPair.Unix(out Fd reader, out Fd writer);
        byte[] buffer = new byte[20], little = new byte[2];
        Writen(writer, "line\nahead"u8);
        Assert.Equal(5, Readline(reader, buffer));
        Writen(writer, "behind"u8);
        Assert.Equal(5, Readv(reader, new ScatterBuffers(little, default, buffer)));
        Assert.Equal("ah"u8, little);
        Assert.Equal("ead"u8, buffer.AsSpan(0, 3));
        Assert.Equal(6, Readv(reader, new ScatterBuffers(little, buffer)));
    }

    [Fact]
    public void Empty_Writev_sends_no_datagram()
    {
        using var pair = SocketPair.Udp(AF_INET, out Fd first, out Fd second);
        Writev(first, default(GatherBuffers));
        Assert.Equal((-1, Errno.EAGAIN), (recv(second, new byte[1], MSG_DONTWAIT), Errno.Last));
        Assert.Equal(0, Readv(second, default(ScatterBuffers)));
    }

    [Fact]
    public void Interrupted_call_is_restarted()
    {
        using var interruption = new Sockets.Interruption();
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        Kernel.MakeInterruptible(first);
        byte[] buffer = new byte[10];
        var reader = new BlockedThread<int>(() => Readv(first, new ScatterBuffers(buffer, default)));
        interruption.Hit(reader, "readv");
        reader.WaitUntilIn("readv");
        Writen(second, "after"u8);
        Assert.Equal(5, reader.Result);
    }
}
