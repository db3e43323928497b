using System.Diagnostics;

namespace Unp.Net.Multiplexing;

/// <summary>What a server tells of itself.</summary>
/// <param name="AllocatedBytes">Since it started.</param>
/// <param name="Connections">How many are open.</param>
/// <param name="Requests">How many it has answered, if it counts them.</param>
readonly record struct ServerState(double AllocatedBytes, int Connections, double Requests);

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
        return new(told[0], (int)told[1], told.Length > 2 ? told[2] : 0);
    }

    /// <summary>Waits until it has accepted so many.</summary>
    internal void AwaitAccepted(int count) => Await(state => state.Connections >= count, "it does not accept all connections");

    /// <summary>Waits until it has closed those that are gone, so that they are no work in the next measurement.</summary>
    internal void AwaitConnections(int count) => Await(state => state.Connections <= count, "it does not close its connections");

    public void Dispose() => child.Dispose();

    void Await(Func<ServerState, bool> isReached, string complaint)
    {
        var watch = Stopwatch.StartNew();
        while (!isReached(Ask()))
        {
            if (watch.Elapsed > Child.Patience)
                throw new BenchmarkException(complaint);
            Thread.Sleep(1);
        }
    }
}
