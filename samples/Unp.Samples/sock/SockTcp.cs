namespace Unp.Samples.sock;

/// <summary>Standard input to a connection, and the connection to standard output.</summary>
/// <param name="fd">The connection.</param>
/// <param name="options">The options.</param>
sealed class SockTcp(Fd fd, SockOptions options)
{
    readonly SockWriter writer = new(fd, options);
    readonly byte[] buffer = new byte[options.ReadLength];
    readonly Crlf crlf = new();

    /// <summary>Copies until the peer ends; the end of input ends it too, without -h.</summary>
    public void Run()
    {
        using IDisposable? terminal = options['C'] ? new Cbreak(Fd.StandardInput) : null;
        Span<pollfd> wait = [new() { fd = STDIN_FILENO, events = POLLIN }, new() { fd = (int)fd.DangerousGetHandle(), events = POLLIN }];
        while (true)
        {
            Poll(wait);
            if (wait[1].revents != 0 && !Print())
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

    bool Print()
    {
        if (options['Z'])
            Recv(fd, buffer, MSG_PEEK);
        int n = Read(fd, buffer);
        ReadOnlySpan<byte> text = options['c'] ? crlf.In(buffer.AsSpan(0, n), isEnd: n == 0) : buffer.AsSpan(0, n);
        if (text.Length > 0)
            Write(Fd.StandardOutput, text);
        if (n == 0 && options.IsVerbose)
            err_msg("connection closed by peer");
        return n > 0;
    }
}
