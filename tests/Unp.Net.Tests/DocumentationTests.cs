using System.Xml.Linq;

namespace Unp.Net.Tests;

/// <summary>Tests of the XML documentation, as an editor shows it.</summary>
public class DocumentationTests
{
    public static TheoryData<string> Packages => ["Unp.Net", "Unp.Net.Pipelines"];

    [Theory]
    [MemberData(nameof(Packages))]
    public void Member_does_not_refer_to_itself(string package) => Assert.All(Members(package), member =>
        Assert.DoesNotContain((string?)member.Attribute("name"), member.Descendants().Select(see => (string?)see.Attribute("cref"))));

    [Theory]
    [MemberData(nameof(Packages))]
    public void Summary_has_words(string package) => Assert.All(
        Members(package).SelectMany(member => member.Elements("summary")),
        summary => Assert.Contains(summary.Value, char.IsLetter));

    static XElement[] Members(string package)
    {
        XElement[] members = [.. XDocument.Load(Path.Combine(AppContext.BaseDirectory, $"{package}.xml")).Descendants("member")];
        Assert.True(members.Length > 100, $"{package}.xml has {members.Length} members");
        return members;
    }
}
