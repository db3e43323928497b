namespace Unp.Samples.server;

/// <summary>The same, but the third child makes, before every third of its connections, one that it resets at once: does the server live on? (beside section 30.2)</summary>
static class clientrst
{
    public static void Main(string[] args, Options options) => Load.Run(nameof(clientrst), args, Reset);

    static void Reset(int i, int j, string host, string service)
    {
        if (i != 2 || j % 3 != 0)
            return;
        using Fd fd = Tcp_connect(host, service);
        Setsockopt(fd, SocketOptions.Linger, TimeSpan.Zero);
    }
}
