namespace Unp.Net.Pipelines.Tests;

/// <summary>Tests of the texts of the package's structs.</summary>
public class StructTextTests
{
    [Fact]
    public void Every_public_struct_has_text() => Assert.InRange(PublicStructs.AssertTexts(typeof(LoopSocket).Assembly), 3, 100);
}
