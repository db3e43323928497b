using System.CommandLine;

namespace Unp.Samples;

/// <summary>One program of the book.</summary>
/// <param name="Folder">The book's folder, which is the chapter.</param>
/// <param name="Name">The program's name, unique in its folder.</param>
/// <param name="Usage">The book's positional arguments.</param>
/// <param name="Place">Where the book has it: its figure, or the exercise or section that asks for it.</param>
/// <param name="Purpose">What it does, in a line.</param>
/// <param name="Main">Its body.</param>
sealed record BookProgram(string Folder, string Name, string Usage, string Place, string Purpose, Action<string[], Options> Main)
{
    /// <summary>The options that only this program has.</summary>
    public IReadOnlyList<Option> Own { get; init; } = [];

    /// <summary>It reads its options itself, as they are letters: everything behind its name is its own.</summary>
    public bool ReadsOptions { get; init; }

    public string Path => $"{Folder}/{Name}";

    /// <summary>The path and the arguments: <c>intro/daytimetcpcli &lt;IPaddress&gt;</c>.</summary>
    public string Synopsis => $"{Path} {Usage}".TrimEnd();
}
