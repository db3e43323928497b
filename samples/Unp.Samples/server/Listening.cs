namespace Unp.Samples.server;

/// <summary>The beginning of every server of this chapter: <c>[ &lt;host&gt; ] &lt;port#&gt;</c>, and for some how many children or threads.</summary>
static class Listening
{
    /// <summary>The arguments of a server without children.</summary>
    public const string Usage = "[<host>] <port#>";

    /// <summary>Listens as the arguments say.</summary>
    public static Fd At(string[] args, string program)
    {
        if (args.Length is not 1 and not 2)
            err_quit($"usage: {program} [ <host> ] <port#>");
        return Listen(args, reusesPort: false);
    }

    /// <summary>Listens as the arguments say, the last of which is a number.</summary>
    public static Fd At(string[] args, string program, string what, out int number, bool reusesPort = false)
    {
        if (args.Length is not 2 and not 3)
            err_quit($"usage: {program} [ <host> ] <port#> {what}");
        number = Child.Number(args[^1]);
        if (number == 0)
            err_quit($"usage: {program} [ <host> ] <port#> {what}");
        return Listen(args[..^1], reusesPort);
    }

    static Fd Listen(string[] where, bool reusesPort)
    {
        string? host = where.Length == 2 ? where[0] : null;
        if (!reusesPort)
            return Tcp_listen(host, where[^1]);

        // Before bind, which Tcp_listen has done when it returns.
        AddrInfo[] found = Getaddrinfo(host, where[^1], socktype: SOCK_STREAM, flags: AI_PASSIVE);
        Fd listenfd = Socket(found[0].Family, SOCK_STREAM);
        Setsockopt(listenfd, SocketOptions.ReuseAddr, true);
        Share_port(listenfd);
        Bind(listenfd, found[0].Address);
        Libunp.Listen(listenfd);
        return listenfd;
    }
}
