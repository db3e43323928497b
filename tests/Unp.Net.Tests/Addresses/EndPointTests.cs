using System.Net;
using System.Net.Sockets;

namespace Unp.Net.Tests.Addresses;

public class EndPointTests
{
    [Theory]
    [InlineData("192.0.2.1:80")]
    [InlineData("0.0.0.0:0")]
    [InlineData("[2001:db8::1]:65535")]
    [InlineData("[fe80::1%7]:80")]
    [InlineData("[fe80::1%4294967295]:80")]
    [InlineData("[::ffff:192.0.2.1]:80")]
    public void Ip_end_point_keeps_address_port_and_scope_both_ways(string text)
    {
        IPEndPoint endPoint = IPEndPoint.Parse(text);
        SockAddr address = endPoint;
        Assert.Equal((endPoint.Address, endPoint.Port), (address.Address, address.Port));
        Assert.Equal(endPoint.AddressFamily == AddressFamily.InterNetwork ? AF_INET : AF_INET6, address.Family);
        Assert.Equal(endPoint, address.ToEndPoint());
        Assert.Equal(address, SockAddr.FromEndPoint(endPoint));
        Assert.Equal(address, new SockAddr(endPoint));
        Assert.Equal(address, new SockAddr(endPoint.Address, endPoint.Port));

        // The bytes of .NET's own end point.
        SocketAddress theirs = endPoint.Serialize();
        Assert.Equal(theirs.Buffer.Span[..theirs.Size], address.Bytes);
    }

    [Fact]
    public void Scope_by_name_is_interface_index_on_both_sides()
    {
        Assert.Equal(IPEndPoint.Parse("[fe80::1%lo]:80"), SockAddr.Parse("[fe80::1%lo]:80").ToEndPoint());
        Assert.Equal(if_nametoindex("lo"), SockAddr.Parse("fe80::1%lo").ScopeId);
    }

    [Fact]
    public void Mapped_ipv4_address_stays_ipv6()
    {
        SockAddr mapped = new(IPAddress.Parse("192.0.2.1").MapToIPv6(), 80);
        Assert.Equal((AF_INET6, "[::ffff:192.0.2.1]:80"), (mapped.Family, mapped.ToString()));
        Assert.True(mapped.Address.IsIPv4MappedToIPv6);
        Assert.NotEqual(SockAddr.Parse("192.0.2.1:80"), mapped);
    }

    [Fact]
    public void Null_end_point_is_refused_by_parameter_name()
    {
        Assert.Equal("endPoint", Assert.Throws<ArgumentNullException>(() => SockAddr.FromEndPoint(null!)).ParamName);
        Assert.Equal("endPoint", Assert.Throws<ArgumentNullException>(() => new SockAddr((IPEndPoint)null!)).ParamName);
        Assert.Equal("address", Assert.Throws<ArgumentNullException>(() => new SockAddr((IPAddress)null!, 80)).ParamName);
        Assert.Throws<ArgumentNullException>(() => { SockAddr address = (IPEndPoint)null!; });
    }

    [Fact]
    public void Host_name_is_refused_as_end_point()
    {
        string message = Assert.Throws<NotSupportedException>(() => SockAddr.FromEndPoint(new DnsEndPoint("host.example", 80))).Message;
        Assert.Contains("host.example:80", message);
        Assert.Contains("Host_serv", message);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(UncommonFamilies.AF_NETLINK, 12)]
    public void Family_without_end_point_is_refused_and_named(int family, int length)
    {
        SockAddr address = length == 0 ? default : UncommonFamilies.Of(family, length);
        Assert.Contains($"family {family}", Assert.Throws<NotSupportedException>(() => address.ToEndPoint()).Message);
    }

    [Fact]
    public void End_point_of_other_family_is_converted() =>
        Assert.Equal("netlink:0", SockAddr.FromEndPoint(new NetlinkEndPoint()).ToString());

    [Theory]
    [InlineData("/tmp/socket")]
    [InlineData("relative")]
    [InlineData("/tmp/é語😀")]
    public void Unix_end_point_with_path_is_converted_both_ways(string path)
    {
        var endPoint = new UnixDomainSocketEndPoint(path);
        SockAddr address = SockAddr.FromEndPoint(endPoint);
        Assert.Equal(SockAddr.Unix(path), address);
        Assert.Equal(path, address.Path);
        Assert.Equal(endPoint, address.ToEndPoint());
    }

    [Theory]
    [InlineData("name")]
    [InlineData("a\0b")]
    [InlineData("a\0")]
    public void Unix_end_point_with_abstract_name_is_converted_both_ways(string name)
    {
        var endPoint = new UnixDomainSocketEndPoint("\0" + name);
        SockAddr address = SockAddr.FromEndPoint(endPoint);
        Assert.Equal(SockAddr.UnixAbstract(name), address);
        Assert.Equal("@" + name, address.Path);
        Assert.Equal(endPoint, address.ToEndPoint());
    }

    [Fact]
    public void Unnamed_unix_end_point_is_converted_both_ways()
    {
        EndPoint unnamed = SockAddr.UnixUnnamed().ToEndPoint();
        Assert.Equal("", Assert.IsType<UnixDomainSocketEndPoint>(unnamed).ToString());
        Assert.Equal(SockAddr.UnixUnnamed(), SockAddr.FromEndPoint(unnamed));
    }

    sealed class NetlinkEndPoint : EndPoint
    {
        public override SocketAddress Serialize()
        {
            var bytes = new SocketAddress(AddressFamily.Unspecified, 12);
            bytes[0] = UncommonFamilies.AF_NETLINK;
            return bytes;
        }
    }
}
