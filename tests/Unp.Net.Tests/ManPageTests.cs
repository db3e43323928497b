using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Unp.Net.Tests;

/// <summary>The documentation of each function that wraps a C function links to one manual page, in one form.</summary>
public partial class ManPageTests
{
    static readonly Dictionary<string, XElement> Documentation =
        XDocument.Load(Path.ChangeExtension(typeof(Libunp).Assembly.Location, ".xml")).Descendants("member")
            .ToDictionary(member => member.Attribute("name")!.Value);

    static readonly HashSet<string> CNames = [.. PublicNames(typeof(Libc))];

    [Fact]
    public void Every_function_of_Libc_links_to_manual_page()
    {
        Assert.InRange(CNames.Count, 140, 1000);
        Assert.All(CNames, name => Assert.All(Members("Libc", name), text => PageOf(text)));
    }

    /// <summary>A function of Libunp wraps a C function if it has the C name capitalised, or if its summary names a manual page.</summary>
    [Fact]
    public void Every_wrapper_in_Libunp_links_to_manual_page()
    {
        int count = 0;
        Assert.All(PublicNames(typeof(Libunp)), name => Assert.All(Members("Libunp", name), text =>
        {
            bool isWrapper = char.IsUpper(name[0]) && CNames.Contains(name.ToLowerInvariant());
            if (!isWrapper && !(text.Element("summary") is { } summary && Reference().IsMatch(summary.Value)))
                return;
            PageOf(text);
            count++;
        }));
        Assert.InRange(count, 100, 1000);
    }

    /// <summary>A page of its own name is the right one; so a link copied from another function is found.</summary>
    [Fact]
    public void Page_has_name_of_function_where_summary_says_so() =>
        Assert.All(CNames.SelectMany(name => Members("Libc", name), (name, text) => (name, text)), member =>
        {
            string page = PageOf(member.text);
            bool isGrouped = page.StartsWith("posix_spawn_file_actions_", StringComparison.Ordinal);
            if (!isGrouped && member.text.Element("summary")!.Value.Contains(member.name + "(", StringComparison.Ordinal))
                Assert.Equal(member.name, page);
        });

    static IEnumerable<string> PublicNames(Type type) =>
        type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(method => !method.IsSpecialName).Select(method => method.Name).Distinct();

    /// <summary>Returns the documentation of each overload that has its own.</summary>
    static IEnumerable<XElement> Members(string type, string name) =>
        Documentation.Where(member => Regex.IsMatch(member.Key, $@"^M:Unp\.Net\.{type}\.{name}(``1)?(\(|$)"))
            .Select(member => member.Value).Where(text => text.Element("inheritdoc") is null);

    /// <summary>Returns the name of the page, whose link must have one of three forms.</summary>
    static string PageOf(XElement text)
    {
        XElement link = Assert.Single(text.Elements("seealso"), element => element.Attribute("href") is not null);
        Match page = Assert.Single(Reference().Matches(link.Value));
        Assert.Equal(page.Value, link.Value.Trim());
        string name = page.Groups["name"].Value;
        string section = page.Groups["section"].Value;
        Assert.Contains(link.Attribute("href")!.Value, (string[])[
            $"https://man7.org/linux/man-pages/man{section}/{name}.{section}.html",
            $"https://man.freebsd.org/cgi/man.cgi?query={name}&sektion={section}",
            $"https://www.unix.com/man-page/osx/{section}/{name}",
        ]);
        return name;
    }

    [GeneratedRegex(@"\b(?<name>[a-z_0-9]+)\((?<section>[237])\)")]
    private static partial Regex Reference();
}
