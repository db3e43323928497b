namespace Unp.Net.Tests.IpOptions;

/// <summary>Tests the book's functions for source routes of IPv4.</summary>
public class SourceRouteTests
{
    [Theory]
    [InlineData(0, "01830b04" + "c6120102" + "c6120201")]
    [InlineData(1, "01890b04" + "c6120102" + "c6120201")]
    public void Route_has_layout_of_rfc(int type, string expected)
    {
        Span<byte> options = stackalloc byte[40];
        Assert.Equal(4, Inet_srcrt_init(options, type));
        Assert.Equal(8, Inet_srcrt_add(options, "198.18.1.2"));
        int len = Inet_srcrt_add(options, SockAddr.Inet("198.18.2.1", 0));
        Assert.Equal(expected, Convert.ToHexStringLower(options[..len]));
    }

    [Fact]
    public void Route_has_at_most_9_addresses()
    {
        byte[] options = new byte[44];
        Inet_srcrt_init(options, 0);
        for (int i = 1; i <= 9; i++)
            Assert.Equal(4 + (4 * i), Inet_srcrt_add(options, SockAddr.Inet($"192.0.2.{i}", 0)));
        Assert.Equal(
            $"inet_srcrt_add error: {Errno.ENOBUFS.Message} (192.0.2.10)",
            Assert.Throws<UnpException>(() => Inet_srcrt_add(options, "192.0.2.10")).Message);
    }

    [Fact]
    public void Wrong_arguments_are_refused()
    {
        byte[] options = new byte[10];
        Assert.Equal(Errno.EINVAL, Assert.Throws<UnpException>(() => Inet_srcrt_add(options, "192.0.2.1")).Errno); // not started
        Assert.Equal(Errno.EINVAL, Assert.Throws<UnpException>(() => Inet_srcrt_init(new byte[3], 0)).Errno);
        Inet_srcrt_init(options, 0);
        Assert.Equal(Errno.EAFNOSUPPORT, Assert.Throws<UnpException>(() => Inet_srcrt_add(options, SockAddr.Inet("::1", 0))).Errno);
        Assert.Throws<GaiException>(() => Inet_srcrt_add(options, "::1"));
        Assert.Equal(8, Inet_srcrt_add(options, "192.0.2.1"));
        Assert.Equal(Errno.ENOBUFS, Assert.Throws<UnpException>(() => Inet_srcrt_add(options, "192.0.2.1")).Errno);
        foreach (byte length in (byte[])[0, 2, 4, 12, 255])
        {
            options[2] = length;
            Assert.Equal(-1, inet_srcrt_add(options, SockAddr.Inet("192.0.2.1", 0)));
        }
    }

    /// <summary>Linux returns the route without the prefix that the BSDs have.</summary>
    [Theory]
    [InlineData("", "")]
    [InlineData("01830704c612020200", "received LSRR: 198.18.2.2 ")]
    [InlineData("0101890b04c6120202c6120102", "received SSRR: 198.18.2.2 198.18.1.2 ")]
    [InlineData("830304", "received LSRR: ")]
    [InlineData("8302", "received LSRR: ")]
    [InlineData("94040000830704c6120202", "received option type 148|received LSRR: 198.18.2.2 ")]
    [InlineData("0083", "")] // behind the end of the options
    [InlineData("83", "received incomplete option type 131")]
    [InlineData("8300", "received incomplete option type 131")]
    [InlineData("8301", "received incomplete option type 131")]
    [InlineData("830804c6120202", "received incomplete option type 131")]
    public void Received_route_is_printed(string hex, string lines)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the BSDs put an address before the options");
        Assert.Equal(lines, string.Join('|', SourceRouteLines(Convert.FromHexString(hex))));
    }

    [Fact]
    public void Random_options_are_never_read_outside()
    {
        var random = new Random(1);
        byte[] buffer = new byte[44];
        for (int i = 0; i < Inet6OptTests.Count(3000); i++)
        {
            Span<byte> options = buffer.AsSpan(0, random.Next(45));
            foreach (ref byte b in options)
                b = (byte)(random.Next(3) == 0 ? 131 : random.Next(20));
            SourceRouteLines(options);
            inet_srcrt_add(options, SockAddr.Inet("192.0.2.1", 0));
        }
    }
}
