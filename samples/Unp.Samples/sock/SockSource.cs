namespace Unp.Samples.sock;

/// <summary>Sends so many writes of so many bytes, as fast as it may.</summary>
/// <param name="fd">The socket.</param>
/// <param name="options">The options: -n, -w, -p, -P, -U, -W.</param>
/// <param name="peer">Where to send to, if the socket is not connected.</param>
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
                options.Tell($"wrote {data.Length} bytes");
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

    /// <summary>The urgent byte has the value of -U, so that it can be told from the pattern.</summary>
    void WriteUrgent(byte value)
    {
        Send(fd, [value], MSG_OOB);
        options.Tell("wrote 1 byte of urgent data");
    }

    /// <summary>The printable characters of ASCII in order, again and again.</summary>
    static byte[] Pattern(int length)
    {
        const int First = ' ', Count = '~' - ' ' + 1;
        byte[] data = new byte[length];
        for (int i = 0; i < length; i++)
            data[i] = (byte)(First + i % Count);
        return data;
    }
}
