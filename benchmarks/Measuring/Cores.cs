namespace Unp.Net.Measuring;

/// <summary>Who runs where.</summary>
/// <param name="Measured">The core of what is measured.</param>
/// <param name="Load">The core of the load generator and of this program.</param>
sealed record Cores(int Measured, int Load)
{
    internal static Cores Choose()
    {
        int[] all = Native.Cores();
        return new(all[^1], all[0]);
    }

    /// <summary>With a single core, load and server take turns on it, and latencies mean little.</summary>
    internal bool IsOne => Measured == Load;
}
