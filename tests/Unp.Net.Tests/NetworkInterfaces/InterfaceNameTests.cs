using System.Globalization;

namespace Unp.Net.Tests.NetworkInterfaces;

/// <summary>if_nametoindex, if_indextoname, if_nameindex, and the forms that throw.</summary>
public class InterfaceNameTests
{
    [Fact]
    public void Interfaces_are_those_of_kernel()
    {
        var kernels = from directory in Directory.GetDirectories("/sys/class/net")
                      let index = Path.Combine(directory, "ifindex")
                      where File.Exists(index)
                      select (uint.Parse(File.ReadAllText(index), CultureInfo.InvariantCulture), Path.GetFileName(directory));
        Assert.Equal(kernels.Order(), If_nameindex().Order());
        Assert.Equal(If_nameindex(), if_nameindex());
    }

    [Fact]
    public void Name_and_index_are_converted_both_ways()
    {
        Assert.NotEmpty(If_nameindex());
        Assert.All(If_nameindex(), one =>
        {
            Assert.Equal((one.Index, one.Index), (if_nametoindex(one.Name), If_nametoindex(one.Name)));
            Assert.Equal((one.Name, one.Name), (if_indextoname(one.Index), If_indextoname(one.Index)));
        });
    }

    [Fact]
    public void Unknown_name_is_error_with_name()
    {
        foreach (string name in (string[])["no-such-if", "schnittstelle-ü", new('n', 10_000)])
        {
            Assert.Equal(0u, if_nametoindex(name));
            Assert.Equal(Errno.ENODEV, Errno.Last);
            var failure = Assert.Throws<UnpException>(() => If_nametoindex(name));
            Assert.Equal((Errno.ENODEV, $"if_nametoindex error: No such device ({name})"), (failure.Errno, failure.Message));
        }
    }

    [Fact]
    public void Unknown_index_is_error_with_index()
    {
        foreach (uint index in (uint[])[0, 999_999, uint.MaxValue])
        {
            Assert.Null(if_indextoname(index));
            Assert.Equal(Errno.ENXIO, Errno.Last);
            Assert.Equal(
                $"if_indextoname error: No such device or address (index {index})",
                Assert.Throws<UnpException>(() => If_indextoname(index)).Message);
        }
    }

    [Fact]
    public void Nul_and_null_are_refused()
    {
        foreach (Func<string, uint> function in (Func<string, uint>[])[if_nametoindex, If_nametoindex])
        {
            Assert.Contains("lo\\0x", Assert.Throws<ArgumentException>("ifname", () => function("lo\0x")).Message);
            Assert.Throws<ArgumentNullException>("ifname", () => function(null!));
        }
        Assert.Equal(0u, if_nametoindex(""));
        Assert.Throws<ArgumentException>("ifname", () => If_nametoindex(""));
    }
}
