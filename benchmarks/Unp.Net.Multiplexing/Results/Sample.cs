namespace Unp.Net.Multiplexing;

/// <summary>One measurement.</summary>
/// <param name="Part">Of which part of the benchmark: see <see cref="Multiplexing.Part"/>.</param>
/// <param name="Case">Of what.</param>
/// <param name="Competitor">Of whom.</param>
/// <param name="Round">In which round.</param>
/// <param name="Order">Which in the round: the base line's before and after it are those that it is held against.</param>
/// <param name="Figures">What was measured, by the names of <see cref="Figure"/>.</param>
/// <param name="Failure">Why there is none.</param>
sealed record Sample(
    string Part, string Case, string Competitor, int Round, int Order, IReadOnlyDictionary<string, double> Figures, string? Failure = null);

/// <summary>The names of what is measured.</summary>
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

    /// <summary>Whether a part is meant by what was asked for: itself, or what its name begins with.</summary>
    internal static bool IsOf(string? only, string part) => only is null || part == only || part.StartsWith(only + "-", StringComparison.Ordinal);
}
