using System.Text.Json;

namespace Unp.Net.Multiplexing;

/// <summary>results.json: a whole run.</summary>
sealed record RunDocument(
    MachineInfo Machine, string Baseline, IReadOnlyDictionary<string, double> Seconds, IReadOnlyList<TargetDocument> Targets,
    IReadOnlyList<Sample> Samples)
{
    static readonly JsonSerializerOptions Form = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    internal static void Write(string file, RunResults results)
    {
        TargetDocument[] targets =
        [
            .. Target.Of(results).Select(target =>
                new TargetDocument(target.What, target.Case, target.Limit, target.IsAtLeast, target.Result, target.IsMet)),
        ];
        var document = new RunDocument(results.Machine, results.Baseline, results.Seconds, targets, results.Samples);
        File.WriteAllText(file, JsonSerializer.Serialize(document, Form) + "\n");
    }

    internal static RunResults Read(string file)
    {
        RunDocument document = JsonSerializer.Deserialize<RunDocument>(File.ReadAllText(file), Form)!;
        var results = new RunResults(document.Machine, document.Baseline);
        results.Add(document.Samples);
        foreach ((string part, double seconds) in document.Seconds)
            results.RecordDuration(part, seconds);
        return results;
    }
}

/// <summary>A target in results.json.</summary>
sealed record TargetDocument(string What, string Case, double Limit, bool IsAtLeast, Quartiles? Result, bool? IsMet);
