namespace Unp.Samples.server;

/// <summary>
/// The common start of this chapter's servers: <c>[ &lt;host&gt; ] &lt;port#&gt;</c> and, for some, the number of children or threads.
/// </summary>
static class Listening
{
    /// <summary>The arguments of a server without a number.</summary>
    public const string Usage = "[<host>] <port#>";

    /// <summary>The arguments of a prethreaded server.</summary>
    public const string ThreadsUsage = $"{Usage} <#threads>";

    /// <summary>Listens at the address in the arguments.</summary>
    public static Fd At(string[] args, string program)
    {
        if (args.Length is not 1 and not 2)
            err_quit($"usage: {program} [ <host> ] <port#>");
        return Listen(args, reusesPort: false);
    }

    /// <summary>Listens at the address in the arguments and parses the number at their end.</summary>
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

        // SO_REUSEPORT must be set before bind, so Tcp_listen cannot be used.
        AddrInfo[] found = Getaddrinfo(host, where[^1], socktype: SOCK_STREAM, flags: AI_PASSIVE);
        Fd listenfd = Socket(found[0].Family, SOCK_STREAM);
        Setsockopt(listenfd, SocketOptions.ReuseAddr, true);
        SharePort(listenfd);
        Bind(listenfd, found[0].Address);
        Libunp.Listen(listenfd);
        return listenfd;
    }
}
