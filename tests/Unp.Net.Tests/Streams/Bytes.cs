namespace Unp.Net.Tests.Streams;

static class Bytes
{
    /// <summary>Bytes of which no two stretches look alike, so that one in the wrong place shows.</summary>
    public static byte[] Some(int count)
    {
        byte[] bytes = new byte[count];
        new Random(count).NextBytes(bytes);
        return bytes;
    }

    /// <summary>Writes a byte at a time, each in a segment of its own.</summary>
    public static int Dribble(Fd fd, ReadOnlySpan<byte> bytes)
    {
        if (Sockfd_to_family(fd) != AF_UNIX)
            Setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, 1);
        for (int i = 0; i < bytes.Length; i++)
            Write(fd, bytes.Slice(i, 1));
        return bytes.Length;
    }
}
