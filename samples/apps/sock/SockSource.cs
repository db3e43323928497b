namespace Unp.Samples.sock;

/// <summary>Sends a number of writes of a fixed size, as fast as possible.</summary>
/// <param name="fd">The socket.</param>
/// <param name="options">The options: -n, -w, -p, -P, -U, -W.</param>
/// <param name="peer">The destination if the socket is not connected.</param>
sealed class SockSource(Fd fd, SockOptions options, SockAddr? peer)
{
    public void Run()
    {
        options.Pause('P');
        byte[] data = Pattern(options.WriteLength);
        int writes = options.Number('n', 1024);
        int urgent = options.IsUdp ? 0 : options.Number('U');
        for (int i = 1; i <= writes; i++)
        {
            if (urgent == i)
                WriteUrgent((byte)urgent);
            if (TryWrite(data))
                options.Report($"wrote {data.Length} bytes");
            options.Pause('p');
        }
    }

    bool TryWrite(byte[] data)
    {
        try
        {
            if (peer is { } address)
                Sendto(fd, data, 0, address);
            else if (options.IsUdp)
                Send(fd, data);
            else
                Writen(fd, data);
            return true;
        }
        catch (UnpException failure)
        {
            Errno.Last = failure.Errno;
            string line = $"{(peer is null ? "write" : "sendto")} returned -1, expected {data.Length}";
            if (!options['W'])
                err_sys(line);
            err_ret(line);
            _ = Getsockopt(fd, SocketOptions.Error); // clears so_error
            return false;
        }
    }

    /// <summary>Sends the value of -U as the urgent byte, so that it can be told apart from the pattern.</summary>
    void WriteUrgent(byte value)
    {
        Send(fd, [value], MSG_OOB);
        options.Report("wrote 1 byte of urgent data");
    }

    /// <summary>Returns the printable ASCII characters in order, repeated.</summary>
    static byte[] Pattern(int length)
    {
        const int First = ' ', Count = '~' - ' ' + 1;
        byte[] data = new byte[length];
        for (int i = 0; i < length; i++)
            data[i] = (byte)(First + i % Count);
        return data;
    }
}
