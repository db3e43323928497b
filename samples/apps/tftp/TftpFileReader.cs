namespace Unp.Samples.tftp;

/// <summary>The blocks of a file that is sent.</summary>
/// <param name="file">The open file.</param>
/// <param name="isNetascii">Whether lines are converted. Otherwise the bytes are sent as they are.</param>
sealed class TftpFileReader(Fd file, bool isNetascii)
{
    const int TextSize = 4096;

    readonly Netascii? conversion = isNetascii ? new() : null;
    readonly byte[] text = isNetascii ? new byte[TextSize] : [];
    int start;
    int end;

    /// <summary>Reads the next block. Only the last one is not full, and it may be empty.</summary>
    /// <exception cref="UnpException">EIO...</exception>
    public int Read(Span<byte> block)
    {
        if (conversion is null)
            return Readn(file, block);
        int n = 0;
        while (true)
        {
            ReadOnlySpan<byte> rest = text.AsSpan(start..end);
            n += conversion.Encode(ref rest, block[n..]);
            start = end - rest.Length;
            if (n == block.Length)
                return n;
            (start, end) = (0, Libunp.Read(file, text));
            if (end == 0)
                return n;
        }
    }
}
