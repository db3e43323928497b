namespace Unp.Samples.server;

/// <summary>A client of a server that serves many on one thread: what <see cref="WebChild.web_child"/> does, without waiting.</summary>
sealed class WebConnection(Fd connfd) : IDisposable
{
    // A request whose end has not come yet. Requests are a few bytes, and come whole, but nothing says that they must.
    byte[] begun = [];
    int ntowrite;

    /// <summary>Does what can be done at once.</summary>
    /// <param name="buf">Room that all connections share.</param>
    /// <returns>What it waits for; nothing when it is over.</returns>
    public PollEvents Serve(Span<byte> buf)
    {
        if (ntowrite > 0 && !Send())
            return ntowrite > 0 ? PollEvents.Writable : PollEvents.None;
        begun.CopyTo(buf);
        nint n = read(connfd, buf[begun.Length..]);
        if (n <= 0)
            return n < 0 && Errno.Last == Errno.EAGAIN ? PollEvents.Readable : PollEvents.None;

        Span<byte> rest = buf[..(begun.Length + (int)n)];
        int newline;
        while ((newline = rest.IndexOf((byte)'\n')) >= 0)
        {
            if (!WebChild.TryReadRequest(rest[..newline], out int wanted))
            {
                err_msg($"client request for {wanted} bytes");
                return PollEvents.None;
            }
            ntowrite += wanted;
            rest = rest[(newline + 1)..];
        }
        if (rest.Length == buf.Length)
            return PollEvents.None; // a line that does not end
        Keep(rest);
        return ntowrite == 0 || Send() ? PollEvents.Readable : ntowrite > 0 ? PollEvents.Writable : PollEvents.None;
    }

    public void Dispose() => connfd.Dispose();

    /// <summary>Sends what there is room for. All that clients get are zeros, so that a number says what is still to be sent.</summary>
    /// <returns>Whether nothing is left; if not, and <see cref="ntowrite"/> is 0, the client is gone.</returns>
    bool Send()
    {
        while (ntowrite > 0)
        {
            nint sent = write(connfd, WebChild.Result[..Math.Min(ntowrite, WebChild.MAXN)]);
            if (sent < 0)
            {
                if (Errno.Last != Errno.EAGAIN)
                    ntowrite = 0;
                return false;
            }
            ntowrite -= (int)sent;
        }
        return true;
    }

    void Keep(ReadOnlySpan<byte> unfinished)
    {
        if (!unfinished.IsEmpty || begun.Length > 0)
            begun = unfinished.ToArray();
    }
}
