namespace Unp.Samples.sock;

/// <summary>Writes in the way that is asked for: whole, in chunks (-k), by writev (-V); and goes on after an error (-W).</summary>
/// <param name="fd">The socket.</param>
/// <param name="options">The options.</param>
/// <param name="peer">Where to send to, if the socket is not connected.</param>
sealed class SockWriter(Fd fd, SockOptions options, SockAddr? peer = null)
{
    const int Chunks = 4;

    /// <summary>Writes all of it. Less was written where an error is ignored.</summary>
    public int Write(ReadOnlySpan<byte> data)
    {
        try
        {
            if (peer is { } address)
                Sendto(fd, data, 0, address);
            else if (options['V'])
                Writev(fd, [.. Cut(data.ToArray())]);
            else if (options['k'])
                WriteChunks(data.ToArray());
            else
                Libunp.Write(fd, data);
            return data.Length;
        }
        catch (UnpException failure) when (options['W'])
        {
            err_msg(failure.Message);
            return (int)Math.Max(0, failure.BytesTransferred);
        }
    }

    void WriteChunks(byte[] data)
    {
        foreach (ReadOnlyMemory<byte> chunk in Cut(data))
            Libunp.Write(fd, chunk.Span);
    }

    static IEnumerable<ReadOnlyMemory<byte>> Cut(byte[] data)
    {
        int size = (data.Length + Chunks - 1) / Chunks;
        for (int at = 0; at < data.Length; at += size)
            yield return data.AsMemory(at, Math.Min(size, data.Length - at));
    }
}
