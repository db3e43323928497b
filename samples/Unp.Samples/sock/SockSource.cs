namespace Unp.Samples.sock;

/// <summary>Sends so many writes of so many bytes, as fast as it may.</summary>
/// <param name="fd">The socket.</param>
/// <param name="options">The options: -n, -w, -p, -P, -U, -W.</param>
/// <param name="peer">Where to send to, if the socket is not connected.</param>
sealed class SockSource(Fd fd, SockOptions options, SockAddr? peer)
{
    readonly SockWriter writer = new(fd, options, peer);

    public void Run()
    {
        options.Pause('P');
        byte[] data = Pattern(options.WriteLength);
        int writes = options.Number('n', 1024);
        for (int i = 1; i <= writes; i++)
        {
            if (options.Number('U') == i)
                WriteUrgent();
            int n = writer.Write(data);
            if (options.IsVerbose)
                err_msg($"wrote {n} bytes");
            options.Pause('p');
        }
    }

    void WriteUrgent()
    {
        Send(fd, [0], MSG_OOB);
        if (options.IsVerbose)
            err_msg("wrote 1 byte of urgent data");
    }

    /// <summary>The digits, again and again: what is missing can be seen.</summary>
    static byte[] Pattern(int length)
    {
        byte[] data = new byte[length];
        for (int i = 0; i < length; i++)
            data[i] = (byte)('0' + i % 10);
        return data;
    }
}
