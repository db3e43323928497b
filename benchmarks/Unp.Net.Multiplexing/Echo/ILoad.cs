namespace Unp.Net.Multiplexing;

/// <summary>What loads a server, from the other core.</summary>
interface ILoad : IDisposable
{
    /// <summary>One sample: loads a server, at first for some milliseconds that do not count, and leaves it without the connections.</summary>
    /// <returns>What was measured, by the names of <see cref="Figure"/>.</returns>
    /// <exception cref="BenchmarkException">An answer is wrong or missing.</exception>
    Dictionary<string, double> Measure(ServerProcess server, EchoCase @case, int settle, int milliseconds);

    /// <summary>A server has failed: whatever it is in the middle of is over, and the next server gets a fresh one.</summary>
    void Reset();
}
