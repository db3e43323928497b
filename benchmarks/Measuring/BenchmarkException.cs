namespace Unp.Net.Measuring;

/// <summary>The exception for a competitor that fails. The report shows it as failed, and the other competitors continue.</summary>
sealed class BenchmarkException(string message) : Exception(message);
