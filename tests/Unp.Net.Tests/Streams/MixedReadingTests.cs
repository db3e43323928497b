namespace Unp.Net.Tests.Streams;

/// <summary>Any mixture of lines and other reads on a descriptor returns each byte once and in order.</summary>
public class MixedReadingTests
{
    const int Total = 40_000;

    public static TheoryData<int> Seeds { get; } = [.. Enumerable.Range(1, 40)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Mixed_reads_return_bytes_once_and_in_order(int seed)
    {
        var random = new Random(seed);
        (Fd readerFd, Fd writerFd) = seed % 2 == 0 ? Loopback.TcpPair() : Loopback.UnixPair();
        using Fd reader = readerFd;
        using Fd writer = writerFd;
        byte[] sent = Text(random);
        var writing = new BlockedThread<bool>(() => WriteInPieces(writer, sent, new Random(seed)));

        if (random.Next(2) == 0)
            LineReader.For(reader, bufferSize: random.Next(1, 300));
        int position = 0;
        while (position < sent.Length)
            position += Step(reader, sent.AsSpan(position), random);
        Assert.Equal(0, Read(reader, new byte[1]));
        Assert.Equal(0, Readline(reader, new byte[1]));
        Assert.True(writing.Result);
    }

    /// <summary>Reads by a random function, compares the bytes with <paramref name="rest"/>, and returns their number.</summary>
    static int Step(Fd reader, ReadOnlySpan<byte> rest, Random random)
    {
        Span<byte> room = new byte[random.Next(1, random.Next(2) == 0 ? 12 : 400)];
        int way = random.Next(8);
        int n = way switch
        {
            0 or 1 => Readline(reader, room),
            2 => Readn(reader, room),
            3 => Read(reader, room),
            4 => Recv(reader, room),
            5 => Recv(reader, room, MSG_PEEK),
            6 => Recv(reader, room, MSG_WAITALL),
            _ => Recvfrom(reader, room, 0, out _),
        };
        Assert.InRange(n, 1, room.Length);
        Assert.Equal(rest[..n], room[..n]);

        ReadOnlySpan<byte> ahead = Readlinebuf(reader);
        if (way != 5)
            Assert.Equal(rest.Slice(n, ahead.Length), ahead);
        switch (way)
        {
            case 0 or 1:
                int newline = rest.IndexOf((byte)'\n');
                Assert.Equal(Math.Min(room.Length, newline < 0 ? rest.Length : newline + 1), n);
                break;
            case 2 or 6:
                Assert.Equal(Math.Min(room.Length, rest.Length), n);
                break;
            case 5:
                return 0;
        }
        return n;
    }

    static byte[] Text(Random random)
    {
        byte[] text = new byte[Total];
        random.NextBytes(text);
        int lineLength = random.Next(1, 200);
        foreach (ref byte b in text.AsSpan())
        {
            if (random.Next(lineLength) == 0)
                b = (byte)'\n';
        }
        return text;
    }

    static bool WriteInPieces(Fd writer, ReadOnlySpan<byte> text, Random random)
    {
        while (text.Length > 0)
        {
            int size = Math.Min(text.Length, random.Next(1, random.Next(4) == 0 ? 20_000 : 60));
            Writen(writer, text[..size]);
            text = text[size..];
        }
        Shutdown(writer, SHUT_WR);
        return true;
    }
}
