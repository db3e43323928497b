using Unp.Net.Abi;

namespace Unp.Net;

/// <summary>Where an option is, and on which systems.</summary>
/// <param name="Level">Its level.</param>
/// <param name="Name">The C name.</param>
/// <param name="Number">The number; asked for only on a system that has it.</param>
/// <param name="Systems">Those that have it.</param>
/// <param name="Access">Whether it is read, set, or both.</param>
/// <param name="MacName">The name on macOS, where that is another.</param>
/// <param name="Instead">What comes near on the systems that lack it.</param>
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

/// <summary>Whether an option is read, set, or both.</summary>
enum OptionAccess
{
    ReadWrite,
    ReadOnly,
    WriteOnly,
}
