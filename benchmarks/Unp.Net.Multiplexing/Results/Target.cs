namespace Unp.Net.Multiplexing;

/// <summary>A performance target of the library and the result of this run.</summary>
/// <param name="What">The compared competitors.</param>
/// <param name="Case">The case.</param>
/// <param name="Limit">The wanted figure.</param>
/// <param name="IsAtLeast">Whether the limit is a minimum and not a maximum.</param>
/// <param name="Result">The figure of this run, or null if there is none.</param>
sealed record Target(string What, string Case, double Limit, bool IsAtLeast, Quartiles? Result)
{
    internal bool? IsMet => Result is not { } result ? null : IsAtLeast ? result.Median >= Limit : result.Median <= Limit;

    internal string LimitText => IsBytes ? "0 B" : $"{(IsAtLeast ? "≥" : "≤")} {Limit:0.00}";

    internal string ResultText =>
        Result is not { } result ? "-"
        : IsBytes ? $"{result.Median:0.0} B"
        : $"{result.Median:0.000} ({result.Low:0.000} to {result.High:0.000})";

    internal string Verdict => IsMet switch { true => "met", false => "missed", null => "not measured" };

    // Less than half a byte per request is allocated by the runtime, not by the request.
    bool IsBytes => Limit == BytesLimit;

    const double BytesLimit = 0.5;

    /// <summary>Returns the targets of the parts that were run.</summary>
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
                Bytes(Part.Echo, @case, server);
            }
        }
        if (results.Has(Part.Async))
        {
            EchoCase small = new(50, 0, 64);
            (EchoCase Case, double Limit)[] limits =
                [(small, 1.04), (new(500, 0, 64), 1.04), (new(50, 0, 16384), 1.06), (new(50, 8000, 64), 1.05)];
            foreach ((EchoCase @case, double limit) in limits)
                Cpu("loop-async", "c-epoll", @case, limit, part: Part.Async);
            Cpu("loop-pipes", "c-epoll", small, 1.25, part: Part.Async);
            Cpu("sockets-async", "loop-async", small, 1.85, isAtLeast: true, Part.Async);
            Cpu("sockets-inline", "loop-async", small, 1.1, isAtLeast: true, Part.Async);
            foreach (string server in (string[])["loop-async", "loop-pipes"])
                Bytes(Part.Async, small.Key, server);
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
                {
                    string @case = Cases.Dispatch(pairs, active), of = $"poller-{mechanism}", to = $"libc-{mechanism}";
                    Add(Part.Dispatch, @case, of, to, Figure.RunTime, "time per run", 1.10, isAtLeast: false);
                }
            }
        }
        if (results.Has(Part.PingPong))
        {
            string @case = new EchoCase(1, 0, 64).Key;
            Add(Part.PingPong, @case, "poller-spin", "c-epoll", Figure.Rate, "requests per second, ping-pong", 2.5, isAtLeast: true);
        }
        return targets;

        void Bytes(string part, string @case, string server)
        {
            Quartiles? bytes = results.Value(part, @case, server, Figure.Bytes);
            targets.Add(new($"bytes allocated per request, {Competitors.NameOf(server)}", @case, BytesLimit, false, bytes));
        }

        void Cpu(string of, string to, EchoCase @case, double limit, bool isAtLeast = false, string part = Part.Echo) =>
            Add(part, @case.Key, of, to, Figure.Cpu, "CPU per request", limit, isAtLeast);

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
