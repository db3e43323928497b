namespace Unp.Net.Packets;

/// <summary>Writes packets to a file in one of the two formats.</summary>
/// <remarks>
/// Packets are collected in a buffer of 64 KiB. <see cref="Flush"/> and <see cref="Dispose()"/> write it. A packet allocates nothing.
/// After an <see cref="IOException"/> the file may end inside a packet, which a reader reports as truncated.
/// </remarks>
public abstract class CaptureFileWriter : IDisposable
{
    const int BufferLength = 64 * 1024;

    readonly Stream stream;
    readonly bool leaveOpen;
    readonly byte[] buffer = new byte[BufferLength];
    int used;
    bool isDisposed;

    private protected CaptureFileWriter(Stream stream, bool leaveOpen)
    {
        ArgumentNullException.ThrowIfNull(stream);
        this.stream = stream;
        this.leaveOpen = leaveOpen;
    }

    /// <summary>Writes a packet that was captured whole.</summary>
    /// <param name="time">When the packet was captured.</param>
    /// <param name="data">The bytes of the packet.</param>
    /// <exception cref="ArgumentOutOfRangeException">The format cannot hold <paramref name="time"/>.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(PacketTime time, ReadOnlySpan<byte> data) => Write(time, data, data.Length);

    /// <summary>Writes a packet.</summary>
    /// <param name="time">When the packet was captured.</param>
    /// <param name="data">The captured bytes. Those behind the snap length are left out.</param>
    /// <param name="wireLength">The length of the packet on the wire.</param>
    /// <exception cref="ArgumentOutOfRangeException">The format cannot hold <paramref name="time"/>, or <paramref name="wireLength"/> is
    /// less than
    /// the number of captured bytes.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public abstract void Write(PacketTime time, ReadOnlySpan<byte> data, int wireLength);

    /// <summary>Writes a packet of another file.</summary>
    /// <param name="record">The packet. If it has no time, it gets the start of 1970.</param>
    /// <exception cref="ArgumentException">The file cannot hold packets with the link type of the record.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The format cannot hold the time of the record.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public abstract void Write(in CaptureRecord record);

    /// <summary>Writes the packets that are in the buffer, so that other programs can read them.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Flush()
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        WriteBuffer();
        stream.Flush();
    }

    /// <summary>Writes what is in the buffer, and closes the file unless it is a stream that stays open.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Dispose()
    {
        if (isDisposed)
            return;
        try
        {
            Flush();
        }
        finally
        {
            isDisposed = true;
            if (!leaveOpen)
                stream.Dispose();
            GC.SuppressFinalize(this);
        }
    }

    /// <summary>Creates a file, or replaces an existing one.</summary>
    private protected static FileStream Create(string path) =>
        new(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);

    private protected static void CheckLength(ReadOnlySpan<byte> data, int wireLength) =>
        ArgumentOutOfRangeException.ThrowIfLessThan(wireLength, data.Length);

    /// <summary>Returns room for a few bytes, whose contents are undefined. The caller fills all of them.</summary>
    private protected Span<byte> Append(int length)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        if (length > buffer.Length - used)
            WriteBuffer();
        used += length;
        return buffer.AsSpan(used - length, length);
    }

    private protected void Append(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length <= buffer.Length)
        {
            bytes.CopyTo(Append(bytes.Length));
            return;
        }
        WriteBuffer();
        stream.Write(bytes);
    }

    void WriteBuffer()
    {
        // The buffer is empty also after a failure. Otherwise Dispose would write the same packets again behind a part of them.
        int length = used;
        used = 0;
        stream.Write(buffer, 0, length);
    }
}
