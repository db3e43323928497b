using System.Text.RegularExpressions;
using Xunit;

namespace Unp.Net.AbiTests;

/// <summary>Tests that docs/options.md, which is generated from the table of options, lists the systems of the constants.</summary>
public partial class OptionsPageTests
{
    public static TheoryData<string> Systems => ["Linux", "macOS", "FreeBSD"];

    [Theory]
    [MemberData(nameof(Systems))]
    public void Option_lists_exactly_the_systems_of_its_constant(string system)
    {
        var platform = Targets.OnLinux.Select(t => t.Platform).Concat(Targets.OnBsd.Select(t => t.Platform))
            .First(p => $"{p.System}".Equals(system, StringComparison.OrdinalIgnoreCase));
        var constants = AbiTable.Of(platform).Constants.ToDictionary(c => c.Name, c => c.Value);
        int options = 0;
        foreach (Match row in Row().Matches(File.ReadAllText(Page)))
        {
            string? listed = row.Groups["systems"].Value.Split(", ").FirstOrDefault(s => s.Split(' ')[0] == system);
            string name = listed?.Split('(', ')') is [_, var own, _] ? own : row.Groups["name"].Value;
            Assert.True(constants[name] != null == (listed != null), $"{name} on {system}");
            options++;
        }
        Assert.InRange(options, 200, 1000);
    }

    static string Page
    {
        get
        {
            DirectoryInfo root = new(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(root.FullName, "Unp.Net.sln")))
                root = root.Parent!;
            return Path.Combine(root.FullName, "docs", "options.md");
        }
    }

    [GeneratedRegex(@"^\| (?<name>[A-Z0-9_]+) \|[^|]*\|[^|]*\|[^|]*\| (?<systems>[^|]*) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
