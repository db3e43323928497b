namespace Unp.Net.Multiplexing;

/// <summary>A picture.</summary>
sealed record Chart(string FileName, string Title, string Svg);

/// <summary>Creates the pictures of a run.</summary>
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
            yield return IdleChart.Draw(results);
        (string Part, EchoCase Case)[] bars =
        [
            (Part.Echo, RunPlan.WarmUpCase), (Part.Async, RunPlan.WarmUpCase),
            (Part.Kestrel, RunPlan.KestrelCase), (Part.KestrelHttp, RunPlan.HttpCase),
        ];
        foreach ((string part, EchoCase @case) in bars)
        {
            if (results.Has(part))
                yield return CpuChart.Draw(results, part, @case);
        }
    }
}
