using Unp.Net.Abi;

namespace Unp.Net;

/// <summary>The level, name and number of an option, and the systems that have it.</summary>
/// <param name="Level">The level.</param>
/// <param name="Name">The C name.</param>
/// <param name="Number">Returns the number. Called only on a system that has the option.</param>
/// <param name="Systems">The systems that have the option.</param>
/// <param name="Access">Whether the option can be read, set, or both.</param>
/// <param name="MacName">The name on macOS if it differs.</param>
/// <param name="Instead">The most similar options of the systems that lack it, separated by " or ".</param>
sealed record OptionAddress(
    OptionLevel Level, string Name, Func<int> Number, OptionSystems Systems, OptionAccess Access, string? MacName, string? Instead)
{
    internal static OptionSystems ThisSystem =>
        Target.IsLinux ? OptionSystems.Linux : Target.IsMacOS ? OptionSystems.MacOS : OptionSystems.FreeBsd;
}

/// <summary>The level of options, under its C name.</summary>
sealed record OptionLevel(string Name, Func<int> Number);

/// <summary>The systems that have an option.</summary>
[Flags]
enum OptionSystems
{
    None = 0,
    Linux = 1,
    MacOS = 2,
    FreeBsd = 4,
    Bsd = MacOS | FreeBsd,
    All = Linux | Bsd,
}

/// <summary>Whether an option can be read, set, or both.</summary>
enum OptionAccess
{
    ReadWrite,
    ReadOnly,
    WriteOnly,
}
