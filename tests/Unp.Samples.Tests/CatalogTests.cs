using System.Reflection;
using System.Text.RegularExpressions;

namespace Unp.Samples.Tests;

public class CatalogTests
{
    static string SamplesFolder =>
        typeof(CatalogTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "SamplesFolder").Value!;

    /// <summary>The folders that hold the programs: the figures of the book, and the applications.</summary>
    static readonly string[] Homes = [Path.Combine(SamplesFolder, "Unp.Samples"), Path.Combine(SamplesFolder, "apps")];

    /// <summary>The paths of the programs, whose files have lower-case names; helper files have C# names.</summary>
    static string[] ProgramFiles =>
    [
        .. from home in Homes
           from file in Directory.GetFiles(home, "*.cs", SearchOption.AllDirectories)
           let path = Path.GetRelativePath(home, file)
           where path.Count(character => character == '/') == 1 && char.IsAsciiLetterLower(Path.GetFileName(path)[0])
           where !path.StartsWith("obj/", StringComparison.Ordinal) && !path.StartsWith("bin/", StringComparison.Ordinal)
           select path[..^".cs".Length],
    ];

    [Fact]
    public void Each_program_file_is_listed_once_under_its_chapter()
    {
        Outcome outcome = UnpProcess.Run("list");
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        Dictionary<string, string> chapterOf = [];
        string chapter = "";
        foreach (string line in outcome.Output.Split('\n'))
        {
            if (line.Length > 0 && line[0] != ' ')
                chapter = line;
            else if (line.StartsWith("  ", StringComparison.Ordinal))
                chapterOf.Add(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[0], chapter);
        }

        Assert.Equal(ProgramFiles.Order(), chapterOf.Keys.Order());
        Assert.Equal("Chapter 1: Introduction", chapterOf["intro/daytimetcpcli"]);
        Assert.Equal("Chapter 5: TCP Client/Server Example", chapterOf["tcpcliserv/tcpserv04"]);
        Assert.All(
            chapterOf.GroupBy(program => program.Value, program => Path.GetDirectoryName(program.Key)),
            folders => Assert.Single(folders.Distinct()));
    }

    [Fact]
    public void List_is_table_that_fits_screen()
    {
        string[] lines = [.. UnpProcess.Run("list").Output.Split('\n').Where(line => line.StartsWith("  ", StringComparison.Ordinal))];
        int place = lines[0].IndexOf("figure", StringComparison.Ordinal);
        int purpose = lines[0].IndexOf("daytime client", StringComparison.Ordinal);
        Assert.All(lines, line =>
        {
            Assert.InRange(line.Length, 1, 120);
            Assert.Matches("^(figure|exercise|UNP) ([1-9][0-9]*|C)\\.[1-9][0-9]* +$", line[place..purpose]);
            Assert.Matches("^[^ ].*[^ ]$", line[purpose..]);
        });
    }

    [Fact]
    public void Place_in_book_matches_source_comment()
    {
        Assert.All(Catalog.Programs, program =>
        {
            string source = File.ReadAllText(Homes.Select(home => Path.Combine(home, $"{program.Path}.cs")).First(File.Exists));
            string summary = Regex.Match(source, "/// <summary>(.*?)</summary>\\s*static class", RegexOptions.Singleline).Groups[1].Value;
            string number = Regex.Escape(program.Place.Split(' ')[1]);
            Assert.Matches($"(figures?|exercise|UNP)[^)]* {number}[^0-9]", summary);
        });
    }

    [Fact]
    public void Program_is_found_by_path_and_by_name()
    {
        Assert.All(Catalog.Programs, program =>
        {
            Assert.Same(program, Assert.Single(Catalog.Named(program.Path)));
            Assert.Contains(program, Catalog.Named(program.Name));
        });
        Assert.Empty(Catalog.Named("tcpserv"));
        Assert.Equal(UnpProcess.Run("intro/byteorder"), UnpProcess.Run("byteorder"));
    }
}
