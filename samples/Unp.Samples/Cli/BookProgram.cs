using System.CommandLine;

namespace Unp.Samples;

/// <summary>A program of the book.</summary>
/// <param name="Folder">The book's source folder, which stands for a chapter.</param>
/// <param name="Name">The program's name, unique in its folder.</param>
/// <param name="Usage">The book's positional arguments.</param>
/// <param name="Place">The figure of the program, or the exercise or section (UNP) that describes it.</param>
/// <param name="Purpose">A one-line description.</param>
/// <param name="Main">The program's main function.</param>
sealed record BookProgram(string Folder, string Name, string Usage, string Place, string Purpose, Action<string[], ProgramOptions> Main)
{
    /// <summary>Gets the options that only this program has.</summary>
    public IReadOnlyList<Option> Own { get; init; } = [];

    /// <summary>
    /// Gets whether the program parses its own single-letter options. All arguments after its name are then passed to it unread.
    /// </summary>
    public bool ReadsOptions { get; init; }

    public string Path => $"{Folder}/{Name}";

    /// <summary>Gets the path and the arguments: <c>intro/daytimetcpcli &lt;IPaddress&gt;</c>.</summary>
    public string Synopsis => $"{Path} {Usage}".TrimEnd();
}
