namespace Unp.Net.Multiplexing;

/// <summary>Loads a server from the other core.</summary>
interface ILoad : IDisposable
{
    /// <summary>
    /// Takes one sample: loads a server, and closes the connections. Counting starts after <paramref name="settle"/> milliseconds of load.
    /// </summary>
    /// <returns>The measured values, with the names of <see cref="Figure"/> as keys.</returns>
    /// <exception cref="BenchmarkException">An answer is wrong or missing.</exception>
    Dictionary<string, double> Measure(ServerProcess server, EchoCase @case, int settle, int milliseconds);

    /// <summary>Abandons the current operation after a server has failed. The next server gets a new load process.</summary>
    void Reset();
}
