namespace Unp.Samples.server;

/// <summary>
/// <see cref="client"/> that also tests whether the server survives resets (UNP 30.2). Before every third of its connections, the third
/// child makes another one and resets it at once.
/// </summary>
static class clientrst
{
    public static void Main(string[] args, ProgramOptions options) => Load.Run(args, options, Reset);

    static void Reset(int i, int j, string host, string service)
    {
        if (i != 2 || j % 3 != 0)
            return;
        using Fd fd = Tcp_connect(host, service);
        Setsockopt(fd, SocketOptions.Linger, TimeSpan.Zero);
    }
}
