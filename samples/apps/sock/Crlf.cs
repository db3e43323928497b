namespace Unp.Samples.sock;

/// <summary>The conversion of line ends: newline here, carriage return and newline on the wire (-c).</summary>
struct Crlf
{
    bool hasReturn;

    /// <summary>Converts text to send.</summary>
    public static ReadOnlySpan<byte> Out(ReadOnlySpan<byte> text)
    {
        var sent = new List<byte>(text.Length + 16);
        foreach (byte b in text)
        {
            if (b == (byte)'\n')
                sent.Add((byte)'\r');
            sent.Add(b);
        }
        return sent.ToArray();
    }

    /// <summary>
    /// Converts received text. A carriage return at its end is kept until the next byte arrives, unless the text is the last one.
    /// </summary>
    public ReadOnlySpan<byte> In(ReadOnlySpan<byte> received, bool isEnd = false)
    {
        var text = new List<byte>(received.Length + 1);
        foreach (byte b in received)
        {
            if (hasReturn && b != (byte)'\n')
                text.Add((byte)'\r');
            hasReturn = b == (byte)'\r';
            if (!hasReturn)
                text.Add(b);
        }
        if (isEnd && hasReturn)
        {
            text.Add((byte)'\r');
            hasReturn = false;
        }
        return text.ToArray();
    }
}
