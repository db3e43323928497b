using System.Text;

namespace Unp.Samples.sock;

/// <summary>Sends each read of standard input as a datagram, and prints each received datagram.</summary>
/// <param name="fd">The socket.</param>
/// <param name="options">The options.</param>
/// <param name="peer">The destination if the socket is not connected, or null for the last sender.</param>
sealed class SockUdp(Fd fd, SockOptions options, SockAddr? peer)
{
    readonly byte[] buffer = new byte[options.ReadLength];
    Crlf crlf;

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
            if (!options.IsServer)
                return;
            wait[0].fd = -1; // clients may still send
        }
    }

    bool Send()
    {
        int n = Read(Fd.StandardInput, buffer);
        if (n == 0)
            return false;
        ReadOnlySpan<byte> text = options['c'] ? Crlf.Out(buffer.AsSpan(0, n)) : buffer.AsSpan(0, n);
        if (options.IsConnectedUdp)
            Libunp.Send(fd, text);
        else if (peer is not { } address)
            err_msg("cannot send: no datagram has arrived yet, so the peer is unknown");
        else if (options.IsServer)
            Reply.Send(fd, text, address);
        else
            Sendto(fd, text, 0, address);
        return true;
    }

    /// <summary>Receives a datagram. Returns false if a connected client receives an empty one, which ends it like a connection.</summary>
    bool Receive()
    {
        if (options.IsServer || !options.IsConnectedUdp)
        {
            ReceiveWithSender();
            return true;
        }
        if (options['Z'])
            Print(Recv(fd, buffer, MSG_PEEK));
        int n = Recv(fd, buffer);
        Print(n);
        if (n == 0)
            options.Report("connection closed by peer");
        return n > 0;
    }

    void ReceiveWithSender()
    {
        int flags = 0;
        int n = Recvfrom_flags(fd, buffer, ref flags, out SockAddr from, out PacketInfo pktinfo);
        if (options.IsServer)
            peer = from;
        string destination = options['E'] && pktinfo.Family != AF_UNSPEC ? $", to {pktinfo.Destination.Address}" : "";
        string head = options.IsVerbose ? $"from {from.Address}{destination}: " : "";
        if ((flags & MSG_TRUNC) != 0)
            head += "(datagram truncated)\n";
        Writen(Fd.StandardOutput, Encoding.ASCII.GetBytes(head));
        Print(n);
    }

    void Print(int n)
    {
        ReadOnlySpan<byte> text = options['c'] ? crlf.In(buffer.AsSpan(0, n), isEnd: true) : buffer.AsSpan(0, n);
        if (text.Length > 0)
            Writen(Fd.StandardOutput, text);
    }
}
