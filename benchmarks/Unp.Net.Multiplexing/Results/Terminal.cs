using Spectre.Console;

namespace Unp.Net.Multiplexing;

/// <summary>What is seen while and after it runs.</summary>
static class Terminal
{
    internal static void Introduce(MachineInfo machine, Cores cores, string output)
    {
        foreach ((string name, string value) in machine.Lines())
            AnsiConsole.MarkupLineInterpolated($"[grey]{name,-12}[/] {value}");
        AnsiConsole.MarkupLineInterpolated($"[grey]{"Results",-12}[/] {output}");
        if (cores.IsOne)
            AnsiConsole.MarkupLine("[yellow]There is one core only: load and servers take turns on it. Ratios of CPU hold; latencies mean little.[/]");
    }

    internal static void Show(RunResults results)
    {
        foreach (Grid grid in Grid.Of(results))
            AnsiConsole.Write(ToTable(grid));
        AnsiConsole.MarkupLineInterpolated($"[grey]{results.Circumstances().Last().Name,-12}[/] {results.Circumstances().Last().Value}");
        foreach ((string part, string @case, string competitor, string failure) in results.Failures())
            AnsiConsole.MarkupLineInterpolated($"[red]failed[/] {part} {@case}, {Competitors.NameOf(competitor)}: {failure}");
    }

    static Table ToTable(Grid grid)
    {
        var table = new Table { Border = TableBorder.Simple, Title = new TableTitle(Markup.Escape(grid.Title)) };
        foreach (string column in grid.Columns)
            table.AddColumn(new TableColumn(Markup.Escape(column)) { Alignment = table.Columns.Count == 0 ? Justify.Left : Justify.Right });
        foreach (string[] row in grid.Rows)
            table.AddRow([.. row.Select(Colored)]);
        return table;
    }

    static string Colored(string cell) => cell switch
    {
        "met" => "[green]met[/]",
        "missed" or "failed" => $"[red]{cell}[/]",
        _ => Markup.Escape(cell),
    };
}
