using System.Globalization;
using System.Text;
using Spectre.Console;

namespace Unp.Net.ServerDesigns;

/// <summary>The output of a run, on the terminal and in its folder.</summary>
static class Report
{
    const string ChartFile = "server-designs.svg";

    internal static void Show(Results results)
    {
        foreach (FigureTable table in Tables(results))
            AnsiConsole.Write(table.ToTable());
        foreach (Sample failed in results.Failures)
            AnsiConsole.MarkupLineInterpolated($"[red]failed[/] {Design.NameOf(failed.Design)}: {failed.Failure}");
    }

    /// <summary>Writes report.md, results.json and the chart.</summary>
    internal static void Write(string folder, Results results)
    {
        Directory.CreateDirectory(folder);
        results.Write(Path.Combine(folder, "results.json"));
        File.WriteAllText(Path.Combine(folder, ChartFile), DesignChart.Draw(results));
        var text = new StringBuilder("# Server designs: a run\n\n");
        foreach ((string name, string value) in Circumstances(results))
            text.Append(CultureInfo.InvariantCulture, $"- {name}: {value}\n");
        text.Append(CultureInfo.InvariantCulture, $"\n![{DesignChart.Title}]({ChartFile})\n");
        foreach (FigureTable table in Tables(results))
            table.AppendTo(text);
        foreach (Sample failed in results.Failures)
            text.Append(CultureInfo.InvariantCulture, $"\nFailed: {Design.NameOf(failed.Design)}: {failed.Failure}\n");
        File.WriteAllText(Path.Combine(folder, "report.md"), text.ToString());
    }

    internal static IEnumerable<(string Name, string Value)> Circumstances(Results results) =>
    [
        .. results.Machine.Lines(),
        ("Client", $"{Plan.Children} children, {results.Plan.Loops} connections each, {Plan.Bytes} bytes; {results.Plan.Rounds} rounds"),
        ("Took", $"{results.Seconds:0} s"),
    ];

    static IEnumerable<FigureTable> Tables(Results results)
    {
        yield return new(
            "Processor time per connection, of the server and its children",
            ["design", "program", "x iterative", "quartiles", "microseconds"],
            [.. results.Designs.Select(design => Row(results, design))]);
        yield return new("Targets", ["target", "limit", "this run", ""], [.. Target.All.Select(target => target.Row(results))]);
    }

    static string[] Row(Results results, Design design) =>
        results.Ratio(design.Id) is { } ratio && results.Microseconds(design.Id) is { } cpu
            ? [design.Name, design.Id, Multiple(ratio.Median), $"{Multiple(ratio.Low)} to {Multiple(ratio.High)}", Short(cpu)]
            : [design.Name, design.Id, "failed", "", ""];

    internal static string Multiple(double value) => value.ToString(value >= 100 ? "0" : "0.00", CultureInfo.InvariantCulture);

    static string Short(double value) => value >= 1000 ? $"{value:0}" : $"{value:0.0}";
}
