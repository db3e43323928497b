namespace Unp.Net.Multiplexing;

/// <summary>
/// The processes of an echo measurement: a server for each competitor, the load generator, and for each server one that holds its idle connections. A
/// competitor that fails is out, and its samples say why.
/// </summary>
sealed class EchoField(bool isSpinning, CPrograms programs, Cores cores) : IDisposable
{
    readonly Dictionary<string, ServerProcess> servers = [];
    readonly Dictionary<string, Child> idlers = [];
    readonly Dictionary<string, string> failures = [];
    Child? generator;

    /// <summary>Starts a server, and loads it until it has used some processor time, in milliseconds: on a busy machine it gets less of that in a second.</summary>
    internal void Start(Competitor competitor, EchoCase load, int warmUp) => Try(competitor, () =>
    {
        ServerProcess server = ServerProcess.Start(competitor, programs, cores);
        servers[competitor.Id] = server;
        do
            Measure(server, load, settle: 1, milliseconds: 200);
        while (server.CpuNanoseconds < warmUp * 1_000_000L);
    });

    /// <summary>
    /// The idle connections last from round to round, in a process for each server: the load generator can't have so many open as all of them have.
    /// </summary>
    internal void ConnectIdle(Competitor competitor, EchoCase @case) => Try(competitor, () =>
    {
        if (@case.Idle == 0)
            return;
        idlers[competitor.Id] = Child.StartSelf(cores.Load, "load", "block");
        idlers[competitor.Id].Ask($"open {servers[competitor.Id].Port} 0 {@case.Idle} 0");
    });

    internal void DisconnectIdle(Competitor competitor) => Try(competitor, () =>
    {
        if (!idlers.Remove(competitor.Id, out Child? idler))
            return;
        using (idler)
            idler.Ask("close");
        servers[competitor.Id].AwaitConnections(0);
    });

    internal (Dictionary<string, double> Figures, string? Failure) Measure(Competitor competitor, EchoCase @case, int settle, int milliseconds)
    {
        Dictionary<string, double> figures = [];
        Try(competitor, () => figures = Measure(servers[competitor.Id], @case, settle, milliseconds));
        return (figures, failures.GetValueOrDefault(competitor.Id));
    }

    /// <summary>Ends all servers.</summary>
    internal void Stop()
    {
        foreach (Child idler in idlers.Values)
            idler.Dispose();
        idlers.Clear();
        foreach (ServerProcess server in servers.Values)
            server.Dispose();
        servers.Clear();
    }

    public void Dispose()
    {
        Stop();
        generator?.Dispose();
    }

    /// <summary>
    /// One sample, between two moments at which nothing is on its way: so processor time and memory are those of just the requests that are counted.
    /// </summary>
    Dictionary<string, double> Measure(ServerProcess server, EchoCase @case, int settle, int milliseconds)
    {
        generator ??= Child.StartSelf(cores.Load, "load", isSpinning ? "spin" : "block");
        generator.Ask($"open {server.Port} {@case.Active} 0 {@case.Size}");
        generator.Ask($"load {settle}");
        ServerState before = server.Ask();
        if (before.Connections < @case.Active)
            throw new BenchmarkException($"it has {before.Connections} connections, not {@case.Connections}");
        long cpuBefore = server.CpuNanoseconds;
        double[] load = generator.AskNumbers($"load {milliseconds}");
        long cpuAfter = server.CpuNanoseconds;
        ServerState after = server.Ask();
        generator.Ask("close");
        server.AwaitConnections(before.Connections - @case.Active);

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

    void Try(Competitor competitor, Action action)
    {
        if (failures.ContainsKey(competitor.Id))
            return;
        try
        {
            action();
        }
        catch (BenchmarkException e)
        {
            failures[competitor.Id] = e.Message;
            if (servers.Remove(competitor.Id, out ServerProcess? server))
                server.Dispose();
            if (idlers.Remove(competitor.Id, out Child? idler))
                idler.Dispose();

            // It may be in the middle of something; the next one gets a fresh one.
            generator?.Dispose();
            generator = null;
        }
    }
}
