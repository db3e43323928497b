namespace Unp.Net.Multiplexing;

/// <summary>What an echo costs a server, and how fast it is: servers on one core, the load generator on the other.</summary>
sealed class EchoPhase(RunPlan plan, string part, Competitor[] all, EchoCase[] cases, CPrograms programs, Cores cores, string baseline) : IPhase
{
    static readonly EchoCase WarmUpCase = new(50, 0, 64);

    readonly Competitor[] competitors = [.. all.Where(competitor => !competitor.IsC || programs.Echo is not null)];
    readonly Dictionary<string, ServerProcess> servers = [];
    readonly Dictionary<string, Child> idlers = [];
    readonly Dictionary<string, string> failures = [];
    Child? generator;

    public string Title => part;

    public double Length => competitors.Sum(WarmUpOf) + plan.Rounds * cases.Sum(@case => Rounds.Length(At(@case).Length) * Estimate(@case));

    public IEnumerable<Sample> Run(Action<double> advance)
    {
        var samples = new List<Sample>();
        try
        {
            foreach (Competitor competitor in competitors)
            {
                WarmUp(competitor);
                advance(WarmUpOf(competitor));
            }
            foreach (EchoCase @case in cases)
            {
                foreach (Competitor competitor in At(@case))
                    ConnectIdle(competitor, @case);
                for (int round = 0; round < plan.Rounds; round++)
                {
                    int order = 0;
                    foreach (Competitor competitor in Rounds.Order(At(@case), baseline, round))
                    {
                        samples.Add(Measure(competitor, @case, round, order++));
                        advance(Estimate(@case));
                    }
                }
                foreach (string id in idlers.Keys.ToArray())
                    DisconnectIdle(id);
            }
        }
        finally
        {
            foreach (Child idler in idlers.Values)
                idler.Dispose();
            foreach (ServerProcess server in servers.Values)
                server.Dispose();
            generator?.Dispose();
        }
        return samples;
    }

    Competitor[] At(EchoCase @case) => [.. competitors.Where(competitor => @case.Connections <= competitor.MostConnections)];

    int WarmUpOf(Competitor competitor) => competitor.IsC ? plan.EchoWarmUp / 20 : plan.EchoWarmUp;

    /// <summary>Connecting takes its time too.</summary>
    double Estimate(EchoCase @case) => plan.EchoSample + plan.EchoSettle + 10 + @case.Active * .06 + @case.Idle * .1 / plan.Rounds;

    void WarmUp(Competitor competitor)
    {
        try
        {
            servers[competitor.Id] = ServerProcess.Start(competitor, programs, cores);
            Measure(servers[competitor.Id], WarmUpCase, WarmUpOf(competitor), settle: 1);
        }
        catch (BenchmarkException e)
        {
            Fail(competitor, e.Message);
        }
    }

    /// <summary>
    /// The idle connections last from round to round, in a process for each server: the load generator can't have so many open as all of them have.
    /// </summary>
    void ConnectIdle(Competitor competitor, EchoCase @case)
    {
        if (@case.Idle == 0 || failures.ContainsKey(competitor.Id))
            return;
        try
        {
            idlers[competitor.Id] = Child.StartSelf(cores.Load, "load", "block");
            idlers[competitor.Id].Ask($"open {servers[competitor.Id].Port} 0 {@case.Idle} 0");
        }
        catch (BenchmarkException e)
        {
            Fail(competitor, e.Message);
        }
    }

    void DisconnectIdle(string id)
    {
        idlers.Remove(id, out Child? idler);
        using (idler)
            idler!.Ask("close");
        servers[id].AwaitConnections(0);
    }

    Sample Measure(Competitor competitor, EchoCase @case, int round, int order)
    {
        if (!failures.TryGetValue(competitor.Id, out string? failure))
        {
            try
            {
                return new(part, @case.Key, competitor.Id, round, order, Measure(servers[competitor.Id], @case, plan.EchoSample, plan.EchoSettle));
            }
            catch (BenchmarkException e)
            {
                failure = Fail(competitor, e.Message);
            }
        }
        return new(part, @case.Key, competitor.Id, round, order, new Dictionary<string, double>(), failure);
    }

    /// <summary>
    /// One sample, between two moments at which nothing is on its way: so processor time and memory are those of just the requests that are counted.
    /// </summary>
    Dictionary<string, double> Measure(ServerProcess server, EchoCase @case, int milliseconds, int settle)
    {
        generator ??= Child.StartSelf(cores.Load, "load", part == Part.PingPong ? "spin" : "block");
        generator.Ask($"open {server.Port} {@case.Active} 0 {@case.Size}");
        generator.Ask($"load {settle}");
        ServerState before = server.Ask();
        if (before.Connections != @case.Connections)
            throw new BenchmarkException($"{before.Connections} connections, not {@case.Connections}");
        long cpuBefore = server.CpuNanoseconds;
        double[] load = generator.AskNumbers($"load {milliseconds}");
        long cpuAfter = server.CpuNanoseconds;
        ServerState after = server.Ask();
        generator.Ask("close");
        server.AwaitConnections(@case.Idle);

        double requests = load[0];
        return new()
        {
            [Figure.Cpu] = (cpuAfter - cpuBefore) / 1000.0 / requests,
            [Figure.Rate] = requests / load[1],
            [Figure.P50] = load[2],
            [Figure.P99] = load[3],
            [Figure.P999] = load[4],
            [Figure.Bytes] = (after.AllocatedBytes - before.AllocatedBytes) / requests,
        };
    }

    /// <summary>Takes a competitor out, and begins with a fresh generator, which may be in the middle of something.</summary>
    string Fail(Competitor competitor, string why)
    {
        failures[competitor.Id] = why;
        if (servers.Remove(competitor.Id, out ServerProcess? server))
            server.Dispose();
        if (idlers.Remove(competitor.Id, out Child? idler))
            idler.Dispose();
        generator?.Dispose();
        generator = null;
        return why;
    }
}
