namespace Unp.Net.Multiplexing;

/// <summary>The echo load: one process of <see cref="LoadGenerator"/>, which loads the servers in turn.</summary>
sealed class EchoLoad(bool isSpinning, Cores cores) : ILoad
{
    Child? generator;

    /// <summary>
    /// Measures between two moments without pending requests, so processor time and memory belong exactly to the counted requests.
    /// </summary>
    public Dictionary<string, double> Measure(ServerProcess server, EchoCase @case, int settle, int milliseconds)
    {
        generator ??= Child.StartSelf(cores.Load, "load", isSpinning ? "spin" : "block");
        generator.Ask($"open {server.Port} {@case.Active} 0 {@case.Size}");
        generator.Ask($"load {settle}");
        ServerState before = server.Ask();
        if (before.Connections < @case.Active)
            throw new BenchmarkException($"the server has {before.Connections} connections instead of {@case.Connections}");
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

    public void Reset()
    {
        generator?.Dispose();
        generator = null;
    }

    public void Dispose() => Reset();
}
