using System.Buffers;

namespace Unp.Net.Tests.Streams;

/// <summary>A descriptor that one thread closes while another reads lines from it: again and again, at every moment that chance offers.</summary>
public class CloseWhileReadingLinesTests
{
    const int Rounds = 400;
    const byte Mine = (byte)'m';

    [Fact]
    public void Reader_gets_its_own_bytes_or_an_exception_that_says_closed()
    {
        byte[] line = new byte[200];
        ReadUntilClosed(fd => line.AsSpan(0, Readline(fd, line)));
    }

    [Fact]
    public void Slices_stay_the_readers_own() => ReadUntilClosed(fd => LineReader.For(fd).ReadLine());

    [Fact]
    public void Read_ahead_bytes_taken_by_Read_are_the_readers_own()
    {
        byte[] some = new byte[30];
        bool line = false;
        ReadUntilClosed(fd =>
        {
            line = !line;
            return line ? some.AsSpan(0, Readline(fd, some)) : some.AsSpan(0, Read(fd, some));
        });
    }

    [Fact]
    public void Blocked_reader_ends_with_the_shutdown_and_the_buffer_is_freed_by_it()
    {
        var (first, second) = Loopback.UnixPair();
        using (second)
        {
            Writen(second, "partial"u8);
            var reader = new BlockedThread<int>(() => Readline(first, new byte[80])).WaitUntilIn("read");
            first.Dispose();
            Shutdown(first, SHUT_RDWR);
            Assert.Equal(7, reader.Result);
            Limit.Until(() => first.IsClosed, "closed");
        }
    }

    [Fact]
    public void Bcl_handle_that_is_closed_ends_its_reader()
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
        byte[] text = new byte[4000];
        text.AsSpan().Fill(Mine);
        for (int i = 99; i < text.Length; i += 100)
            text[i] = (byte)'\n';

        using var over = new CancellationTokenSource();
        var polluter = new BlockedThread<bool>(() => PolluteThePool(over.Token));
        for (int round = 0; round < Rounds; round++)
        {
            var (first, second) = Loopback.UnixPair();
            Writen(second, text);
            Shutdown(second, SHUT_WR);
            using var start = new Barrier(2);
            var closer = new BlockedThread<bool>(() =>
            {
                start.SignalAndWait(Limit.Default);
                Thread.SpinWait(round * 10);
                first.Dispose();
                return true;
            });
            start.SignalAndWait(Limit.Default);
            try
            {
                while (read(first) is { IsEmpty: false } bytes)
                    Assert.True(bytes.IndexOfAnyExcept(Mine, (byte)'\n') < 0, "These are another's bytes.");
            }
            catch (ObjectDisposedException)
            {
                // It was closed between two calls, or in one.
            }
            Assert.True(closer.Result);
            second.Dispose();
            Assert.True(first.IsClosed);
        }
        over.Cancel();
        Assert.True(polluter.Result);
    }

    /// <summary>Others that use the same pool: they write on whatever it gives them.</summary>
    static bool PolluteThePool(CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            byte[] rented = ArrayPool<byte>.Shared.Rent(LineReader.DefaultBufferSize);
            rented.AsSpan().Fill((byte)'!');
            ArrayPool<byte>.Shared.Return(rented);
        }
        return true;
    }
}
