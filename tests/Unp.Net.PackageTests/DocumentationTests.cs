using System.IO.Compression;
using System.Xml.Linq;
using Xunit;

namespace Unp.Net.PackageTests;

/// <summary>Tests of the XML documentation in the packages, as an editor shows it.</summary>
public sealed class DocumentationTests(PackedPackage package)
{
    public static TheoryData<string> Packages => [.. PackedPackage.Ids];

    [Theory]
    [MemberData(nameof(Packages))]
    public void Member_does_not_refer_to_itself(string id) => Assert.All(Members(id), member =>
        Assert.DoesNotContain((string?)member.Attribute("name"), member.Descendants().Select(see => (string?)see.Attribute("cref"))));

    [Theory]
    [MemberData(nameof(Packages))]
    public void Summary_has_words(string id) => Assert.All(
        Members(id).SelectMany(member => member.Elements("summary")),
        summary => Assert.Contains(summary.Value, char.IsLetter));

    XElement[] Members(string id)
    {
        using ZipArchive archive = ZipFile.OpenRead(package.Nupkg(id));
        using Stream documentation = archive.GetEntry($"lib/net10.0/{id}.xml")!.Open();
        XElement[] members = [.. XDocument.Load(documentation).Descendants("member")];
        Assert.True(members.Length > 20, $"{id}.xml has {members.Length} members");
        return members;
    }
}
