namespace Unp.Net.Multiplexing;

/// <summary>Measures the cost of a wait as the number of descriptors grows.</summary>
sealed class DispatchPhase(RunPlan plan, CPrograms programs, Cores cores, string baseline) : IPhase
{
    readonly Competitor[] competitors =
        [.. Competitors.Dispatch.Where(competitor => !competitor.IsC || programs[Reference.Dispatch] is not null)];

    public string Title => "dispatch";

    public double Length => plan.Lives * competitors.Length * plan.DispatchWarmUp
        + plan.Rounds * Points().Sum(point => Rounds.Length(At(point.Pairs).Length) * Estimate(point.Pairs));

    public IEnumerable<Sample> Run(Action<double> advance)
    {
        var workers = new Dictionary<string, Child>();
        var samples = new List<Sample>();
        try
        {
            foreach (IEnumerable<int> rounds in plan.RoundsByLife())
            {
                foreach (Competitor competitor in competitors)
                {
                    workers[competitor.Id] = Start(competitor);
                    advance(plan.DispatchWarmUp);
                }
                foreach (int round in rounds)
                    samples.AddRange(Run(workers, round, advance));
                Stop(workers);
            }
        }
        finally
        {
            Stop(workers);
        }
        return samples;
    }

    List<Sample> Run(Dictionary<string, Child> workers, int round, Action<double> advance)
    {
        var samples = new List<Sample>();
        foreach ((int pairs, int active) in Points())
        {
            foreach (Competitor competitor in Rounds.Order(At(pairs), baseline, round))
            {
                samples.Add(Measure(workers[competitor.Id], competitor, pairs, active, round, samples.Count));
                advance(Estimate(pairs));
            }
        }
        return samples;
    }

    IEnumerable<(int Pairs, int Active)> Points() =>
        from active in plan.DispatchActive from pairs in plan.DispatchPairs where active <= pairs select (pairs, active);

    /// <summary>
    /// Selects the competitors for a number of pairs. At select's limit only select is measured, because the others have a round number
    /// nearby.
    /// </summary>
    Competitor[] At(int pairs) =>
    [
        .. competitors.Where(competitor => pairs == Competitors.SelectLimit
            ? competitor.Mechanism == "select" || competitor.Id == baseline
            : pairs <= competitor.MaxConnections),
    ];

    /// <summary>Estimates the time of a sample, including that of creating the pairs.</summary>
    double Estimate(int pairs) => plan.DispatchSample * 1.1 + pairs * .03;

    Child Start(Competitor competitor)
    {
        if (competitor.IsC)
            return Child.Start(cores.Measured, programs[Reference.Dispatch]!, competitor.Mechanism);
        Child worker = Child.StartSelf(cores.Measured, "dispatch-worker", competitor.Api, competitor.Mechanism);
        try
        {
            // Warm up with few and many active descriptors, because the JIT optimises for the observed loop counts.
            worker.Ask($"100 1 {plan.DispatchWrites} {plan.DispatchWarmUp / 2}");
            worker.Ask($"100 100 {plan.DispatchWrites} {plan.DispatchWarmUp / 2}");
        }
        catch (BenchmarkException)
        {
            // The samples will report the error.
        }
        return worker;
    }

    static void Stop(Dictionary<string, Child> workers)
    {
        foreach (Child worker in workers.Values)
            worker.Dispose();
        workers.Clear();
    }

    Sample Measure(Child worker, Competitor competitor, int pairs, int active, int round, int order)
    {
        string @case = Cases.Dispatch(pairs, active);
        try
        {
            double nanoseconds = worker.AskNumbers($"{pairs} {active} {plan.DispatchWrites} {plan.DispatchSample}")[0];
            var figures = new Dictionary<string, double> { [Figure.RunTime] = nanoseconds / 1000 };
            return new(Part.Dispatch, @case, competitor.Id, round, order, figures);
        }
        catch (BenchmarkException e)
        {
            return new(Part.Dispatch, @case, competitor.Id, round, order, new Dictionary<string, double>(), e.Message);
        }
    }
}
