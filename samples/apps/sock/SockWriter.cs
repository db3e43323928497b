namespace Unp.Samples.sock;

/// <summary>Writes to a connection as requested: whole, in chunks (-k), or with writev (-V).</summary>
/// <param name="fd">The connection.</param>
/// <param name="options">The options.</param>
sealed class SockWriter(Fd fd, SockOptions options)
{
    /// <summary>The maximum number of chunks per write: IOV_MAX.</summary>
    const int MaxChunks = 1024;

    /// <summary>Writes all data.</summary>
    public void Write(ReadOnlySpan<byte> data)
    {
        if (!options['k'] && !options['V'])
        {
            Writen(fd, data);
            return;
        }

        ReadOnlyMemory<byte>[] chunks = Cut(data.ToArray());
        if (options['V'])
        {
            Writev(fd, chunks);
            return;
        }
        foreach (ReadOnlyMemory<byte> chunk in chunks)
            Writen(fd, chunk.Span);
    }

    ReadOnlyMemory<byte>[] Cut(byte[] data)
    {
        int size = Math.Max(1, (data.Length + MaxChunks - 1) / MaxChunks);
        var chunks = new ReadOnlyMemory<byte>[(data.Length + size - 1) / size];
        for (int i = 0; i < chunks.Length; i++)
        {
            chunks[i] = data.AsMemory(i * size, Math.Min(size, data.Length - i * size));
            options.Report($"iov[{i,2}].iov_base = {i * size:x}, iov[{i,2}].iov_len = {chunks[i].Length}");
        }
        return chunks;
    }
}
