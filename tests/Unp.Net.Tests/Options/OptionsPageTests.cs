namespace Unp.Net.Tests.Options;

public class OptionsPageTests
{
    static string PageFile
    {
        get
        {
            DirectoryInfo? root = new(AppContext.BaseDirectory);
            while (root is not null && !File.Exists(Path.Combine(root.FullName, "Unp.Net.sln")))
                root = root.Parent;
            return Path.Combine(root!.FullName, "docs", "options.md");
        }
    }

    [Fact]
    public void Page_of_options_says_what_the_table_says()
    {
        string page = OptionsPage.Write();
        if (Environment.GetEnvironmentVariable("UNP_UPDATE_DOCS") == "1")
            File.WriteAllText(PageFile, page);
        Assert.True(
            page == File.ReadAllText(PageFile),
            "docs/options.md is not what the table of options says: run this test with UNP_UPDATE_DOCS=1 to write it anew");
    }

    [Fact]
    public void Every_option_names_its_manual_page() => Assert.All(
        OptionsPage.Write().Split('\n').Where(line => line.Length > 2 && line.StartsWith("| ", StringComparison.Ordinal) && char.IsUpper(line[2])),
        line => Assert.Matches(@"\((?:[a-z0-9 -]+\(\d\)|RFC \d+|netinet/|sys/|setsockopt).*\) \|$", line));
}
