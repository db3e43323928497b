using System.Globalization;
using System.Text;

namespace Unp.Net.Measuring;

/// <summary>Writes a picture with the few shapes that the charts need.</summary>
sealed class Svg
{
    readonly StringBuilder text = new();

    internal Svg(int width, int height, string title)
    {
        Write($"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" aria-label="{title}" """);
        WriteLine($"""font-family="system-ui, sans-serif" font-size="13" fill="{Palette.Text}">""");
    }

    internal string Finish()
    {
        WriteLine($"</svg>");
        return text.ToString();
    }

    internal void Title(double x, double y, string label) =>
        WriteLine($"""<text x="{x:0.#}" y="{y:0.#}" font-size="16" font-weight="600">{label}</text>""");

    /// <summary>Adds text. <paramref name="anchor"/> is start, middle or end.</summary>
    internal void Text(double x, double y, string label, string anchor = "start", string? color = null, bool isBold = false)
    {
        string fill = color is null ? "" : $" fill=\"{color}\"";
        string weight = isBold ? " font-weight=\"600\"" : "";
        WriteLine($"""<text x="{x:0.#}" y="{y:0.#}" text-anchor="{anchor}"{fill}{weight}>{label}</text>""");
    }

    /// <summary>Adds text that runs upward and is centred at a point.</summary>
    internal void TextUpwards(double x, double y, string label) =>
        WriteLine($"""<text transform="translate({x:0.#} {y:0.#}) rotate(-90)" text-anchor="middle">{label}</text>""");

    /// <summary>Adds a line through points. <paramref name="dashes"/> are SVG's, or null for a solid line.</summary>
    internal void Line(IEnumerable<(double X, double Y)> points, string color, double width = 1, string? dashes = null, double opacity = 1)
    {
        string places = string.Join(
            ' ', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.X:0.#},{point.Y:0.#}")));
        string dash = dashes is null ? "" : $" stroke-dasharray=\"{dashes}\"";
        string pale = opacity == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" opacity=\"{opacity}\"");
        Write($"""<polyline points="{places}" fill="none" stroke="{color}" stroke-width="{width:0.#}" """);
        WriteLine($"""stroke-linejoin="round"{dash}{pale}/>""");
    }

    internal void Dot(double x, double y, string color) => WriteLine($"""<circle cx="{x:0.#}" cy="{y:0.#}" r="3" fill="{color}"/>""");

    internal void Bar(double x, double y, double width, double height, string color, double fill)
    {
        Write($"""<rect x="{x:0.#}" y="{y:0.#}" width="{width:0.#}" height="{height:0.#}" """);
        WriteLine($"""fill="{color}" fill-opacity="{fill}" stroke="{color}"/>""");
    }

    void Write(FormattableString part) => text.Append(part.ToString(CultureInfo.InvariantCulture));

    void WriteLine(FormattableString part)
    {
        Write(part);
        text.Append('\n');
    }
}
