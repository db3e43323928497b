using System.Globalization;
using System.Text;

namespace Unp.Net.Multiplexing;

/// <summary>How a line is drawn: C dashed, and what should lie on it thin, so that both are seen.</summary>
enum Stroke
{
    Solid,
    Dashed,
    Dotted,
}

/// <summary>A line of a chart.</summary>
/// <param name="Label">What stands at its end; null when another line's label speaks for it.</param>
/// <param name="Color">Its colour.</param>
/// <param name="Stroke">Its kind.</param>
/// <param name="Points">Its points, in ascending order.</param>
sealed record Series(string? Label, string Color, Stroke Stroke, IReadOnlyList<(double X, double Y)> Points);

/// <summary>Lines over two logarithmic axes, by hand: there is no plotting package to be had.</summary>
sealed class LineChart(string title, string xTitle, string yTitle)
{
    const int Width = 800;
    const int Height = 500;
    const int Left = 74;
    const int Right = 640;
    const int Top = 76;
    const int Bottom = 440;

    readonly List<Series> lines = [];
    readonly List<(double X, string Label, string Color)> walls = [];
    readonly List<(Stroke Stroke, string Label)> key = [];
    readonly StringBuilder svg = new();

    internal void Add(Series series)
    {
        if (series.Points.Count > 0)
            lines.Add(series);
    }

    /// <summary>A vertical line, at which something ends. Its label stands left of its top, where rising lines have not been yet.</summary>
    internal void AddWall(double x, string label, string color) => walls.Add((x, label, color));

    /// <summary>What a kind of line means; it stands above the chart, where there is no data.</summary>
    internal void AddKey(Stroke stroke, string label) => key.Add((stroke, label));

    internal string Draw()
    {
        (double X, double Y)[] all = [.. lines.SelectMany(line => line.Points)];
        var x = new LogAxis(all.Min(point => point.X), all.Max(point => point.X), Left + 10, Right - 10);
        var y = new LogAxis(all.Min(point => point.Y) / 1.4, all.Max(point => point.Y) * 1.4, Bottom, Top);
        Write($"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" role="img" aria-label="{title}" font-family="system-ui, sans-serif" font-size="13" fill="{Palette.Text}">
            <text x="{Left}" y="24" font-size="16" font-weight="600">{title}</text>
            """);
        DrawKey();
        DrawGrid(x, y);
        foreach ((double at, string label, string color) in walls)
            DrawWall(x.Place(at), label, color);
        foreach (Series line in lines)
            DrawLine(line, x, y);
        DrawLabels(x, y);
        Write($"</svg>");
        return svg.ToString();
    }

    void DrawKey()
    {
        double at = Left;
        foreach ((Stroke stroke, string label) in key)
        {
            Write($"""<line x1="{at:0}" y1="47" x2="{at + 34:0}" y2="47" stroke="{Palette.Text}" stroke-width="{WidthOf(stroke)}"{DashOf(stroke)}/>""");
            Write($"""<text x="{at + 42:0}" y="51">{label}</text>""");
            at += 70 + label.Length * 7.2;
        }
    }

    void DrawGrid(LogAxis x, LogAxis y)
    {
        foreach (double value in x.Lines())
            Rule(x.Place(value), Top, x.Place(value), Bottom, .12);
        foreach (double value in y.Lines())
            Rule(Left, y.Place(value), Right, y.Place(value), .12);
        foreach (double value in x.Labelled())
        {
            Rule(x.Place(value), Top, x.Place(value), Bottom, .45);
            Write($"""<text x="{x.Place(value):0.0}" y="{Bottom + 20}" text-anchor="middle">{LogAxis.Label(value)}</text>""");
        }
        foreach (double value in y.Labelled())
        {
            Rule(Left, y.Place(value), Right, y.Place(value), .45);
            Write($"""<text x="{Left - 8}" y="{y.Place(value) + 4:0.0}" text-anchor="end">{LogAxis.Label(value)}</text>""");
        }
        Write($"""<text x="{(Left + Right) / 2}" y="{Bottom + 46}" text-anchor="middle">{xTitle}</text>""");
        Write($"""<text transform="translate(18 {(Top + Bottom) / 2}) rotate(-90)" text-anchor="middle">{yTitle}</text>""");
    }

    void DrawWall(double at, string label, string color)
    {
        Write($"""<line x1="{at:0.0}" y1="{Top}" x2="{at:0.0}" y2="{Bottom}" stroke="{color}" stroke-width="2" stroke-dasharray="2 4"/>""");
        Write($"""<text x="{at - 8:0.0}" y="{Top + 16}" text-anchor="end" fill="{color}">{label}</text>""");
    }

    void DrawLine(Series line, LogAxis x, LogAxis y)
    {
        string points = string.Join(' ', line.Points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{x.Place(point.X):0.0},{y.Place(point.Y):0.0}")));
        Write($"""<polyline points="{points}" fill="none" stroke="{line.Color}" stroke-width="{WidthOf(line.Stroke)}" stroke-linejoin="round"{DashOf(line.Stroke)}/>""");
        if (line.Stroke != Stroke.Solid)
            return;
        foreach ((double px, double py) in line.Points)
            Write($"""<circle cx="{x.Place(px):0.0}" cy="{y.Place(py):0.0}" r="3" fill="{line.Color}"/>""");
    }

    /// <summary>At the ends of the lines. Those that would lie on each other are moved apart, and a thin line shows where from.</summary>
    void DrawLabels(LogAxis x, LogAxis y)
    {
        double lowest = Top;
        foreach (Series line in lines.Where(line => line.Label is not null).OrderBy(line => y.Place(line.Points[^1].Y)))
        {
            (double endX, double endY) = (x.Place(line.Points[^1].X), y.Place(line.Points[^1].Y));
            double at = Math.Max(endY, lowest);
            lowest = at + 17;
            Write($"""<path d="M{endX + 5:0.0} {endY:0.0} L{Right + 2} {at:0.0} L{Right + 8} {at:0.0}" fill="none" stroke="{line.Color}" stroke-width="1" opacity=".5"/>""");
            Write($"""<text x="{Right + 12}" y="{at + 4:0.0}" fill="{line.Color}" font-weight="600">{line.Label}</text>""");
        }
    }

    void Rule(double x1, double y1, double x2, double y2, double opacity) =>
        Write($"""<line x1="{x1:0.0}" y1="{y1:0.0}" x2="{x2:0.0}" y2="{y2:0.0}" stroke="{Palette.Line}" opacity="{opacity}"/>""");

    static double WidthOf(Stroke stroke) => stroke == Stroke.Solid ? 2.2 : 1.6;

    static string DashOf(Stroke stroke) => stroke switch
    {
        Stroke.Dashed => " stroke-dasharray=\"7 4\"",
        Stroke.Dotted => " stroke-dasharray=\"1.5 3\"",
        _ => "",
    };

    void Write(FormattableString text) => svg.Append(text.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
