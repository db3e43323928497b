using System.Globalization;

namespace Unp.Net.ServerDesigns;

/// <summary>A bar chart like (figure 30.1): processor time per connection of each design, relative to the iterative server.</summary>
static class DesignChart
{
    internal const string Title = "Processor time per connection, of the server and its children";

    const int Width = 800;
    const int Left = 230;
    const int Right = 690;
    const int RowHeight = 26;
    const int Top = 70;

    internal static string Draw(Results results)
    {
        (Design Design, Quartiles Ratio)[] rows =
            [.. from design in results.Designs let ratio = results.Ratio(design.Id) where ratio is not null select (design, ratio.Value)];

        // The bar of one process per client is cut, because at full length it would make the others invisible.
        double most = rows.Select(row => row.Ratio.High).Where(ratio => ratio < 10).DefaultIfEmpty(1).Max() * 1.05;
        int bottom = Top + rows.Length * RowHeight;
        var svg = new Svg(Width, bottom + 50, Title);
        svg.Title(16, 24, Title);
        svg.Text(16, 46, "Bars are medians of the rounds, whiskers quartiles; C is drawn as an outline. In brackets: microseconds.");
        for (double value = 0; value <= most; value += .5)
        {
            svg.Line([(Place(value), Top - 6), (Place(value), bottom)], Palette.Line, opacity: value == 1 ? .9 : .25);
            svg.Text(Place(value), bottom + 18, value.ToString("0.#", CultureInfo.InvariantCulture), "middle");
        }
        svg.Text((Left + Right) / 2.0, bottom + 40, "relative to the iterative server", "middle");
        for (int i = 0; i < rows.Length; i++)
            DrawRow(rows[i].Design, rows[i].Ratio, Top + i * RowHeight);
        return svg.Finish();

        double Place(double value) => Left + (Right - Left) * value / most;

        void DrawRow(Design design, Quartiles ratio, int top)
        {
            double middle = top + RowHeight / 2.0;
            bool breaksOut = ratio.High > most;
            double end = breaksOut ? Right : Place(ratio.Median);
            string text = string.Create(
                CultureInfo.InvariantCulture, $"{Report.Multiple(ratio.Median)} ({results.Microseconds(design.Id):0})");
            svg.Text(Left - 8, middle + 4, design.Name, "end");
            svg.Bar(Left, top + 5, end - Left, RowHeight - 10, ColorOf(design.Family), fill: design.IsC ? 0 : .55);
            if (breaksOut)
            {
                svg.Line([(Right - 14, top + 2), (Right - 22, top + RowHeight - 2)], Palette.Text, 3);
                svg.Text(Right - 28, middle + 4, text, "end", isBold: true);
            }
            else
            {
                svg.Line([(Place(ratio.Low), middle), (Place(ratio.High), middle)], Palette.Text, 2);
                svg.Text(Place(ratio.High) + 6, middle + 4, text, isBold: true);
            }
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
