namespace Unp.Net.Tests.Streams;

static class Bytes
{
    /// <summary>Bytes without a repeated sequence, so a byte in the wrong place is detected.</summary>
    public static byte[] Some(int count) => TestData.Bytes(count, seed: count);

    /// <summary>Writes each byte in its own segment.</summary>
    public static int Dribble(Fd fd, ReadOnlySpan<byte> bytes)
    {
        if (Sockfd_to_family(fd) != AF_UNIX)
            Setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, 1);
        for (int i = 0; i < bytes.Length; i++)
            Write(fd, bytes.Slice(i, 1));
        return bytes.Length;
    }
}
