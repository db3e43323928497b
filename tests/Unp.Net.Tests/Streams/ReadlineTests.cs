using System.Text;

namespace Unp.Net.Tests.Streams;

public class ReadlineTests
{
    [Fact]
    public void Lines_are_returned_one_by_one_with_newline()
    {
        using var pair = StreamPair.Unix(out Fd reader, out Fd writer);
        Writen(writer, "first\nsecond\n\nlast\n"u8);
        writer.Dispose();
        Assert.Equal(["first\n", "second\n", "\n", "last\n"], Lines(reader, 80));
    }

    [Fact]
    public void Last_line_without_newline_is_returned()
    {
        using var pair = StreamPair.Unix(out Fd reader, out Fd writer);
        Writen(writer, "first\nlast"u8);
        writer.Dispose();
        Assert.Equal(["first\n", "last"], Lines(reader, 80));
    }

    [Fact]
    public void Empty_input_stays_at_end_of_file()
    {
        using var pair = StreamPair.Unix(out Fd reader, out Fd writer);
        writer.Dispose();
        Assert.Equal(0, Readline(reader, new byte[1]));
        Assert.Equal(0, Readline(reader, new byte[80]));
        Assert.Equal(0, readline(reader, new byte[80]));
    }

    [Theory]
    [InlineData(1, new[] { "a", "b", "c", "\n", "\n", "d" })]
    [InlineData(2, new[] { "ab", "c\n", "\n", "d" })]
    [InlineData(3, new[] { "abc", "\n", "\n", "d" })]
    [InlineData(4, new[] { "abc\n", "\n", "d" })]
    [InlineData(5, new[] { "abc\n", "\n", "d" })]
    public void Line_longer_than_buffer_of_caller_is_returned_in_pieces(int room, string[] pieces)
    {
        using var pair = StreamPair.Unix(out Fd reader, out Fd writer);
        Writen(writer, "abc\n\nd"u8);
        writer.Dispose();
        Assert.Equal(pieces, Lines(reader, room));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1)]
    public void Line_of_about_read_ahead_size_is_returned_whole(int more)
    {
        using var pair = StreamPair.Unix(out Fd reader, out Fd writer);
        int size = LineReader.DefaultBufferSize + more;
        string line = new string('x', size - 1) + "\n";
        Send(writer, line + line + "rest\n");
        Assert.Equal([line, line, "rest\n"], Lines(reader, 2 * size));
    }

    [Fact]
    public void Line_longer_than_read_ahead_is_returned_whole()
    {
        using var pair = StreamPair.Unix(out Fd reader, out Fd writer);
        string line = new string('y', 50 * LineReader.DefaultBufferSize) + "\n";
        Send(writer, line + "rest\n");
        Assert.Equal([line, "rest\n"], Lines(reader, line.Length));
    }

    [Fact]
    public void Endless_line_is_returned_in_pieces_and_buffer_stays_small()
    {
        using var pair = StreamPair.Unix(out Fd reader, out Fd writer);
        Send(writer, new string('z', 10 * MAXLINE + 1));
        var pieces = new List<int>();
        byte[] buffer = new byte[MAXLINE];
        int n;
        while ((n = Readline(reader, buffer)) > 0)
        {
            pieces.Add(n);
            Assert.True(Readlinebuf(reader).Length < LineReader.DefaultBufferSize);
        }
        Assert.Equal([.. Enumerable.Repeat(MAXLINE, 10), 1], pieces);
    }

    [Fact]
    public void Nul_and_carriage_return_are_ordinary_bytes()
    {
        using var pair = StreamPair.Unix(out Fd reader, out Fd writer);
        Writen(writer, "a\0b\r\n\0\n\r"u8);
        writer.Dispose();
        Assert.Equal(["a\0b\r\n", "\0\n", "\r"], Lines(reader, 80));
    }

    [Fact]
    public void Every_byte_value_is_returned()
    {
        using var pair = StreamPair.Unix(out Fd reader, out Fd writer);
        byte[] all = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        Writen(writer, all);
        writer.Dispose();
        Assert.Equal(all, Lines(reader, 80).SelectMany(Encoding.Latin1.GetBytes));
    }

    [Fact]
    public void No_nul_is_appended_and_rest_of_buffer_is_unchanged()
    {
        using var pair = StreamPair.Unix(out Fd reader, out Fd writer);
        Writen(writer, "ab\n"u8);
        byte[] buffer = [9, 9, 9, 9, 9];
        Assert.Equal(3, Readline(reader, buffer));
        Assert.Equal("ab\n\t\t"u8, buffer);
    }

    [Fact]
    public void Line_that_arrives_in_pieces_is_returned_whole()
    {
        using var pair = StreamPair.Unix(out Fd reader, out Fd writer);
        var dribble = new BlockedThread<int>(() => Bytes.Dribble(writer, "drop by drop\n"u8));
        byte[] buffer = new byte[80];
        Assert.Equal(13, Readline(reader, buffer));
        Assert.Equal("drop by drop\n"u8, buffer.AsSpan(0, 13));
        Assert.Equal(13, dribble.Result);
    }

    [Fact]
    public void Line_is_returned_before_more_data_arrives()
    {
        using var pair = StreamPair.Unix(out Fd reader, out Fd writer);
        Writen(writer, "line\npart"u8);
        Assert.Equal(5, Readline(reader, new byte[80]));
        var waiting = new BlockedThread<int>(() => Readline(reader, new byte[80])).WaitUntilIn("read");
        Writen(writer, "ial\n"u8);
        Assert.Equal(8, waiting.Result);
    }

    [Fact]
    public void Partial_line_survives_EAGAIN()
    {
        using var pair = StreamPair.Unix(out Fd reader, out Fd writer);
        Kernel.SetNonBlocking(reader);
        byte[] buffer = new byte[80];
        Writen(writer, "par"u8);
        Assert.Equal(Errno.EAGAIN, Assert.Throws<UnpException>(() => Readline(reader, buffer)).Errno);
        Writen(writer, "ti"u8);
        Assert.Equal(-1, readline(reader, buffer));
        Assert.Equal(Errno.EAGAIN, Errno.Last);
        Assert.Equal("parti"u8, Readlinebuf(reader));
        Writen(writer, "al\nnext\n"u8);
        Assert.Equal("partial\n"u8, buffer.AsSpan(0, Readline(reader, buffer)));
        Assert.Equal("next\n"u8, buffer.AsSpan(0, Readline(reader, buffer)));
    }

    [Fact]
    public void Partial_line_survives_reset()
    {
        using var pair = StreamPair.Unix(out Fd reader, out Fd writer);
        var (client, server) = Loopback.TcpPair();
        using (client)
        {
            Writen(server, "part"u8);
            Loopback.WaitUntilReadable(client);
            Kernel.SetNonBlocking(client);
            byte[] buffer = new byte[80];
            Assert.Equal(-1, readline(client, buffer));

            Setsockopt(server, SOL_SOCKET, SO_LINGER, new linger { l_onoff = 1, l_linger = 0 });
            server.Dispose();
            Loopback.WaitUntilReadable(client);
            Assert.Equal(Errno.ECONNRESET, Assert.Throws<UnpException>(() => Readline(client, buffer)).Errno);
            Assert.Equal("part"u8, buffer.AsSpan(0, Readline(client, buffer)));
            Assert.Equal(0, Readline(client, buffer));
        }
    }

    [Fact]
    public void Readlinebuf_returns_read_ahead_without_consuming_it()
    {
        using var pair = StreamPair.Unix(out Fd reader, out Fd writer);
        Assert.True(Readlinebuf(reader).IsEmpty);
        Writen(writer, "one\ntwo\n"u8);
        Assert.True(Readlinebuf(reader).IsEmpty);
        Readline(reader, new byte[80]);
        Assert.Equal("two\n"u8, Readlinebuf(reader));
        Assert.Equal("two\n"u8, readlinebuf(reader));
        Readline(reader, new byte[80]);
        Assert.True(Readlinebuf(reader).IsEmpty);
    }

    [Fact]
    public void Two_descriptors_have_two_buffers()
    {
        using var pair = StreamPair.Unix(out Fd reader, out Fd writer);
        var (otherReader, otherWriter) = Loopback.UnixPair();
        using (otherReader)
        using (otherWriter)
        {
            Writen(writer, "mine\nmine too\n"u8);
            Writen(otherWriter, "theirs\ntheirs too\n"u8);
            byte[] buffer = new byte[80];
            Assert.Equal("mine\n"u8, buffer.AsSpan(0, Readline(reader, buffer)));
            Assert.Equal("theirs\n"u8, buffer.AsSpan(0, Readline(otherReader, buffer)));
            Assert.Equal("mine too\n"u8, buffer.AsSpan(0, Readline(reader, buffer)));
            Assert.Equal("theirs too\n"u8, buffer.AsSpan(0, Readline(otherReader, buffer)));
        }
    }

    /// <summary>Sends from another thread, because the data may exceed the kernel's buffer, and then ends the stream.</summary>
    static void Send(Fd writer, string text) => _ = new BlockedThread<bool>(() =>
    {
        Writen(writer, Encoding.Latin1.GetBytes(text));
        writer.Dispose();
        return true;
    });

    static List<string> Lines(Fd reader, int room)
    {
        var lines = new List<string>();
        byte[] buffer = new byte[room];
        int n;
        while ((n = Readline(reader, buffer)) > 0)
            lines.Add(Encoding.Latin1.GetString(buffer, 0, n));
        return lines;
    }
}
