namespace Unp.Net.Multiplexing;

/// <summary>A measured mechanism or server.</summary>
/// <param name="Id">The name in the results.</param>
/// <param name="Name">The name for human readers.</param>
/// <param name="MaxConnections">The number of descriptors that it can watch.</param>
sealed record Competitor(string Id, string Name, int MaxConnections = int.MaxValue)
{
    internal bool IsC => Id.StartsWith("c-", StringComparison.Ordinal);

    /// <summary>select, poll, epoll, edge, async, saea, inline, pipes, sockets, unp.</summary>
    internal string Mechanism => Id.Split('-')[1];

    /// <summary>c, libc, poller, sockets, loop, kestrel, http.</summary>
    internal string Api => Id.Split('-')[0];
}

static class Competitors
{
    /// <summary>
    /// The maximum number of descriptors for select. A .NET process has about fifty of its own open, two per assembly, and their numbers
    /// are also below 1024.
    /// </summary>
    internal const int SelectLimit = 960;

    /// <summary>The usual baseline: C, epoll level-triggered, in a process with a second thread.</summary>
    internal const string Baseline = "c-epoll";

    /// <summary>The baseline without a C compiler.</summary>
    internal const string BaselineWithoutC = "libc-epoll";

    /// <summary>Competitors that are compared with each other are adjacent, so they are measured one after the other.</summary>
    internal static readonly Competitor[] Dispatch =
    [
        .. from mechanism in new[] { "epoll", "edge", "select", "poll" }
           from api in new[] { "c", "libc", "poller" }
           select new Competitor($"{api}-{mechanism}", NameOf(api, mechanism), mechanism == "select" ? SelectLimit : int.MaxValue),
    ];

    internal static readonly Competitor[] Echo =
    [
        new("c-epoll", NameOf("c", "epoll")),
        new("poller-epoll", NameOf("poller", "epoll")),
        new("libc-epoll", NameOf("libc", "epoll")),
        new("poller-edge", NameOf("poller", "edge")),
        new("c-edge", NameOf("c", "edge")),
        new("c-epoll-single", "C epoll, one thread"),
        new("c-select", NameOf("c", "select"), SelectLimit),
        new("poller-select", NameOf("poller", "select"), SelectLimit),
        new("c-select-single", "C select, one thread", SelectLimit),
        new("c-poll", NameOf("c", "poll")),
        new("poller-poll", NameOf("poller", "poll")),
        new("c-poll-single", "C poll, one thread"),
        new("sockets-async", "System.Net.Sockets async"),
        new("sockets-saea", "SocketAsyncEventArgs"),
    ];

    internal static readonly Competitor[] PingPong =
    [
        new("c-epoll", NameOf("c", "epoll")),
        new("poller-epoll", NameOf("poller", "epoll")),
        new("poller-spin", "Poller epoll, SpinPeriod 50 us"),
    ];

    /// <summary>Sequential C# code that resumes when the kernel is ready, to measure its overhead.</summary>
    internal static readonly Competitor[] Async =
    [
        new("c-epoll", NameOf("c", "epoll")),
        new("loop-async", "LoopSocket async"),
        new("loop-pipes", "LoopConnection"),
        new("sockets-async", "System.Net.Sockets async"),
        new("sockets-inline", "System.Net.Sockets inline"),
    ];

    /// <summary>A Kestrel connection handler that echoes, over each transport. See <see cref="KestrelServer"/>.</summary>
    internal static readonly Competitor[] Kestrel = [new("c-epoll", NameOf("c", "epoll")), .. Transports("kestrel", "Kestrel echo")];

    /// <summary>The shortest HTTP answer, over each transport.</summary>
    internal static readonly Competitor[] KestrelHttp = Transports("http", "Kestrel HTTP");

    /// <summary>Returns the competitors of a part.</summary>
    internal static Competitor[] Of(string part) => part switch
    {
        Part.Dispatch => Dispatch,
        Part.Echo => Echo,
        Part.PingPong => PingPong,
        Part.Kestrel => Kestrel,
        Part.KestrelHttp => KestrelHttp,
        _ => Async,
    };

    /// <summary>Returns the baseline of a part, or null for the usual one.</summary>
    internal static string? OwnBaselineOf(string part) =>
        part switch { Part.Kestrel => "kestrel-unp", Part.KestrelHttp => "http-unp", _ => null };

    internal static string NameOf(string id) =>
        Echo.Concat(Dispatch).Concat(PingPong).Concat(Async).Concat(Kestrel).Concat(KestrelHttp)
            .First(competitor => competitor.Id == id).Name;

    static string NameOf(string api, string mechanism) =>
        (api == "c" ? "C" : api == "libc" ? "Libc" : "Poller") + " " + (mechanism == "edge" ? "epoll edge" : mechanism);

    static Competitor[] Transports(string api, string name) =>
    [
        new($"{api}-unp", $"{name}, ours"),
        new($"{api}-sockets", $"{name}, stock"),
        new($"{api}-inline", $"{name}, inline"),
    ];
}
