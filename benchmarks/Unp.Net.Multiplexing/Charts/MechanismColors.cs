namespace Unp.Net.Multiplexing;

/// <summary>The colours of the mechanisms in the charts.</summary>
static class MechanismColors
{
    internal static string Of(string mechanism) => mechanism switch
    {
        "select" => Palette.Amber,
        "poll" => Palette.Red,
        "epoll" => Palette.Blue,
        "edge" => Palette.Green,
        _ => Palette.Violet,
    };
}
