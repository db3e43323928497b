namespace Unp.Net.Tests.Addresses;

public class NetlinkTests
{
    [Fact]
    public void Address_has_layout_of_kernel()
    {
        SockAddr address = SockAddr.Netlink(0x01020304, 0x80000001);
        Assert.Equal((byte[])[16, 0, 0, 0, 4, 3, 2, 1, 1, 0, 0, 0x80], address.Bytes);
        Assert.Equal((0x01020304u, 0x80000001u), (address.NetlinkPortId, address.NetlinkGroups));
        Assert.Equal("netlink:16909060 groups 0x80000001", address.ToString());
        Assert.Equal("netlink:0", SockAddr.Netlink(0).ToString());
    }

    [Theory]
    [InlineData("netlink:0")]
    [InlineData("netlink:4294967295 groups 0xffffffff")]
    [InlineData("AF_NETLINK (12 bytes): 0x100000010000000000000000")]
    [InlineData("AF_NETLINK (8 bytes): 0x1000000000000000")]
    public void Text_is_parsed_back(string text) => Assert.Equal(text, SockAddr.Parse(text).ToString());

    [Theory]
    [InlineData("netlink:")]
    [InlineData("netlink:-1")]
    [InlineData("netlink:4294967296")]
    [InlineData("netlink:1 groups 0x")]
    [InlineData("netlink:1 groups 0x100000000")]
    [InlineData("netlink:1 groups 1")]
    [InlineData("AF_NETLINK (12 bytes): 0x100000000000000000000000")]
    public void Other_text_is_refused(string text) => Assert.False(SockAddr.TryParse(text, out _));

    [Fact]
    public void Rest_of_storage_is_dropped()
    {
        SockAddr address = SockAddr.Netlink(3, 5);
        Assert.Equal(address, new SockAddr([.. address.Bytes, .. new byte[116]]));
        Assert.Equal(address, new SockAddr([.. address.Bytes, 7]));
    }

    [Fact]
    public void Missing_value_is_named_by_exception()
    {
        SockAddr inet = SockAddr.Loopback(AF_INET, 80);
        Assert.Equal(
            "127.0.0.1:80 (address family 2) has no netlink port id.",
            Assert.Throws<InvalidOperationException>(() => inet.NetlinkPortId).Message);
        Assert.Equal(
            "127.0.0.1:80 (address family 2) has no netlink groups.",
            Assert.Throws<InvalidOperationException>(() => inet.NetlinkGroups).Message);
        Assert.Equal(
            "netlink:7 (address family 16) has no port.", Assert.Throws<InvalidOperationException>(() => SockAddr.Netlink(7).Port).Message);
    }

    [Fact]
    public void Kernel_accepts_and_returns_address()
    {
        using Fd fd = Socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE), second = Socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
        Bind(fd, SockAddr.Netlink(0, 1));
        SockAddr bound = Getsockname(fd);
        Assert.NotEqual(0u, bound.NetlinkPortId);
        Assert.Equal($"netlink:{bound.NetlinkPortId} groups 0x1", bound.ToString());
        Assert.Equal(bound, SockAddr.Parse(bound.ToString()));
        Assert.Equal(
            $"bind error: Address already in use ({bound})", Assert.Throws<UnpException>(() => Bind(second, bound)).Message);
    }
}
