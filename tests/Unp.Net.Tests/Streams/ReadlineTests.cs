using System.Text;

namespace Unp.Net.Tests.Streams;

public class ReadlineTests
{
    [Fact]
    public void Lines_come_one_by_one_with_their_newline()
    {
        using var pair = StreamPair.Unix(out Fd reader, out Fd writer);
        Writen(writer, "first\nsecond\n\nlast\n"u8);
        writer.Dispose();
        Assert.Equal(["first\n", "second\n", "\n", "last\n"], Lines(reader, 80));
    }

    [Fact]
    public void Last_line_without_newline_is_a_line_too()
    {
        using var pair = StreamPair.Unix(out Fd reader, out Fd writer);
        Writen(writer, "first\nlast"u8);
        writer.Dispose();
        Assert.Equal(["first\n", "last"], Lines(reader, 80));
    }

    [Fact]
    public void No_lines_at_all_are_an_end_at_once_and_for_ever()
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
    public void Line_longer_than_the_callers_buffer_comes_in_pieces(int room, string[] pieces)
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
    public void Line_of_the_read_ahead_buffers_size_or_next_to_it_comes_whole(int more)
    {
        using var pair = StreamPair.Unix(out Fd reader, out Fd writer);
        int size = LineReader.DefaultBufferSize + more;
        string line = new string('x', size - 1) + "\n";
        Send(writer, line + line + "rest\n");
        Assert.Equal([line, line, "rest\n"], Lines(reader, 2 * size));
    }

    [Fact]
    public void Line_many_times_the_read_ahead_buffer_comes_whole_to_who_has_room()
    {
        using var pair = StreamPair.Unix(out Fd reader, out Fd writer);
        string line = new string('y', 50 * LineReader.DefaultBufferSize) + "\n";
        Send(writer, line + "rest\n");
        Assert.Equal([line, "rest\n"], Lines(reader, line.Length));
    }

    [Fact]
    public void Line_without_end_comes_in_pieces_of_the_callers_size_and_the_buffer_does_not_grow()
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
    public void Nul_and_carriage_return_are_bytes_as_any_other()
    {
        using var pair = StreamPair.Unix(out Fd reader, out Fd writer);
        Writen(writer, "a\0b\r\n\0\n\r"u8);
        writer.Dispose();
        Assert.Equal(["a\0b\r\n", "\0\n", "\r"], Lines(reader, 80));
    }

    [Fact]
    public void Every_byte_value_passes()
    {
        using var pair = StreamPair.Unix(out Fd reader, out Fd writer);
        byte[] all = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        Writen(writer, all);
        writer.Dispose();
        Assert.Equal(all, Lines(reader, 80).SelectMany(Encoding.Latin1.GetBytes));
    }

    [Fact]
    public void No_nul_is_appended_and_the_rest_of_the_buffer_not_touched()
    {
        using var pair = StreamPair.Unix(out Fd reader, out Fd writer);
        Writen(writer, "ab\n"u8);
        byte[] buffer = [9, 9, 9, 9, 9];
        Assert.Equal(3, Readline(reader, buffer));
        Assert.Equal("ab\n\t\t"u8, buffer);
    }

    [Fact]
    public void Dribbled_line_is_waited_for()
    {
        using var pair = StreamPair.Unix(out Fd reader, out Fd writer);
        var dribble = new BlockedThread<int>(() => Bytes.Dribble(writer, "drop by drop\n"u8));
        byte[] buffer = new byte[80];
        Assert.Equal(13, Readline(reader, buffer));
        Assert.Equal("drop by drop\n"u8, buffer.AsSpan(0, 13));
        Assert.Equal(13, dribble.Result);
    }

    [Fact]
    public void Line_is_given_before_more_comes()
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
    public void Partial_line_survives_a_reset()
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
    public void Readlinebuf_shows_what_was_read_ahead_and_takes_nothing()
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

    /// <summary>Sends from a thread of its own, since there may be more than the kernel's buffer holds, and then ends.</summary>
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
