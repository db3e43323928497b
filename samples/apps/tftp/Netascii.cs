namespace Unp.Samples.tftp;

/// <summary>
/// The conversion of lines between this system and the network (RFC 764): a newline is CR LF, and a carriage return is CR NUL. The state is
/// kept between calls, because a block may end between the two bytes.
/// </summary>
sealed class Netascii
{
    const byte Cr = (byte)'\r';
    const byte Lf = (byte)'\n';

    byte? second;
    bool isAfterCr;

    /// <summary>Converts bytes of a file.</summary>
    /// <param name="text">The bytes of the file. The converted ones are removed.</param>
    /// <param name="output">A buffer for the network's bytes.</param>
    /// <returns>The number of bytes in the buffer. It is full, or no text is left.</returns>
    public int Encode(ref ReadOnlySpan<byte> text, Span<byte> output)
    {
        int n = 0;
        while (n < output.Length)
        {
            if (second is { } pending)
            {
                output[n++] = pending;
                second = null;
                continue;
            }
            if (text.IsEmpty)
                break;
            byte next = text[0];
            text = text[1..];
            second = next == Lf ? Lf : next == Cr ? (byte)0 : null;
            output[n++] = second is null ? next : Cr;
        }
        return n;
    }

    /// <summary>Converts bytes of the network. A CR that nothing valid follows is kept.</summary>
    /// <param name="data">The network's bytes.</param>
    /// <param name="output">A buffer for one byte more than <paramref name="data"/> has.</param>
    /// <returns>The number of bytes for the file.</returns>
    public int Decode(ReadOnlySpan<byte> data, Span<byte> output)
    {
        int n = 0;
        foreach (byte next in data)
        {
            bool isSecond = isAfterCr && next is Lf or 0;
            if (isAfterCr && next != Lf)
                output[n++] = Cr;
            isAfterCr = !isSecond && next == Cr;
            if (!isAfterCr && !(isSecond && next == 0))
                output[n++] = next;
        }
        return n;
    }

    /// <summary>Returns whether the last byte of the data was a CR, which the file still lacks.</summary>
    public bool HasPendingCr => isAfterCr;
}
