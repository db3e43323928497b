using System.Buffers;

namespace Unp.Net.Tests.Streams;

/// <summary>A thread closes a descriptor while another reads lines from it, many times and at different moments.</summary>
public class CloseWhileReadingLinesTests
{
    const int Rounds = 400;
    const byte Mine = (byte)'m';

    // A long line, so its use takes some time.
    const int LineSize = 30_000;
    const int BufferSize = 128 * 1024;

    [Fact]
    public void Reader_gets_own_bytes_or_ObjectDisposedException()
    {
        byte[] line = new byte[LineSize];
        ReadUntilClosed(fd => line.AsSpan(0, Readline(fd, line)));
    }

    [Fact]
    public void Slices_are_not_overwritten() => ReadUntilClosed(fd => LineReader.For(fd).ReadLine());

    [Fact]
    public void Bytes_read_ahead_and_taken_by_Read_are_not_overwritten()
    {
        byte[] some = new byte[LineSize / 4];
        bool line = false;
        ReadUntilClosed(fd =>
        {
            line = !line;
            return line ? some.AsSpan(0, Readline(fd, some)) : some.AsSpan(0, Read(fd, some));
        });
    }

    [Fact]
    public void Blocked_reader_gets_its_bytes_and_frees_buffer()
    {
        var (first, second) = Loopback.UnixPair();
        using (second)
        {
            Writen(second, "partial"u8);
            byte[] buffer = new byte[80];
            var reader = new BlockedThread<int>(() => Readline(first, buffer));
            Limit.Until(() => Kernel.Waiting(first) == 0, "the first piece is read");
            reader.WaitUntilIn("read");
            first.Dispose();

            // The reader's call is now the last user of the descriptor and closes it, while the line is still in the buffer.
            second.Dispose();
            Assert.Equal(7, reader.Result);
            Assert.Equal("partial"u8, buffer.AsSpan(0, 7));
            Assert.True(first.IsClosed);
        }
    }

    [Fact]
    public void Closed_bcl_handle_ends_its_reader()
    {
        var (first, second) = Loopback.UnixPair();
        using (second)
        {
            var socket = first.ToSocketHandle();
            Writen(second, "one\ntwo\n"u8);
            var lines = LineReader.For(socket);
            Assert.Equal("one\n"u8, lines.ReadLine());
            socket.Dispose();
            Assert.Throws<ObjectDisposedException>(() => Readline(socket, new byte[80]));
            Assert.Throws<ObjectDisposedException>(() => Readlinebuf(socket).Length);
        }
    }

    delegate ReadOnlySpan<byte> ReadSome(Fd fd);

    static void ReadUntilClosed(ReadSome read)
    {
        byte[] text = new byte[3 * LineSize];
        text.AsSpan().Fill(Mine);
        for (int end = LineSize; end <= text.Length; end += LineSize)
            text[end - 1] = (byte)'\n';

        for (int round = 0; round < Rounds; round++)
        {
            var (first, second) = Loopback.UnixPair();
            Setsockopt(second, SOL_SOCKET, SO_SNDBUF, 2 * text.Length);
            Writen(second, text);
            Shutdown(second, SHUT_WR);
            LineReader.For(first, BufferSize);
            using var start = new Barrier(2);
            var closer = new BlockedThread<bool>(() => CloseAndScribble(first, start, round));
            start.SignalAndWait(Limit.Default);
            try
            {
                while (read(first) is { IsEmpty: false } bytes)
                    Assert.True(bytes.IndexOfAnyExcept(Mine, (byte)'\n') < 0, "The slice contains the bytes of another user of the pool.");
            }
            catch (ObjectDisposedException)
            {
                // The descriptor was closed between two calls, or during a call.
            }
            Assert.True(closer.Result);
            second.Dispose();
            Assert.True(first.IsClosed);
        }
    }

    /// <summary>
    /// Closes the descriptor, then overwrites arrays from the shared pool, beginning with the one that was returned last.
    /// </summary>
    static bool CloseAndScribble(Fd fd, Barrier start, int round)
    {
        start.SignalAndWait(Limit.Default);
        Thread.SpinWait(round * 4);
        fd.Dispose();
        byte[] rented = ArrayPool<byte>.Shared.Rent(BufferSize);
        rented.AsSpan().Fill((byte)'!');
        ArrayPool<byte>.Shared.Return(rented);
        return true;
    }
}
