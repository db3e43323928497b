using System.Net;

namespace Unp.Net.Tests.Addresses;

public class SockAddrTests
{
    [Fact]
    public void Default_address_has_no_family()
    {
        SockAddr nothing = default;
        Assert.Equal((AF_UNSPEC, 0, 0u), (nothing.Family, nothing.Length, nothing.ScopeId));
        Assert.True(nothing.Bytes.IsEmpty);
        Assert.False(nothing.IsAbstract);
        Assert.Equal("(no address)", nothing.ToString());
        Assert.Equal(nothing, new SockAddr([]));
        Assert.Equal(nothing.GetHashCode(), new SockAddr([]).GetHashCode());
        Assert.NotEqual(nothing, SockAddr.UnixUnnamed());
        Assert.False(nothing.Equals((object?)null));
        Assert.False(nothing.Equals("::"));
    }

    public static TheoryData<byte[], string> OtherFamilies => new()
    {
        { [], "family 0" },
        { [1, 0, (byte)'/', 0], "/ (address family 1)" },
        { [1, 0], "(no pathname bound) (address family 1)" },
        { [16, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], "family 16" },
    };

    [Theory]
    [MemberData(nameof(OtherFamilies))]
    public void Address_of_other_family_has_no_port_address_or_scope(byte[] bytes, string named)
    {
        var address = new SockAddr(bytes);
        void Refused(Action asks, string what)
        {
            string message = Assert.Throws<InvalidOperationException>(asks).Message;
            Assert.Contains(named, message);
            Assert.EndsWith($"has no {what}.", message);
        }
        Refused(() => _ = address.Port, "port");
        Refused(() => address.Port = 80, "port");
        Refused(() => _ = address.Address, "IP address");
        Refused(() => address.ScopeId = 1, "scope id");
        Assert.Equal(0u, address.ScopeId);
        Assert.Equal(bytes, address.Bytes);
    }

    [Theory]
    [InlineData("1.2.3.4:80")]
    [InlineData("[::1]:80")]
    public void Address_of_other_family_has_no_path(string text)
    {
        SockAddr address = SockAddr.Parse(text);
        Assert.Contains(text, Assert.Throws<InvalidOperationException>(() => address.Path).Message);
        Assert.False(address.IsAbstract);
    }

    [Fact]
    public void Scope_of_ipv4_address_cannot_be_set()
    {
        SockAddr address = SockAddr.Parse("1.2.3.4:80");
        Assert.Contains("1.2.3.4:80", Assert.Throws<InvalidOperationException>(() => address.ScopeId = 1).Message);
        Assert.Equal(SockAddr.Parse("1.2.3.4:80"), address);
    }

    [Fact]
    public void Port_and_scope_can_be_replaced()
    {
        SockAddr v4 = SockAddr.Loopback(AF_INET, 80);
        v4.Port = 65535;
        Assert.Equal("127.0.0.1:65535", v4.ToString());
        SockAddr v6 = SockAddr.Parse("[fe80::1]:80");
        v6.ScopeId = uint.MaxValue;
        v6.Port = 0;
        Assert.Equal("fe80::1%4294967295", v6.ToString());
        Assert.Equal(IPAddress.Parse("fe80::1%4294967295"), v6.Address);
    }

    [Theory]
    [InlineData("1.2.3.4:80", "1.2.3.4:81")]
    [InlineData("1.2.3.4:80", "1.2.3.5:80")]
    [InlineData("[fe80::1%1]:80", "[fe80::1%2]:80")]
    [InlineData("::ffff:1.2.3.4", "1.2.3.4")]
    [InlineData("/a", "@a")]
    [InlineData("/a", "/aa")]
    public void Addresses_with_any_difference_are_not_equal(string first, string second)
    {
        SockAddr one = SockAddr.Parse(first), other = SockAddr.Parse(second);
        Assert.True(one != other);
        Assert.False(one == other);
        Assert.False(one.Equals(other));
        Assert.False(one.Equals((object)other));
        Assert.Equal(2, new HashSet<SockAddr> { one, other, SockAddr.Parse(first) }.Count);
    }

    [Fact]
    public void Too_many_bytes_are_refused()
    {
        Assert.Equal(128, new SockAddr(new byte[128]).Length);
        string message = Assert.Throws<ArgumentException>(() => new SockAddr(new byte[129])).Message;
        Assert.Contains("at most 128 bytes, not 129", message);
    }

    [Fact]
    public void Bytes_are_copied()
    {
        byte[] bytes = SockAddr.Loopback(AF_INET, 80).Bytes.ToArray();
        var address = new SockAddr(bytes);
        Array.Clear(bytes);
        Assert.Equal("127.0.0.1:80", address.ToString());
        SockAddr copy = address;
        copy.Port = 81;
        Assert.Equal(80, address.Port);
    }

    [Theory]
    [InlineData(2, 15)]
    [InlineData(2, 2)]
    [InlineData(10, 27)]
    [InlineData(10, 16)]
    public void Truncated_internet_address_has_no_port(int family, int length)
    {
        SockAddr cut = UncommonFamilies.Of(family, length);
        Assert.Equal((family, length), (cut.Family, cut.Length));
        Assert.Equal($"sock_ntop: unknown AF_xxx: {family}, len {length}", Sock_ntop(cut));
        Assert.Equal(
            $"AF_INET{(family == AF_INET ? "" : "6")} ({length} bytes): 0x{Convert.ToHexStringLower(cut.Bytes)}", cut.ToString());
        Assert.Throws<InvalidOperationException>(() => cut.Port);
        Assert.Throws<InvalidOperationException>(() => cut.Port = 80);
        Assert.Throws<InvalidOperationException>(() => cut.Address);
        Assert.Throws<NotSupportedException>(() => cut.ToEndPoint());
        Assert.Equal(-1, sock_get_port(cut));
        Assert.Equal(-1, sock_cmp_addr(cut, cut));
        Assert.NotEqual(0, sock_cmp_addr(SockAddr.Any(family), cut));
    }

    [Fact]
    public void Single_byte_has_no_family()
    {
        var address = new SockAddr([2]);
        Assert.Equal(AF_UNSPEC, address.Family);
        Assert.Equal("sock_ntop: unknown AF_xxx: 0, len 1", Sock_ntop(address));
        Assert.Equal("AF_UNSPEC (1 byte): 0x02", address.ToString());
    }

    [Fact]
    public void Reported_length_of_truncated_address_is_limited_to_capacity()
    {
        SockAddr address = default;
        address.SetReceivedLength(200);
        Assert.Equal(SockAddr.Capacity, address.Length);
        address.SetReceivedLength(uint.MaxValue);
        Assert.Equal(SockAddr.Capacity, address.Bytes.Length);
        address.SetReceivedLength(3);
        Assert.Equal(3, address.Length);
    }

    [Theory]
    [InlineData("1.2.3.4:80", 16)]
    [InlineData("[fe80::1%2]:80", 28)]
    [InlineData("/tmp/socket", 2 + 12)]
    public void Bytes_after_address_are_ignored(string text, int length)
    {
        byte[] storage = [.. SockAddr.Parse(text).Bytes, .. new byte[SockAddr.Capacity - length]];
        storage[^1] = 7;
        if (length == 16)
            storage[15] = 7; // sin_zero
        Assert.Equal(SockAddr.Parse(text), new SockAddr(storage));
        Assert.Equal((length, text), (new SockAddr(storage).Length, new SockAddr(storage).ToString()));
    }
}
