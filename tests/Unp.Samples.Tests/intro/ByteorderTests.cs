using System.Runtime.InteropServices;

namespace Unp.Samples.Tests.intro;

public class ByteorderTests
{
    [Fact]
    public void Machine_triplet_and_byte_order_are_printed()
    {
        string cpu = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "aarch64-unknown" : "x86_64-pc";
        Outcome outcome = UnpProcess.Run("intro/byteorder");
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        Assert.Matches($"^{cpu}-linux-(gnu|musl): little-endian\n$", outcome.Output);
    }
}
