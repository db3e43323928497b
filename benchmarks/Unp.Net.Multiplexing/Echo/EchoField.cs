namespace Unp.Net.Multiplexing;

/// <summary>
/// The processes of an echo measurement: one server per competitor, the load, and one process per server that holds its idle connections. A
/// failed competitor is excluded, and its samples carry the error.
/// </summary>
sealed class EchoField(ILoad load, CPrograms programs, Cores cores) : IDisposable
{
    readonly Dictionary<string, ServerProcess> servers = [];
    readonly Dictionary<string, Child> idlers = [];
    readonly Dictionary<string, string> failures = [];

    /// <summary>
    /// Starts a server and loads it until it has used <paramref name="warmUp"/> milliseconds of processor time, which take longer on a busy
    /// machine.
    /// </summary>
    internal void Start(Competitor competitor, EchoCase @case, int warmUp) => Try(competitor, () =>
    {
        ServerProcess server = ServerProcess.Start(competitor, programs, cores);
        servers[competitor.Id] = server;
        do
            load.Measure(server, @case, settle: 1, milliseconds: 200);
        while (server.CpuNanoseconds < warmUp * 1_000_000L);
    });

    /// <summary>
    /// Opens the idle connections, which last for all rounds. Each server has its own process for them, because the load generator cannot
    /// hold those of all servers.
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

    internal (Dictionary<string, double> Figures, string? Failure) Measure(
        Competitor competitor, EchoCase @case, int settle, int milliseconds)
    {
        Dictionary<string, double> figures = [];
        Try(competitor, () => figures = load.Measure(servers[competitor.Id], @case, settle, milliseconds));
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
        load.Dispose();
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
            load.Reset();
        }
    }
}
