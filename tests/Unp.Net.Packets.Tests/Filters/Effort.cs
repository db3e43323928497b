using System.Globalization;

namespace Unp.Net.Packets.Tests;

/// <summary>The size of tests that can take any time.</summary>
static class Effort
{
    /// <summary>Returns the number of the environment variable UNP_FUZZ_COUNT, or a number for a short test.</summary>
    internal static int Count(int usual)
    {
        string? wanted = Environment.GetEnvironmentVariable("UNP_FUZZ_COUNT");
        return int.TryParse(wanted, CultureInfo.InvariantCulture, out int count) && count > 0 ? count : usual;
    }
}
