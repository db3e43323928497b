namespace Unp.Net.Multiplexing;

/// <summary>What a wait costs as descriptors grow.</summary>
sealed class DispatchPhase(RunPlan plan, CPrograms programs, Cores cores, string baseline) : IPhase
{
    readonly Competitor[] competitors = [.. Competitors.Dispatch.Where(competitor => !competitor.IsC || programs.Dispatch is not null)];

    public string Title => "dispatch";

    public double Length => competitors.Length * plan.DispatchWarmUp
        + plan.Rounds * Points().Sum(point => Rounds.Length(At(point.Pairs).Length) * Estimate(point.Pairs));

    public IEnumerable<Sample> Run(Action<double> advance)
    {
        var workers = new Dictionary<string, Child>();
        var samples = new List<Sample>();
        try
        {
            foreach (Competitor competitor in competitors)
            {
                workers[competitor.Id] = competitor.IsC
                    ? Child.Start(cores.Measured, programs.Dispatch!, competitor.Mechanism)
                    : Child.StartSelf(cores.Measured, "dispatch-worker", competitor.Api, competitor.Mechanism);
                if (!competitor.IsC)
                    WarmUp(workers[competitor.Id]);
                advance(plan.DispatchWarmUp);
            }
            for (int round = 0; round < plan.Rounds; round++)
            {
                foreach ((int pairs, int active) in Points())
                {
                    int order = 0;
                    foreach (Competitor competitor in Rounds.Order(At(pairs), baseline, round))
                    {
                        samples.Add(Measure(workers[competitor.Id], competitor, pairs, active, round, order++));
                        advance(Estimate(pairs));
                    }
                }
            }
        }
        finally
        {
            foreach (Child worker in workers.Values)
                worker.Dispose();
        }
        return samples;
    }

    IEnumerable<(int Pairs, int Active)> Points() =>
        from active in plan.DispatchActive from pairs in plan.DispatchPairs where active <= pairs select (pairs, active);

    /// <summary>Who is measured there: at select's limit select only, since the others have a round number beside it.</summary>
    Competitor[] At(int pairs) =>
        [.. competitors.Where(competitor => pairs == Competitors.SelectLimit ? competitor.Mechanism == "select" || competitor.Id == baseline : pairs <= competitor.MostConnections)];

    /// <summary>Making the pairs takes its time too.</summary>
    double Estimate(int pairs) => plan.DispatchSample * 1.1 + pairs * .03;

    void WarmUp(Child worker)
    {
        try
        {
            // Both loops of the program, since the JIT optimises them apart.
            worker.Ask($"100 1 {plan.DispatchWrites} {plan.DispatchWarmUp / 2}");
            worker.Ask($"100 100 {plan.DispatchWrites} {plan.DispatchWarmUp / 2}");
        }
        catch (BenchmarkException)
        {
            // Its samples will tell why.
        }
    }

    Sample Measure(Child worker, Competitor competitor, int pairs, int active, int round, int order)
    {
        string @case = Cases.Dispatch(pairs, active);
        try
        {
            double nanoseconds = worker.AskNumbers($"{pairs} {active} {plan.DispatchWrites} {plan.DispatchSample}")[0];
            return new(Part.Dispatch, @case, competitor.Id, round, order, new Dictionary<string, double> { [Figure.RunTime] = nanoseconds / 1000 });
        }
        catch (BenchmarkException e)
        {
            return new(Part.Dispatch, @case, competitor.Id, round, order, new Dictionary<string, double>(), e.Message);
        }
    }
}
