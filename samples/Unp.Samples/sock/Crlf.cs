namespace Unp.Samples.sock;

/// <summary>The ends of lines: a newline here, carriage return and newline on the wire (-c).</summary>
struct Crlf
{
    bool hasReturn;

    /// <summary>What is to be sent.</summary>
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

    /// <summary>What has come. A carriage return at its end waits for what follows it, unless that is the end of all.</summary>
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
