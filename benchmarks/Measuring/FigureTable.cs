using System.Globalization;
using System.Text;
using Spectre.Console;

namespace Unp.Net.Measuring;

/// <summary>A table for the terminal and for report.md.</summary>
sealed record FigureTable(string Title, string[] Columns, List<string[]> Rows)
{
    /// <summary>Returns the table for the terminal, with coloured verdicts.</summary>
    internal Table ToTable()
    {
        var table = new Table { Border = TableBorder.Simple, Title = new TableTitle(Markup.Escape(Title)) };
        foreach (string column in Columns)
            table.AddColumn(new TableColumn(Markup.Escape(column)) { Alignment = table.Columns.Count == 0 ? Justify.Left : Justify.Right });
        foreach (string[] row in Rows)
            table.AddRow([.. row.Select(Colored)]);
        return table;
    }

    /// <summary>Appends the table to report.md.</summary>
    internal void AppendTo(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n## {Title}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", Columns)} |\n");
        text.Append(CultureInfo.InvariantCulture, $"|---|{string.Concat(Enumerable.Repeat("---:|", Columns.Length - 1))}\n");
        foreach (string[] row in Rows)
            text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", row)} |\n");
    }

    static string Colored(string cell) => cell switch
    {
        "met" => "[green]met[/]",
        "missed" or "failed" => $"[red]{cell}[/]",
        _ => Markup.Escape(cell),
    };
}
