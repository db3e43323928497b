using System.Net;

namespace Unp.Net.Packets.Tests;

public class AddressTests
{
    [Fact]
    public void Addresses_convert_from_and_to_text_and_bytes()
    {
        Assert.Equal("192.0.2.1", Ipv4Address.Parse("192.0.2.1").ToString());
        Assert.Equal("2001:db8::1", Ipv6Address.Parse("2001:db8::1").ToString());
        Assert.Equal("02:00:5e:10:00:0a", MacAddress.Parse("02-00-5E-10-00-0A").ToString());
        Assert.Equal(MacAddress.Parse("02:00:5e:10:00:0a"), MacAddress.Parse("02-00-5E-10-00-0A"));
        Assert.Equal(new Ipv4Address(IPAddress.Loopback), new Ipv4Address([127, 0, 0, 1]));
        Assert.Equal(IPAddress.IPv6Loopback, new Ipv6Address(IPAddress.IPv6Loopback).ToIPAddress());
        Assert.True(MacAddress.Broadcast.IsGroup);
        Assert.False(Sample.SourceMac.IsGroup);
        Assert.True(Sample.Source4 != Sample.Destination4 && Sample.Source6 != Sample.Destination6
            && Sample.SourceMac != Sample.DestinationMac);
        Assert.Equal(Sample.Source6.GetHashCode(), Ipv6Address.Parse("2001:db8::1").GetHashCode());
    }

    [Fact]
    public void Wrong_addresses_are_refused_by_value()
    {
        Assert.Contains("1.2.3", Assert.Throws<FormatException>(() => Ipv4Address.Parse("1.2.3")).Message, StringComparison.Ordinal);
        Assert.Contains("'02:00'", Assert.Throws<FormatException>(() => MacAddress.Parse("02:00")).Message, StringComparison.Ordinal);
        Assert.Contains("not 3", Assert.Throws<ArgumentException>(() => new Ipv4Address([1, 2, 3])).Message, StringComparison.Ordinal);
        Assert.Contains("::1", Assert.Throws<ArgumentException>(() => new Ipv4Address(IPAddress.IPv6Loopback)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => new Ipv6Address((IPAddress)null!));
    }

    [Fact]
    public void Every_public_struct_has_text() =>
        Assert.InRange(PublicStructs.AssertTexts(typeof(Packet).Assembly), 40, 100);
}
