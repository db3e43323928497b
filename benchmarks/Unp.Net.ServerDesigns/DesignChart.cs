using System.Globalization;

namespace Unp.Net.ServerDesigns;

/// <summary>Figure 30.1 as bars: processor time a connection of every design.</summary>
static class DesignChart
{
    internal const string Title = "Processor time a connection, of the server and its children";

    const int Width = 800;
    const int Left = 230;
    const int Right = 730;
    const int RowHeight = 26;
    const int Top = 70;

    internal static string Draw(Results results)
    {
        (Design Design, Quartiles Cpu)[] rows = [.. from design in results.Designs let cpu = results.Cpu(design.Id) where cpu is not null select (design, cpu.Value)];

        // A process for each client would leave nothing to be seen of the others: what is ten times the iterative one breaks out of the chart.
        double iterative = results.Cpu(Design.Iterative)?.Median ?? 1;
        double most = rows.Select(row => row.Cpu.High).Where(cpu => cpu < 10 * iterative).DefaultIfEmpty(1).Max() * 1.05;
        double step = Math.Pow(10, Math.Floor(Math.Log10(most))) / (most / Math.Pow(10, Math.Floor(Math.Log10(most))) < 4 ? 2 : 1);
        int bottom = Top + rows.Length * RowHeight;
        var svg = new Svg(Width, bottom + 50, Title);
        svg.Title(16, 24, Title);
        svg.Text(16, 46, "Bars are medians of the rounds, whiskers quartiles; C is drawn as an outline. In brackets: times the iterative one.");
        for (double value = 0; value <= most; value += step)
        {
            svg.Line([(Place(value), Top - 6), (Place(value), bottom)], Palette.Line, opacity: .25);
            svg.Text(Place(value), bottom + 18, value.ToString("0.##", CultureInfo.InvariantCulture), "middle");
        }
        svg.Line([(Place(iterative), Top - 6), (Place(iterative), bottom)], Palette.Line, opacity: .9);
        svg.Text((Left + Right) / 2.0, bottom + 40, "microseconds a connection", "middle");
        for (int i = 0; i < rows.Length; i++)
            DrawRow(svg, rows[i].Design, rows[i].Cpu, results.Ratio(rows[i].Design.Id)?.Median ?? double.NaN, Top + i * RowHeight);
        return svg.Finish();

        double Place(double value) => Left + (Right - Left) * value / most;

        void DrawRow(Svg svg, Design design, Quartiles cpu, double ratio, int top)
        {
            string color = ColorOf(design.Family);
            double middle = top + RowHeight / 2.0;
            bool breaksOut = cpu.High > most;
            double end = breaksOut ? Right : Place(cpu.Median);
            svg.Text(Left - 8, middle + 4, design.Name, "end");
            svg.Bar(Left, top + 5, end - Left, RowHeight - 10, color, fill: design.IsC ? 0 : .55);
            if (breaksOut)
                svg.Line([(Right - 14, top + 2), (Right - 22, top + RowHeight - 2)], Palette.Text, 3);
            else
                svg.Line([(Place(cpu.Low), middle), (Place(cpu.High), middle)], Palette.Text, 2);
            string text = string.Create(CultureInfo.InvariantCulture, $"{cpu.Median:0} ({ratio:0.0#})");
            if (breaksOut)
                svg.Text(Right - 28, middle + 4, text, "end", isBold: true);
            else
                svg.Text(Place(cpu.High) + 6, middle + 4, text, isBold: true);
        }
    }

    static string ColorOf(Family family) => family switch
    {
        Family.Iterative => Palette.Text,
        Family.Processes => Palette.Amber,
        Family.Threads => Palette.Blue,
        Family.Loops => Palette.Green,
        _ => Palette.Violet,
    };
}
