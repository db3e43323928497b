using System.Diagnostics;

namespace Unp.Net.Multiplexing;

/// <summary>What a server tells of itself.</summary>
readonly record struct ServerState(double AllocatedBytes, int Connections);

/// <summary>The process of a server, as the benchmark sees it.</summary>
sealed class ServerProcess : IDisposable
{
    readonly Child child;

    ServerProcess(Child child)
    {
        this.child = child;
        Port = int.Parse(child.Listen()["port ".Length..]);
    }

    internal int Port { get; }

    internal long CpuNanoseconds => child.CpuNanoseconds;

    internal static ServerProcess Start(Competitor competitor, CPrograms programs, Cores cores)
    {
        bool isParked = !competitor.Id.EndsWith("-single", StringComparison.Ordinal);
        return new(competitor.IsC
            ? Child.Start(cores.Measured, programs[Reference.Echo]!, isParked ? [competitor.Mechanism, "parked"] : [competitor.Mechanism])
            : Child.StartSelf(cores.Measured, "serve", competitor.Id));
    }

    internal ServerState Ask()
    {
        double[] told = child.AskNumbers("?");
        return new(told[0], (int)told[1]);
    }

    /// <summary>Waits until it has closed those that are gone, so that they are no work in the next measurement.</summary>
    internal void AwaitConnections(int count)
    {
        var watch = Stopwatch.StartNew();
        while (Ask().Connections > count)
        {
            if (watch.Elapsed > Child.Patience)
                throw new BenchmarkException("it does not close its connections");
            Thread.Sleep(1);
        }
    }

    public void Dispose() => child.Dispose();
}
