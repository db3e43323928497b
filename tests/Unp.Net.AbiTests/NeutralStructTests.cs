using System.Runtime.InteropServices;
using Unp.Net.Abi;
using Xunit;

namespace Unp.Net.AbiTests;

/// <summary>The structs that are one type for all systems write the bytes that each system reads.</summary>
public class NeutralStructTests
{
    static T On<T>(UnixSystem system, Func<T> make) => Target.On(new(system, Architecture.Arm64), make);

    static byte[] BytesOf<T>(T value)
        where T : unmanaged => MemoryMarshal.AsBytes([value]).ToArray();

    [Fact]
    public void An_address_starts_with_a_family_of_two_bytes_on_Linux() =>
        Assert.Equal([10, 0], On(UnixSystem.Linux, () => BytesOf(new sa_head(10, 28))));

    [Theory]
    [InlineData(UnixSystem.MacOS, 30)]
    [InlineData(UnixSystem.FreeBSD, 28)]
    public void An_address_starts_with_length_and_family_on_the_BSDs(object system, byte family) =>
        Assert.Equal([28, family], On((UnixSystem)system, () => BytesOf(new sa_head(family, 28))));

    [Theory]
    [InlineData(UnixSystem.Linux)]
    [InlineData(UnixSystem.MacOS)]
    [InlineData(UnixSystem.FreeBSD)]
    public void The_family_reads_back(object system) => Assert.Equal(2, On((UnixSystem)system, () => new sa_head(2, 16).Family));

    [Theory]
    [InlineData(UnixSystem.Linux)]
    [InlineData(UnixSystem.MacOS)]
    [InlineData(UnixSystem.FreeBSD)]
    public void A_time_reads_back(object system)
    {
        var time = On((UnixSystem)system, () => new timeval(3, 999_999) is var t ? (t.tv_sec, t.tv_usec) : default);
        Assert.Equal((3, 999_999), time);
    }

    [Fact]
    public void On_macOS_what_the_kernel_leaves_in_the_padding_of_a_time_does_not_count()
    {
        var filled = MemoryMarshal.Read<timeval>([3, 0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF]);
        Assert.Equal(7, On(UnixSystem.MacOS, () => filled.tv_usec));
    }
}
