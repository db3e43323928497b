namespace Unp.Net.Multiplexing;

/// <summary>Measures the cost and the latency of an echo or another answer, with servers on one core and the load on the other.</summary>
sealed class EchoPhase(
    RunPlan plan, string part, EchoCase[] cases, Func<ILoad> load, CPrograms programs, Cores cores, string baseline) : IPhase
{
    readonly Competitor[] competitors =
        [.. Competitors.Of(part).Where(competitor => !competitor.IsC || programs[Reference.Echo] is not null)];

    public string Title => part;

    public double Length =>
        plan.Lives * (competitors.Sum(WarmUpOf) + cases.Sum(@case => At(@case).Length * @case.Idle * .1))
        + plan.Rounds * cases.Sum(@case => Rounds.Length(At(@case).Length) * Estimate(@case));

    public IEnumerable<Sample> Run(Action<double> advance)
    {
        using var field = new EchoField(load(), programs, cores);
        var samples = new List<Sample>();
        foreach (IEnumerable<int> rounds in plan.RoundsByLife())
        {
            foreach (Competitor competitor in competitors)
            {
                field.Start(competitor, part == Part.KestrelHttp ? RunPlan.HttpCase : RunPlan.WarmUpCase, WarmUpOf(competitor));
                advance(WarmUpOf(competitor));
            }
            foreach (EchoCase @case in cases)
                samples.AddRange(Run(field, @case, rounds, advance));
            field.Stop();
        }
        return samples;
    }

    List<Sample> Run(EchoField field, EchoCase @case, IEnumerable<int> rounds, Action<double> advance)
    {
        var samples = new List<Sample>();
        foreach (Competitor competitor in At(@case))
        {
            field.ConnectIdle(competitor, @case);
            advance(@case.Idle * .1);
        }
        foreach (int round in rounds)
        {
            foreach (Competitor competitor in Rounds.Order(At(@case), baseline, round))
            {
                (Dictionary<string, double> figures, string? failure) = field.Measure(competitor, @case, plan.EchoSettle, plan.EchoSample);
                samples.Add(new(part, @case.Key, competitor.Id, round, samples.Count, figures, failure));
                advance(Estimate(@case));
            }
        }
        foreach (Competitor competitor in At(@case))
            field.DisconnectIdle(competitor);
        return samples;
    }

    Competitor[] At(EchoCase @case) => [.. competitors.Where(competitor => @case.Connections <= competitor.MaxConnections)];

    int WarmUpOf(Competitor competitor) => competitor.IsC ? plan.EchoWarmUp / 20 : plan.EchoWarmUp;

    /// <summary>Estimates the time of a sample, including that of connecting.</summary>
    double Estimate(EchoCase @case) => plan.EchoSample + plan.EchoSettle + 10 + @case.Active * .06;
}
