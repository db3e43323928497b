namespace Unp.Net.Tests.Options;

public class OptionsPageTests
{
    static readonly string PageFile = Path.Combine(Repository.Root, "docs", "options.md");

    [Fact]
    public void Options_page_matches_table()
    {
        string page = OptionsPage.Write();
        if (Environment.GetEnvironmentVariable("UNP_UPDATE_DOCS") == "1")
            File.WriteAllText(PageFile, page);
        Assert.True(
            page == File.ReadAllText(PageFile),
            "docs/options.md differs from the table of options. Run this test with UNP_UPDATE_DOCS=1 to generate it again.");
    }

    [Fact]
    public void Every_option_has_manual_page() => Assert.All(
        OptionsPage.Write().Split('\n')
            .Where(line => line.Length > 2 && line.StartsWith("| ", StringComparison.Ordinal) && char.IsUpper(line[2])),
        line => Assert.Matches(@"\((?:[a-z0-9 -]+\(\d\)|RFC \d+|netinet/|sys/|setsockopt).*\) \|$", line));
}
