namespace Unp.Net.Measuring;

/// <summary>
/// Colours of medium lightness, which are readable on white and on black, because a picture cannot know the theme of its page.
/// </summary>
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
