namespace Unp.Net.Multiplexing;

/// <summary>One measurement.</summary>
/// <param name="Part">The part of the benchmark: see <see cref="Multiplexing.Part"/>.</param>
/// <param name="Case">The measured case.</param>
/// <param name="Competitor">The measured competitor.</param>
/// <param name="Round">The round.</param>
/// <param name="Order">The position in the round. A sample is compared with the baseline samples before and after it.</param>
/// <param name="Figures">The measured values, with the names of <see cref="Figure"/> as keys.</param>
/// <param name="Failure">The reason why there are no figures.</param>
sealed record Sample(
    string Part, string Case, string Competitor, int Round, int Order, IReadOnlyDictionary<string, double> Figures, string? Failure = null);

/// <summary>The names of the measured values.</summary>
static class Figure
{
    internal const string RunTime = "us_per_run";
    internal const string Cpu = "cpu_us_per_request";
    internal const string Rate = "requests_per_s";
    internal const string P50 = "p50_us";
    internal const string P99 = "p99_us";
    internal const string P999 = "p99.9_us";
    internal const string Bytes = "bytes_per_request";
}

/// <summary>The parts of the benchmark.</summary>
static class Part
{
    internal const string Dispatch = "dispatch";
    internal const string Echo = "echo";
    internal const string PingPong = "ping-pong";
    internal const string Async = "async";
    internal const string Kestrel = "kestrel";
    internal const string KestrelHttp = "kestrel-http";

    /// <summary>Whether the option selects a part: by its name, or by the name's beginning.</summary>
    internal static bool IsOf(string? only, string part) =>
        only is null || part == only || part.StartsWith(only + "-", StringComparison.Ordinal);
}
