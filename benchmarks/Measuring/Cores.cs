namespace Unp.Net.Measuring;

/// <summary>The cores on which the processes run.</summary>
/// <param name="Measured">The core of the measured process.</param>
/// <param name="Load">The core of the load generator and of this program.</param>
sealed record Cores(int Measured, int Load)
{
    internal static Cores Choose()
    {
        int[] all = Native.Cores();
        return new(all[^1], all[0]);
    }

    /// <summary>Whether there is a single core. Load and server then share it, and latencies mean little.</summary>
    internal bool IsOne => Measured == Load;
}
