namespace Unp.Net.Measuring;

/// <summary>Colours of middle lightness, which can be read on white and on black alike: whose theme a page has, a picture in it can't know.</summary>
static class Palette
{
    internal const string Text = "#7a8088";
    internal const string Line = "#8a9099";
    internal const string Amber = "#c08000";
    internal const string Red = "#e0524a";
    internal const string Blue = "#3a82f0";
    internal const string Green = "#16a078";
    internal const string Violet = "#a070f0";
}
