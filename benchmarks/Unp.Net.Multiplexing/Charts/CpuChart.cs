using System.Globalization;

namespace Unp.Net.Multiplexing;

/// <summary>A bar chart of one case: each server's CPU per request relative to the baseline, with quartiles.</summary>
static class CpuChart
{
    const int Width = 800;
    const int Left = 190;
    const int Right = 740;
    const int RowHeight = 26;
    const int Top = 70;

    internal static Chart Draw(RunResults results, string part, EchoCase @case)
    {
        string title =
            $"CPU per request against {Competitors.NameOf(results.BaselineOf(part))}: {@case.Active} connections, {@case.SizeText}";
        (Competitor Server, Quartiles Ratio)[] rows =
        [
            .. from server in Competitors.Of(part)
               let ratio = results.Ratio(part, @case.Key, server.Id, Figure.Cpu)
               where ratio is not null
               orderby ratio.Value.Median
               select (server, ratio.Value),
        ];
        double most = Math.Max(1.5, rows.Length == 0 ? 0 : Math.Ceiling(rows.Max(row => row.Ratio.High) * 4) / 4);
        int bottom = Top + rows.Length * RowHeight;
        var svg = new Svg(Width, bottom + 50, title);
        svg.Title(16, 24, title);
        svg.Text(16, 46, "Bars are medians of the rounds, whiskers quartiles; C is drawn as an outline.");
        for (double value = 0; value <= most + 1e-9; value += .25)
        {
            svg.Line([(Place(value), Top - 6), (Place(value), bottom)], Palette.Line, opacity: value == 1 ? .9 : .25);
            svg.Text(Place(value), bottom + 18, value.ToString("0.##", CultureInfo.InvariantCulture), "middle");
        }
        svg.Text((Left + Right) / 2.0, bottom + 40, "server CPU per request, relative to the baseline", "middle");
        for (int i = 0; i < rows.Length; i++)
            DrawRow(svg, rows[i].Server, rows[i].Ratio, Top + i * RowHeight, Place);
        return new($"{part}-cpu.svg", title, svg.Finish());

        double Place(double value) => Left + (Right - Left) * value / most;
    }

    static void DrawRow(Svg svg, Competitor server, Quartiles ratio, int top, Func<double, double> place)
    {
        string color = MechanismColors.Of(server.Mechanism);
        double middle = top + RowHeight / 2.0;
        svg.Text(Left - 8, middle + 4, server.Name, "end");
        svg.Bar(Left, top + 5, place(ratio.Median) - Left, RowHeight - 10, color, fill: server.IsC ? 0 : .55);
        svg.Line([(place(ratio.Low), middle), (place(ratio.High), middle)], Palette.Text, 2);
        svg.Text(place(ratio.High) + 6, middle + 4, ratio.Median.ToString("0.00", CultureInfo.InvariantCulture), isBold: true);
    }
}
