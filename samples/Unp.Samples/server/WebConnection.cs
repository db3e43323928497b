namespace Unp.Samples.server;

/// <summary>A client of a server with many clients per thread: <see cref="WebChild.web_child"/> without blocking.</summary>
sealed class WebConnection(Fd connfd) : IDisposable
{
    // The beginning of an incomplete request. Requests usually arrive whole, but TCP does not guarantee that.
    byte[] begun = [];
    int ntowrite;

    /// <summary>Does what is possible without blocking.</summary>
    /// <param name="buf">A buffer that all connections share.</param>
    /// <returns>The events to wait for, or none at the end.</returns>
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
            return PollEvents.None; // the line is too long
        Keep(rest);
        return ntowrite == 0 || Send() ? PollEvents.Readable : ntowrite > 0 ? PollEvents.Writable : PollEvents.None;
    }

    public void Dispose() => connfd.Dispose();

    /// <summary>Sends as much as possible. A number suffices to describe the rest, because a reply consists of zeros.</summary>
    /// <returns>Whether everything was sent. If not, and <see cref="ntowrite"/> is 0, the client is gone.</returns>
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
