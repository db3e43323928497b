namespace Unp.Samples.sock;

/// <summary>A datagram of each read of standard input, and standard output for each datagram.</summary>
/// <param name="fd">The socket.</param>
/// <param name="options">The options.</param>
/// <param name="peer">Where to send to, if the socket is not connected; null: to who has sent last.</param>
sealed class SockUdp(Fd fd, SockOptions options, SockAddr? peer)
{
    readonly byte[] buffer = new byte[options.ReadLength];
    readonly Crlf crlf = new();
    readonly bool isConnected = options['f'] || (!options.IsServer && !options['o']);

    public void Run()
    {
        using IDisposable? terminal = options['C'] ? new Cbreak(Fd.StandardInput) : null;
        Span<pollfd> wait = [new() { fd = STDIN_FILENO, events = POLLIN }, new() { fd = (int)fd.DangerousGetHandle(), events = POLLIN }];
        while (true)
        {
            Poll(wait);
            if (wait[1].revents != 0)
                Print();
            if (wait[0].revents == 0 || Send())
                continue;
            if (!options.IsServer)
                return;
            wait[0].fd = -1; // others may still send
        }
    }

    bool Send()
    {
        int n = Read(Fd.StandardInput, buffer);
        if (n == 0)
            return false;
        ReadOnlySpan<byte> text = options['c'] ? Crlf.Out(buffer.AsSpan(0, n)) : buffer.AsSpan(0, n);
        if (isConnected)
            Libunp.Send(fd, text);
        else if (peer is { } address)
            Sendto(fd, text, 0, address);
        else
            err_msg("nobody has sent a datagram yet: there is nobody to send to");
        return true;
    }

    void Print()
    {
        int flags = 0;
        int n = Recvfrom_flags(fd, buffer, ref flags, out SockAddr from, out PacketInfo pktinfo);
        if (options.IsServer)
            peer = from;
        if (options['E'] && pktinfo.Family != AF_UNSPEC)
            err_msg($"from {sock.Name(from)}, to {pktinfo.Destination.Address}:");
        else if (options.IsVerbose)
            err_msg($"from {sock.Name(from)}:");
        if ((flags & MSG_TRUNC) != 0)
            err_msg($"(datagram truncated to {n} bytes)");
        ReadOnlySpan<byte> text = options['c'] ? crlf.In(buffer.AsSpan(0, n), isEnd: true) : buffer.AsSpan(0, n);
        if (text.Length > 0)
            Write(Fd.StandardOutput, text);
    }
}
