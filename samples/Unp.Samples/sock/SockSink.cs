namespace Unp.Samples.sock;

/// <summary>Reads, and throws away: a connection to its end, and datagrams for ever.</summary>
/// <param name="fd">The socket.</param>
/// <param name="options">The options: -r, -p, -P, -Z.</param>
sealed class SockSink(Fd fd, SockOptions options)
{
    readonly byte[] buffer = new byte[options.ReadLength];

    public void Run()
    {
        options.Pause('P');
        while (true)
        {
            if (options['Z'])
                Tell($"received {Recv(fd, buffer, MSG_PEEK)} bytes, and left them");
            int n = Read(fd, buffer);
            if (n == 0 && !options.IsUdp)
            {
                Tell("connection closed by peer");
                return;
            }
            Tell($"received {n} bytes");
            options.Pause('p');
        }
    }

    void Tell(string line)
    {
        if (options.IsVerbose)
            err_msg(line);
    }
}
