namespace Unp.Samples.sock;

/// <summary>Copies standard input to a connection, and the connection to standard output.</summary>
/// <param name="fd">The connection.</param>
/// <param name="options">The options.</param>
sealed class SockTcp(Fd fd, SockOptions options)
{
    readonly SockWriter writer = new(fd, options);
    readonly byte[] buffer = new byte[options.ReadLength];
    Crlf crlf;

    /// <summary>Copies until the peer ends. Without -h, the end of the input ends it too.</summary>
    public void Run()
    {
        options.Pause('P');
        using IDisposable? terminal = options['C'] ? new Cbreak(Fd.StandardInput) : null;
        Span<pollfd> wait =
        [
            new() { fd = STDIN_FILENO, events = POLLIN },
            new() { fd = (int)fd.DangerousGetHandle(), events = POLLIN },
        ];
        while (true)
        {
            Poll(wait);
            if (wait[1].revents != 0 && !Receive())
                return;
            if (wait[0].revents == 0 || Send())
                continue;
            if (!options['h'])
                return;
            Shutdown(fd, SHUT_WR);
            wait[0].fd = -1;
        }
    }

    bool Send()
    {
        int n = Read(Fd.StandardInput, buffer);
        if (n > 0)
            writer.Write(options['c'] ? Crlf.Out(buffer.AsSpan(0, n)) : buffer.AsSpan(0, n));
        return n > 0;
    }

    /// <summary>Prints the available data. With -Z, prints the result of a peek first and then the same bytes again.</summary>
    bool Receive()
    {
        if (!options['Z'])
            return Receive(0, ref crlf);
        Crlf peeked = crlf;
        return Receive(MSG_PEEK, ref peeked) && Receive(0, ref crlf);
    }

    bool Receive(int flags, ref Crlf ends)
    {
        int n = Recv(fd, buffer, flags);
        ReadOnlySpan<byte> text = options['c'] ? ends.In(buffer.AsSpan(0, n), isEnd: n == 0) : buffer.AsSpan(0, n);
        if (text.Length > 0)
            Writen(Fd.StandardOutput, text);
        if (n == 0)
            options.Report("connection closed by peer");
        return n > 0;
    }
}
