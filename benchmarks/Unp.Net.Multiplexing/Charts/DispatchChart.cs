namespace Unp.Net.Multiplexing;

/// <summary>A chart of microseconds per run over the number of descriptors.</summary>
static class DispatchChart
{
    static readonly string[] Mechanisms = ["select", "poll", "epoll", "edge"];

    static readonly (string Api, Stroke Stroke, string Meaning)[] Kinds =
        [("c", Stroke.Dashed, "C"), ("libc", Stroke.Dotted, ".NET, Libc"), ("poller", Stroke.Solid, ".NET, Poller")];

    internal static Chart Draw(RunResults results, int active)
    {
        string title = $"Cost of a wait: {(active == 1 ? "1 active descriptor" : $"{active} active descriptors")} of n";
        var chart = new LineChart(title, "n: watched descriptors", "microseconds per run (100 bytes passed along)");
        foreach ((string api, Stroke stroke, string meaning) in Kinds)
        {
            chart.AddKey(stroke, meaning);
            foreach (string mechanism in Mechanisms)
            {
                string? label = api == "poller" ? mechanism == "edge" ? "epoll, edge" : mechanism : null;
                chart.Add(new(label, MechanismColors.Of(mechanism), stroke, Points(results, $"{api}-{mechanism}", active)));
            }
        }
        chart.AddWall(FdSet.Capacity, "select ends here: FD_SETSIZE, 1024", MechanismColors.Of("select"));
        return new($"dispatch-{active}.svg", title, chart.Draw());
    }

    static List<(double X, double Y)> Points(RunResults results, string competitor, int active)
    {
        var points = new List<(double, double)>();
        foreach (int pairs in RunPlan.Full.DispatchPairs.Concat(RunPlan.Quick.DispatchPairs).Distinct().Order())
        {
            // At select's limit the baseline is measured only for comparison with select.
            if (pairs == Competitors.SelectLimit && !competitor.EndsWith("-select", StringComparison.Ordinal))
                continue;
            if (results.Value(Part.Dispatch, Cases.Dispatch(pairs, active), competitor, Figure.RunTime) is { } time)
                points.Add((pairs, time.Median));
        }
        return points;
    }
}
