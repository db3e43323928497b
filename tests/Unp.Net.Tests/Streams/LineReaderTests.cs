using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace Unp.Net.Tests.Streams;

public class LineReaderTests
{
    [Fact]
    public void Descriptor_has_one_reader()
    {
        using var pair = StreamPair.Unix(out Fd reader, out Fd writer);
        var lines = LineReader.For(reader, bufferSize: 100);
        Assert.Same(lines, LineReader.For(reader));
        Assert.NotSame(lines, LineReader.For(writer));
    }

    [Fact]
    public void Concurrent_first_calls_return_same_reader()
    {
        using var pair = StreamPair.Unix(out Fd reader, out Fd writer);
        for (int round = 0; round < 100; round++)
        {
            using Fd fd = Dup(reader);
            using var start = new Barrier(2);
            LineReader Ask()
            {
                start.SignalAndWait(Limit.Default);
                return LineReader.For(fd);
            }
            var other = new BlockedThread<LineReader>(Ask);
            Assert.Same(Ask(), other.Result);
        }
    }

    [Fact]
    public void Lines_are_slices_of_buffer()
    {
        using var pair = StreamPair.Unix(out Fd reader, out Fd writer);
        Writen(writer, "first\nsecond\nthird"u8);
        writer.Dispose();
        var lines = LineReader.For(reader);
        ReadOnlySpan<byte> first = lines.ReadLine();
        Assert.Equal("first\n"u8, first);
        Assert.Equal("second\nthird"u8, lines.Buffered);
        ReadOnlySpan<byte> second = lines.ReadLine();
        Assert.Equal("second\n"u8, second);
        Assert.True(MemoryMarshal.CreateReadOnlySpan(in first[0], first.Length + second.Length).Overlaps(second));
        Assert.Equal("third"u8, lines.ReadLine());
        Assert.True(lines.ReadLine().IsEmpty);
        Assert.True(lines.ReadLine().IsEmpty);
    }

    [Fact]
    public void Line_longer_than_buffer_is_returned_in_pieces()
    {
        using var pair = StreamPair.Unix(out Fd reader, out Fd writer);
        string line = new string('x', 999) + "\n";
        Writen(writer, Encoding.ASCII.GetBytes(line));
        var lines = LineReader.For(reader, bufferSize: 16);
        var pieces = new StringBuilder();
        int count = 0;
        do
        {
            pieces.Append(Encoding.ASCII.GetString(lines.ReadLine()));
            count++;
        }
        while (pieces[^1] != '\n');
        Assert.Equal(line, pieces.ToString());
        Assert.True(count > 1);
    }

    [Fact]
    public void Line_that_fills_buffer_is_returned_whole()
    {
        using var pair = StreamPair.Unix(out Fd reader, out Fd writer);
        var lines = LineReader.For(reader, bufferSize: 16);
        string line = new string('x', 15) + "\n";
        Writen(writer, Encoding.ASCII.GetBytes(line + line));
        Assert.Equal(line, Encoding.ASCII.GetString(lines.ReadLine()));
        Assert.Equal(line, Encoding.ASCII.GetString(lines.ReadLine()));
    }

    [Fact]
    public void Buffer_size_below_1_is_refused()
    {
        using var pair = StreamPair.Unix(out Fd reader, out Fd writer);
        Assert.Throws<ArgumentOutOfRangeException>("bufferSize", () => LineReader.For(reader, 0));
        Assert.Contains("-5", Assert.Throws<ArgumentOutOfRangeException>("bufferSize", () => LineReader.For(reader, -5)).Message);
    }

    [Fact]
    public void LineReader_and_functions_can_be_mixed()
    {
        using var pair = StreamPair.Unix(out Fd reader, out Fd writer);
        Writen(writer, "one\ntwo\nthree\nfour\n"u8);
        byte[] buffer = new byte[80];
        Assert.Equal("one\n"u8, buffer.AsSpan(0, Readline(reader, buffer)));
        Assert.Equal("two\n"u8, LineReader.For(reader).ReadLine());
        Assert.Equal(3, Readn(reader, buffer.AsSpan(0, 3)));
        Assert.Equal("ee\n"u8, LineReader.For(reader).ReadLine());
        Assert.Equal("four\n"u8, LineReader.For(reader).Buffered);
    }

    [Fact]
    public void Error_keeps_partial_line()
    {
        using var pair = StreamPair.Unix(out Fd reader, out Fd writer);
        Kernel.SetNonBlocking(reader);
        var lines = LineReader.For(reader);
        Writen(writer, "par"u8);
        var failure = Assert.Throws<UnpException>(() => lines.ReadLine().Length);
        Assert.Equal((Errno.EAGAIN, "readline"), (failure.Errno, failure.Function));
        Writen(writer, "tial\n"u8);
        Assert.Equal("partial\n"u8, lines.ReadLine());
    }

    [Fact]
    public void Buffer_returns_to_pool_when_descriptor_is_closed()
    {
        using var pair = StreamPair.Unix(out Fd reader, out Fd writer);
        Writen(writer, "line\nmore\n"u8);
        var lines = LineReader.For(reader);
        Readline(reader, new byte[80]);
        ref readonly byte inside = ref lines.Buffered[0];
        Readline(reader, new byte[80]);
        reader.Dispose();
        Assert.True(IsInPool(in inside, LineReader.DefaultBufferSize));
    }

    [Fact]
    public void Released_and_borrowed_descriptors_return_buffer_to_pool()
    {
        using var pair = StreamPair.Unix(out Fd reader, out Fd writer);
        foreach (bool release in (bool[])[true, false])
        {
            using Fd owner = Dup(reader);
            Fd fd = release ? Dup(reader) : Fd.Borrow(Kernel.Number(owner));
            Writen(writer, "line\nmore\n"u8);
            Readline(fd, new byte[80]);
            ref readonly byte inside = ref Readlinebuf(fd)[0];
            Readline(fd, new byte[80]);
            if (release)
                Assert.Equal(0, close(fd.Release()));
            else
                fd.Dispose();
            Assert.True(IsInPool(in inside, LineReader.DefaultBufferSize));
        }
    }

    [Fact]
    public void Lent_line_is_not_reused_after_descriptor_is_closed()
    {
        using var pair = StreamPair.Unix(out Fd reader, out Fd writer);
        Writen(writer, "line\nmore\n"u8);
        ReadOnlySpan<byte> line = LineReader.For(reader).ReadLine();
        reader.Dispose();
        Assert.False(IsInPool(in line[0], LineReader.DefaultBufferSize));
        Assert.Equal("line\n"u8, line);
    }

    [Fact]
    public void Second_concurrent_thread_is_refused()
    {
        using var pair = StreamPair.Unix(out Fd reader, out Fd writer);
        var first = new BlockedThread<int>(() => Readline(reader, new byte[80])).WaitUntilIn("read");
        byte[] buffer = new byte[80];
        Assert.Contains(reader.ToString(), Assert.Throws<InvalidOperationException>(() => Readline(reader, buffer)).Message);
        Assert.Throws<InvalidOperationException>(() => LineReader.For(reader).ReadLine().Length);
        Assert.Throws<InvalidOperationException>(() => Read(reader, buffer));
        Assert.Throws<InvalidOperationException>(() => Readlinebuf(reader).Length);

        // The first thread is not disturbed.
        Writen(writer, "for the first\nand more\n"u8);
        Assert.Equal(14, first.Result);
        Assert.Equal("and more\n"u8, buffer.AsSpan(0, Readline(reader, buffer)));
    }

    [Fact]
    public void Reader_of_closed_descriptor_throws()
    {
        using var pair = StreamPair.Unix(out Fd reader, out Fd writer);
        var lines = LineReader.For(reader);
        reader.Dispose();
        Assert.Contains(reader.ToString(), Assert.Throws<ObjectDisposedException>(() => lines.ReadLine().Length).Message);
        Assert.Contains(reader.ToString(), Assert.Throws<ObjectDisposedException>(() => lines.Buffered.Length).Message);
        Assert.Contains(reader.ToString(), Assert.Throws<ObjectDisposedException>(() => LineReader.For(reader)).Message);
    }

    /// <summary>
    /// Returns whether the pool now rents out the array that contains this byte. A thread first gets the array that it returned last.
    /// </summary>
    static bool IsInPool(ref readonly byte inside, int size)
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(size);
        bool same = rented.AsSpan().Overlaps(MemoryMarshal.CreateReadOnlySpan(in inside, 1));
        ArrayPool<byte>.Shared.Return(rented);
        return same;
    }
}
