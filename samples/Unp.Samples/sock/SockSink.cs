namespace Unp.Samples.sock;

/// <summary>Reads, and throws away: a connection to its end, datagrams to an empty one.</summary>
/// <param name="fd">The socket.</param>
/// <param name="options">The options: -r, -p, -P, -Z.</param>
sealed class SockSink(Fd fd, SockOptions options)
{
    readonly byte[] buffer = new byte[options.ReadLength];

    public void Run()
    {
        options.Pause('P');
        while ((!options['Z'] || Receive(MSG_PEEK)) && Receive(0))
        {
            // Each time the same.
        }
    }

    bool Receive(int flags)
    {
        int n = Recv(fd, buffer, flags);
        if (n == 0)
        {
            options.Tell("connection closed by peer");
            return false;
        }
        options.Tell($"received {n} bytes{(flags == MSG_PEEK ? " (MSG_PEEK)" : "")}");
        options.Pause('p');
        return true;
    }
}
