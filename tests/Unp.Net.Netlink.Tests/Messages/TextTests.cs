namespace Unp.Net.Netlink.Tests;

/// <summary>The texts of the package's types.</summary>
public sealed class TextTests
{
    [Fact]
    public void Every_struct_has_text_of_its_own() => Assert.Equal(8, PublicStructs.AssertTexts(typeof(NetlinkSocket).Assembly));
}
