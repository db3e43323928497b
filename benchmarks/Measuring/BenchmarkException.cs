namespace Unp.Net.Measuring;

/// <summary>A competitor failed: it is shown as failed, and the others go on.</summary>
sealed class BenchmarkException(string message) : Exception(message);
