namespace Unp.Samples.sock;

/// <summary>Reads and discards data: a connection until its end, or datagrams until an empty one.</summary>
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
            // The condition does the work.
        }
    }

    bool Receive(int flags)
    {
        int n = Recv(fd, buffer, flags);
        if (n == 0)
        {
            options.Report("connection closed by peer");
            return false;
        }
        options.Report($"received {n} bytes{(flags == MSG_PEEK ? " (MSG_PEEK)" : "")}");
        options.Pause('p');
        return true;
    }
}
