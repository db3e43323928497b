namespace Unp.Net.Multiplexing;

/// <summary>What the library wants to reach, and how this run came out.</summary>
/// <param name="What">Of whom against whom.</param>
/// <param name="Case">In which case.</param>
/// <param name="Limit">The figure that is wanted.</param>
/// <param name="IsAtLeast">Whether more is better.</param>
/// <param name="Result">The figure of this run; null when it has none.</param>
sealed record Target(string What, string Case, double Limit, bool IsAtLeast, Quartiles? Result)
{
    internal bool? IsMet => Result is not { } result ? null : IsAtLeast ? result.Median >= Limit : result.Median <= Limit;

    internal string LimitText => IsBytes ? "0 B" : $"{(IsAtLeast ? "≥" : "≤")} {Limit:0.00}";

    internal string ResultText => Result is not { } result ? "-" : IsBytes ? $"{result.Median:0.0} B" : $"{result.Median:0.000} ({result.Low:0.000} to {result.High:0.000})";

    internal string Verdict => IsMet switch { true => "met", false => "missed", null => "not measured" };

    // Less than one byte for two requests is the runtime's own doing, not the request's.
    bool IsBytes => Limit == BytesLimit;

    const double BytesLimit = 0.5;

    /// <summary>The targets, of those parts that were run.</summary>
    internal static IReadOnlyList<Target> Of(RunResults results)
    {
        var targets = new List<Target>();
        if (results.Has(Part.Echo))
        {
            foreach (EchoCase @case in (EchoCase[])[new(50, 0, 64), new(500, 0, 64), new(50, 8000, 64), new(500, 8000, 64)])
                Cpu("poller-epoll", "c-epoll", @case, 1.02);
            Cpu("poller-poll", "c-poll", new(50, 0, 64), 1.05);
            Cpu("poller-select", "c-select", new(50, 0, 64), 1.05);
            Cpu("poller-edge", "poller-epoll", new(50, 0, 64), 1.03);
            Cpu("sockets-async", "poller-epoll", new(50, 0, 64), 1.9, isAtLeast: true);
            foreach (string server in (string[])["poller-epoll", "poller-edge", "poller-poll", "poller-select"])
            {
                string @case = new EchoCase(50, 0, 64).Key;
                targets.Add(new($"bytes allocated a request, {Competitors.NameOf(server)}", @case, BytesLimit, false, results.Value(Part.Echo, @case, server, Figure.Bytes)));
            }
        }
        if (results.Has(Part.Async))
        {
            EchoCase small = new(50, 0, 64);
            foreach ((EchoCase @case, double limit) in ((EchoCase, double)[])[(small, 1.04), (new(500, 0, 64), 1.04), (new(50, 0, 16384), 1.06), (new(50, 8000, 64), 1.05)])
                Cpu("loop-async", "c-epoll", @case, limit, part: Part.Async);
            Cpu("loop-pipes", "c-epoll", small, 1.25, part: Part.Async);
            Cpu("sockets-async", "loop-async", small, 1.85, isAtLeast: true, Part.Async);
            Cpu("sockets-inline", "loop-async", small, 1.1, isAtLeast: true, Part.Async);
            foreach (string server in (string[])["loop-async", "loop-pipes"])
                targets.Add(new($"bytes allocated a request, {Competitors.NameOf(server)}", small.Key, BytesLimit, false, results.Value(Part.Async, small.Key, server, Figure.Bytes)));
        }
        if (results.Has(Part.Kestrel) || results.Has(Part.KestrelHttp))
        {
            Cpu("kestrel-sockets", "kestrel-unp", RunPlan.KestrelCase, 1.5, isAtLeast: true, Part.Kestrel);
            Cpu("http-sockets", "http-unp", RunPlan.HttpCase, 1.15, isAtLeast: true, Part.KestrelHttp);
        }
        if (results.Has(Part.Dispatch))
        {
            foreach (string mechanism in (string[])["select", "poll", "epoll", "edge"])
            {
                int pairs = mechanism == "select" ? Competitors.SelectLimit : 1000;
                foreach (int active in (int[])[1, 100])
                    Add(Part.Dispatch, Cases.Dispatch(pairs, active), $"poller-{mechanism}", $"libc-{mechanism}", Figure.RunTime, "time a run", 1.10, isAtLeast: false);
            }
        }
        if (results.Has(Part.PingPong))
            Add(Part.PingPong, new EchoCase(1, 0, 64).Key, "poller-spin", "c-epoll", Figure.Rate, "requests a second, ping-pong", 2.5, isAtLeast: true);
        return targets;

        void Cpu(string of, string to, EchoCase @case, double limit, bool isAtLeast = false, string part = Part.Echo) =>
            Add(part, @case.Key, of, to, Figure.Cpu, "CPU a request", limit, isAtLeast);

        void Add(string part, string @case, string of, string to, string figure, string what, double limit, bool isAtLeast)
        {
            string baseline = results.BaselineOf(part);
            if (to == baseline || to != Competitors.Baseline)
            {
                Quartiles? ratio = to == baseline ? results.Ratio(part, @case, of, figure) : results.Ratio(part, @case, of, to, figure);
                targets.Add(new($"{what}, {Competitors.NameOf(of)} against {Competitors.NameOf(to)}", @case, limit, isAtLeast, ratio));
            }
        }
    }
}
