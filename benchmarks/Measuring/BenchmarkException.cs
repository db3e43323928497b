namespace Unp.Net.Measuring;

/// <summary>A competitor failed. It is shown as failed, and the others continue.</summary>
sealed class BenchmarkException(string message) : Exception(message);
