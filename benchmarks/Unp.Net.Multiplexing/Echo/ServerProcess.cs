using System.Diagnostics;

namespace Unp.Net.Multiplexing;

/// <summary>The counters that a server reports.</summary>
/// <param name="AllocatedBytes">The bytes allocated since its start.</param>
/// <param name="Connections">The number of open connections.</param>
/// <param name="Requests">The number of answered requests, if the server counts them.</param>
readonly record struct ServerState(double AllocatedBytes, int Connections, double Requests);

/// <summary>The process of a server, as the benchmark uses it.</summary>
sealed class ServerProcess : IDisposable
{
    readonly Child child;

    ServerProcess(Child child)
    {
        this.child = child;
        Port = int.Parse(child.ReadLine()["port ".Length..]);
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
        double[] counters = child.AskNumbers("?");
        return new(counters[0], (int)counters[1], counters.Length > 2 ? counters[2] : 0);
    }

    /// <summary>Waits until the server has accepted this many connections.</summary>
    internal void AwaitAccepted(int count) => Await(state => state.Connections >= count, "the server does not accept all connections");

    /// <summary>Waits until the server has closed ended connections, so that they cost nothing in the next measurement.</summary>
    internal void AwaitConnections(int count) => Await(state => state.Connections <= count, "the server does not close ended connections");

    public void Dispose() => child.Dispose();

    void Await(Func<ServerState, bool> isReached, string complaint)
    {
        var watch = Stopwatch.StartNew();
        while (!isReached(Ask()))
        {
            if (watch.Elapsed > Child.AnswerTimeout)
                throw new BenchmarkException(complaint);
            Thread.Sleep(1);
        }
    }
}
