namespace Unp.Net.Multiplexing;

/// <summary>A picture.</summary>
sealed record Chart(string FileName, string Title, string Svg);

/// <summary>Which pictures a run gives.</summary>
static class ChartsOf
{
    internal static IEnumerable<Chart> Run(RunResults results)
    {
        foreach (int active in RunPlan.Full.DispatchActive)
        {
            if (results.CasesOf(Part.Dispatch).Any(name => name.EndsWith($"a={active}", StringComparison.Ordinal)))
                yield return DispatchChart.Draw(results, active);
        }
        if (results.Has(Part.Echo))
        {
            yield return IdleChart.Draw(results);
            yield return CpuChart.Draw(results, Part.Echo);
        }
        if (results.Has(Part.Async))
            yield return CpuChart.Draw(results, Part.Async);
    }
}
