namespace Unp.Net.Multiplexing;

/// <summary>The style of a line. C is dashed, and the line that should coincide with it is thin, so that both are visible.</summary>
enum Stroke
{
    Solid,
    Dashed,
    Dotted,
}

/// <summary>A line of a chart.</summary>
/// <param name="Label">The label at the end of the line, or null if another line's label covers it.</param>
/// <param name="Color">The colour.</param>
/// <param name="Stroke">The style.</param>
/// <param name="Points">The points in ascending order.</param>
sealed record Series(string? Label, string Color, Stroke Stroke, IReadOnlyList<(double X, double Y)> Points);

/// <summary>A line chart with two logarithmic axes, drawn without a plotting package.</summary>
sealed class LineChart(string title, string xTitle, string yTitle)
{
    const int Width = 800;
    const int Height = 500;
    const int Left = 88;
    const int Right = 640;
    const int Top = 76;
    const int Bottom = 440;

    readonly List<Series> lines = [];
    readonly List<(double X, string Label, string Color)> walls = [];
    readonly List<(Stroke Stroke, string Label)> key = [];

    internal void Add(Series series)
    {
        if (series.Points.Count > 0)
            lines.Add(series);
    }

    /// <summary>Adds a vertical line where a series ends. The label is left of its top, which the rising lines do not reach.</summary>
    internal void AddWall(double x, string label, string color) => walls.Add((x, label, color));

    /// <summary>Adds a line style to the key, which is above the chart, where there is no data.</summary>
    internal void AddKey(Stroke stroke, string label) => key.Add((stroke, label));

    internal string Draw()
    {
        (double X, double Y)[] all = [.. lines.SelectMany(line => line.Points)];
        var x = new LogAxis(all.Min(point => point.X), all.Max(point => point.X), Left + 10, Right - 10);
        var y = new LogAxis(all.Min(point => point.Y) / 1.4, all.Max(point => point.Y) * 1.4, Bottom, Top);
        var svg = new Svg(Width, Height, title);
        svg.Title(Left, 24, title);
        DrawKey(svg);
        DrawGrid(svg, x, y);
        foreach ((double at, string label, string color) in walls)
            DrawWall(svg, x.Place(at), label, color);
        foreach (Series line in lines)
            DrawLine(svg, line, x, y);
        DrawLabels(svg, x, y);
        return svg.Finish();
    }

    void DrawKey(Svg svg)
    {
        const int Length = 34;
        double at = Left;
        foreach ((Stroke stroke, string label) in key)
        {
            svg.Line([(at, 47), (at + Length, 47)], Palette.Text, WidthOf(stroke), DashesOf(stroke));
            svg.Text(at + Length + 8, 51, label);
            at += 2 * Length + label.Length * 7.2;
        }
    }

    void DrawGrid(Svg svg, LogAxis x, LogAxis y)
    {
        const double Pale = .12;
        const double Plain = .45;
        foreach (double place in x.Lines().Select(x.Place))
            svg.Line([(place, Top), (place, Bottom)], Palette.Line, opacity: Pale);
        foreach (double place in y.Lines().Select(y.Place))
            svg.Line([(Left, place), (Right, place)], Palette.Line, opacity: Pale);
        foreach (double value in x.Labelled())
        {
            svg.Line([(x.Place(value), Top), (x.Place(value), Bottom)], Palette.Line, opacity: Plain);
            svg.Text(x.Place(value), Bottom + 20, LogAxis.Label(value), "middle");
        }
        foreach (double value in y.Labelled())
        {
            svg.Line([(Left, y.Place(value)), (Right, y.Place(value))], Palette.Line, opacity: Plain);
            svg.Text(Left - 8, y.Place(value) + 4, LogAxis.Label(value), "end");
        }
        svg.Text((Left + Right) / 2.0, Bottom + 46, xTitle, "middle");
        svg.TextUpwards(18, (Top + Bottom) / 2.0, yTitle);
    }

    static void DrawWall(Svg svg, double at, string label, string color)
    {
        svg.Line([(at, Top), (at, Bottom)], color, 2, "2 4");
        svg.Text(at - 8, Top + 16, label, "end", color);
    }

    static void DrawLine(Svg svg, Series line, LogAxis x, LogAxis y)
    {
        (double X, double Y)[] places = [.. line.Points.Select(point => (x.Place(point.X), y.Place(point.Y)))];
        svg.Line(places, line.Color, WidthOf(line.Stroke), DashesOf(line.Stroke));
        if (line.Stroke != Stroke.Solid)
            return;
        foreach ((double px, double py) in places)
            svg.Dot(px, py, line.Color);
    }

    /// <summary>
    /// Places the labels at the ends of the lines. Labels that would overlap are moved apart, and a thin line shows their origin. The label
    /// of a line that ends early is below its end, because a thin line to the edge would look like a continuation.
    /// </summary>
    void DrawLabels(Svg svg, LogAxis x, LogAxis y)
    {
        const int LineHeight = 17;
        double lowest = Top;
        foreach (Series line in lines.Where(line => line.Label is not null).OrderBy(line => y.Place(line.Points[^1].Y)))
        {
            (double endX, double endY) = (x.Place(line.Points[^1].X), y.Place(line.Points[^1].Y));
            if (endX < x.To - 1)
            {
                svg.Text(endX + 16, endY + 24, line.Label!, color: line.Color, isBold: true);
                continue;
            }
            double at = Math.Max(endY, lowest);
            lowest = at + LineHeight;
            svg.Line([(endX + 5, endY), (Right + 2, at), (Right + 8, at)], line.Color, opacity: .5);
            svg.Text(Right + 12, at + 4, line.Label!, color: line.Color, isBold: true);
        }
    }

    static double WidthOf(Stroke stroke) => stroke == Stroke.Solid ? 2.2 : 1.6;

    static string? DashesOf(Stroke stroke) => stroke switch
    {
        Stroke.Dashed => "7 4",
        Stroke.Dotted => "1.5 3",
        _ => null,
    };
}
