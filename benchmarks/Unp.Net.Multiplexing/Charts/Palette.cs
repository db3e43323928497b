namespace Unp.Net.Multiplexing;

/// <summary>Colours of middle lightness, which can be read on white and on black alike: whose theme a page has, a picture in it can't know.</summary>
static class Palette
{
    internal const string Text = "#7a8088";
    internal const string Line = "#8a9099";

    internal static string Of(string mechanism) => mechanism switch
    {
        "select" => "#c08000",
        "poll" => "#e0524a",
        "epoll" => "#3a82f0",
        "edge" => "#16a078",
        _ => "#a070f0",
    };
}
