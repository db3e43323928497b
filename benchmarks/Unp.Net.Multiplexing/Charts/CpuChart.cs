using System.Globalization;
using System.Text;

namespace Unp.Net.Multiplexing;

/// <summary>CPU a request of every server as a multiple of the base line's, one case, with the quartiles.</summary>
static class CpuChart
{
    const int Width = 800;
    const int Left = 190;
    const int Right = 740;
    const int RowHeight = 26;
    const int Top = 70;

    static readonly EchoCase Case = new(50, 0, 64);

    internal static Chart Draw(RunResults results)
    {
        string title = $"CPU a request against {Competitors.NameOf(results.Baseline)}: {Case.Active} connections, 64 B";
        (Competitor Server, Quartiles Ratio)[] rows =
        [
            .. from server in Competitors.Echo
               let ratio = results.Ratio(Part.Echo, Case.Key, server.Id, Figure.Cpu)
               where ratio is not null
               orderby ratio.Value.Median
               select (server, ratio.Value),
        ];
        double most = Math.Max(1.5, rows.Length == 0 ? 0 : Math.Ceiling(rows.Max(row => row.Ratio.High) * 4) / 4);
        int bottom = Top + rows.Length * RowHeight;
        var svg = new StringBuilder();
        Write(svg, $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {bottom + 50}" role="img" aria-label="{title}" font-family="system-ui, sans-serif" font-size="13" fill="{Palette.Text}">
            <text x="16" y="24" font-size="16" font-weight="600">{title}</text>
            <text x="16" y="46">Bars are medians of the rounds, whiskers quartiles; C is drawn as an outline.</text>
            """);
        for (double value = 0; value <= most + 1e-9; value += .25)
        {
            Write(svg, $"""<line x1="{Place(value):0.0}" y1="{Top - 6}" x2="{Place(value):0.0}" y2="{bottom}" stroke="{Palette.Line}" opacity="{(value == 1 ? .9 : .25)}"/>""");
            Write(svg, $"""<text x="{Place(value):0.0}" y="{bottom + 18}" text-anchor="middle">{value:0.##}</text>""");
        }
        Write(svg, $"""<text x="{(Left + Right) / 2}" y="{bottom + 40}" text-anchor="middle">server CPU a request, multiple of the base line</text>""");
        for (int i = 0; i < rows.Length; i++)
            DrawRow(svg, rows[i].Server, rows[i].Ratio, Top + i * RowHeight, Place);
        Write(svg, $"</svg>");
        return new("echo-cpu.svg", title, svg.ToString());

        double Place(double value) => Left + (Right - Left) * value / most;
    }

    static void DrawRow(StringBuilder svg, Competitor server, Quartiles ratio, int top, Func<double, double> place)
    {
        string color = Palette.Of(server.Mechanism);
        double middle = top + RowHeight / 2.0;
        double fill = server.IsC ? 0 : .55;
        Write(svg, $"""<text x="{Left - 8}" y="{middle + 4:0.0}" text-anchor="end">{server.Name}</text>""");
        Write(svg, $"""<rect x="{Left}" y="{top + 5}" width="{place(ratio.Median) - Left:0.0}" height="{RowHeight - 10}" fill="{color}" fill-opacity="{fill}" stroke="{color}"/>""");
        Write(svg, $"""<line x1="{place(ratio.Low):0.0}" y1="{middle:0.0}" x2="{place(ratio.High):0.0}" y2="{middle:0.0}" stroke="{Palette.Text}" stroke-width="2"/>""");
        Write(svg, $"""<text x="{place(Math.Max(ratio.High, ratio.Median)) + 6:0.0}" y="{middle + 4:0.0}" font-weight="600">{ratio.Median:0.00}</text>""");
    }

    static void Write(StringBuilder svg, FormattableString text) => svg.Append(text.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
