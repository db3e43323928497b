using Spectre.Console;

namespace Unp.Net.Multiplexing;

/// <summary>The output on the terminal before and after a run.</summary>
static class Terminal
{
    internal static void Introduce(MachineInfo machine, Cores cores, string output)
    {
        foreach ((string name, string value) in machine.Lines())
            AnsiConsole.MarkupLineInterpolated($"[grey]{name,-12}[/] {value}");
        AnsiConsole.MarkupLineInterpolated($"[grey]{"Results",-12}[/] {output}");
        if (cores.IsOne)
            AnsiConsole.MarkupLine(
                "[yellow]There is only one core, so load and servers share it. CPU ratios are valid, but latencies mean little.[/]");
    }

    internal static void Show(RunResults results)
    {
        foreach (FigureTable table in Grids.Of(results))
            AnsiConsole.Write(table.ToTable());
        AnsiConsole.MarkupLineInterpolated($"[grey]{results.Circumstances().Last().Name,-12}[/] {results.Circumstances().Last().Value}");
        foreach ((string part, string @case, string competitor, string failure) in results.Failures())
            AnsiConsole.MarkupLineInterpolated($"[red]failed[/] {part} {@case}, {Competitors.NameOf(competitor)}: {failure}");
    }
}
