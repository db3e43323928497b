namespace Unp.Net.ServerDesigns;

/// <summary>The kind of worker that serves a client.</summary>
enum Family
{
    Iterative,
    Processes,
    Threads,
    Loops,
    C,
}

/// <summary>A measured server.</summary>
/// <param name="Id">The name in the results: that of the program, or of the C program's design.</param>
/// <param name="Name">The name for human readers.</param>
/// <param name="Family">The kind of worker that serves a client.</param>
/// <param name="Arguments">The arguments after the port.</param>
/// <param name="Starting">The number of lines that the program prints before it serves.</param>
/// <param name="Share">The divisor of the clients' loops. A design that takes a thousand times as long is measured with fewer
/// connections.</param>
sealed record Design(string Id, string Name, Family Family, string[] Arguments, int Starting = 0, int Share = 1)
{
    /// <summary>The baseline of the others, as in figure 30.1.</summary>
    internal const string Iterative = "serv00";

    internal const string ThreadOfC = "c-thread";
    internal const string EpollOfC = "c-epoll";

    /// <summary>The number of prestarted children or threads, which equals the number of concurrent clients.</summary>
    const int Prestarted = 5;

    static readonly string[] Several = [$"{Prestarted}"];

    internal bool IsC => Family == Family.C;

    /// <summary>Whether the server is the executable of Native AOT, which the user has published.</summary>
    internal bool IsNative => Id.EndsWith("+aot", StringComparison.Ordinal);

    /// <summary>The program of <c>samples/Unp.Samples</c>, or the design of <c>reference/designs.c</c>.</summary>
    internal string Program => IsC ? Id["c-".Length..] : Id;

    /// <summary>All designs in the order of the book's figure, followed by those in C.</summary>
    internal static readonly Design[] All =
    [
        new(Iterative, "iterative", Family.Iterative, []),
        new("serv01", "one process per client", Family.Processes, [], Share: 25),
        new("serv01+aot", "one process per client, AOT", Family.Processes, [], Share: 25),
        new("serv02", "preforked, all in accept", Family.Processes, Several, Prestarted),
        new("serv02l", "preforked, all in select", Family.Processes, Several, Prestarted),
        new("serv03", "preforked, file lock", Family.Processes, Several, Prestarted),
        new("serv04", "preforked, mutex", Family.Processes, Several, Prestarted),
        new("serv05", "preforked, descriptor passing", Family.Processes, Several, Prestarted),
        new("serv10", "preforked, SO_REUSEPORT", Family.Processes, Several, Prestarted),
        new("serv13", "pool of workers, all in accept", Family.Processes, Several, Prestarted),
        new("serv06", "one new thread per client", Family.Threads, []),
        new("serv06c", "one cached thread per client", Family.Threads, []),
        new("serv07", "prethreaded, lock", Family.Threads, Several, Prestarted),
        new("serv08", "prethreaded, main accepts", Family.Threads, Several, Prestarted),
        new("serv09", "prethreaded, all in accept", Family.Threads, Several, Prestarted),
        new("serv11", "epoll loop", Family.Loops, ["1"]),
        new("serv12", "epoll loop, async", Family.Loops, ["1"]),
        new("c-iterative", "C, iterative", Family.C, []),
        new(ThreadOfC, "C, one thread per client", Family.C, []),
        new(EpollOfC, "C, epoll loop", Family.C, []),
    ];

    internal static string NameOf(string id) => All.First(design => design.Id == id).Name;
}
