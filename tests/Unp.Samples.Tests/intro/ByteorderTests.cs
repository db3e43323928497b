using System.Runtime.InteropServices;

namespace Unp.Samples.Tests.intro;

public class ByteorderTests
{
    [Fact]
    public void It_prints_the_machine_as_a_configure_script_calls_it_and_its_byte_order()
    {
        string cpu = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "aarch64-unknown" : "x86_64-pc";
        Outcome outcome = UnpProcess.Run("intro/byteorder");
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        Assert.Matches($"^{cpu}-linux-(gnu|musl): little-endian\n$", outcome.Output);
    }
}
