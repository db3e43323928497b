namespace Unp.Net.Multiplexing;

/// <summary>A chart of CPU per request over the number of connections, of which 50 are active.</summary>
static class IdleChart
{
    const int Active = 50;

    static readonly (string Id, string? Label, Stroke Stroke)[] Lines =
    [
        ("poller-select", "Poller select", Stroke.Solid),
        ("poller-poll", "Poller poll", Stroke.Solid),
        ("poller-epoll", "Poller epoll", Stroke.Solid),
        ("poller-edge", "Poller epoll, edge", Stroke.Solid),
        ("sockets-async", "Sockets, async", Stroke.Solid),
        ("c-select", null, Stroke.Dashed),
        ("c-poll", null, Stroke.Dashed),
        ("c-epoll", null, Stroke.Dashed),
        ("c-edge", null, Stroke.Dashed),
    ];

    internal static Chart Draw(RunResults results)
    {
        string title = $"Cost of idle connections: {Active} active, 64 B per message";
        var chart = new LineChart(title, "all connections", "server CPU, microseconds per request");
        chart.AddKey(Stroke.Dashed, "C");
        chart.AddKey(Stroke.Solid, ".NET");
        foreach ((string id, string? label, Stroke stroke) in Lines)
        {
            string mechanism = id.Split('-')[1];
            chart.Add(new(label, MechanismColors.Of(mechanism), stroke, Points(results, id)));
        }
        chart.AddWall(FdSet.Capacity, "select ends here: FD_SETSIZE, 1024", MechanismColors.Of("select"));
        return new("echo-idle.svg", title, chart.Draw());
    }

    static List<(double X, double Y)> Points(RunResults results, string competitor)
    {
        var points = new List<(double, double)>();
        IEnumerable<EchoCase> cases = RunPlan.Full.EchoCases.Where(@case => @case.Active == Active && @case.Size == 64);
        foreach (EchoCase @case in cases.OrderBy(@case => @case.Idle))
        {
            if (results.Value(Part.Echo, @case.Key, competitor, Figure.Cpu) is { } cpu)
                points.Add((@case.Connections, cpu.Median));
        }
        return points;
    }
}
