namespace Unp.Samples.server;

/// <summary>
/// The common start of this chapter's servers: <c>[ &lt;host&gt; ] &lt;port#&gt;</c> and, for some, the number of children or threads.
/// </summary>
static class Listening
{
    /// <summary>The arguments of a server without a number.</summary>
    public const string Usage = "[<host>] <port#>";

    /// <summary>The arguments of a preforked server.</summary>
    public const string ChildrenUsage = $"{Usage} <#children>";

    /// <summary>The arguments of a prethreaded server.</summary>
    public const string ThreadsUsage = $"{Usage} <#threads>";

    /// <summary>The arguments of a server with event loops.</summary>
    public const string LoopsUsage = $"{Usage} <#loops>";

    /// <summary>Listens at the address in the arguments.</summary>
    public static Fd At(string[] args, ProgramOptions options)
    {
        if (args.Length is not 1 and not 2)
            options.Usage("[ <host> ] <port#>");
        return Listen(args, reusesPort: false);
    }

    /// <summary>Listens at the address in the arguments and parses the number at their end.</summary>
    public static Fd At(string[] args, ProgramOptions options, string what, out int number, bool reusesPort = false)
    {
        if (args.Length is not 2 and not 3)
            options.Usage($"[ <host> ] <port#> {what}");
        number = ProgramOptions.Number(args[^1]);
        if (number == 0)
            options.Usage($"[ <host> ] <port#> {what}");
        return Listen(args[..^1], reusesPort);
    }

    /// <summary>Listens at an address that other sockets may share. Tcp_listen cannot set SO_REUSEPORT, which bind needs.</summary>
    public static Fd Shared(in SockAddr address) => StreamListen(address, sharesPort: true);

    static Fd Listen(string[] where, bool reusesPort)
    {
        string? host = where.Length == 2 ? where[0] : null;
        return reusesPort
            ? Shared(Getaddrinfo(host, where[^1], socktype: SOCK_STREAM, flags: AI_PASSIVE)[0].Address)
            : Tcp_listen(host, where[^1]);
    }
}
