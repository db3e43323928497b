using System.Net;

namespace Unp.Net.Packets.Tests;

/// <summary>Filters that are refused, with the position and the reason.</summary>
public sealed class FilterErrorTests
{
    [Theory]
    [InlineData("tcp port 80 and", 15, "", "a condition such as \"tcp\", \"port 80\" or \"host 192.0.2.1\" was expected")]
    [InlineData("and tcp", 0, "and", "a condition such as \"tcp\", \"port 80\" or \"host 192.0.2.1\" was expected")]
    [InlineData("tcp udp", 4, "udp", "\"and\", \"or\" or the end was expected")]
    [InlineData("(tcp", 4, "", "\")\" was expected")]
    [InlineData("tcp)", 3, ")", "\"and\", \"or\" or the end was expected")]
    [InlineData("host", 4, "", "a name, an address or a number was expected")]
    [InlineData("src", 3, "", "a name, an address or a number was expected")]
    [InlineData("10.0.0.1", 0, "10.0.0.1", "a word such as \"host\", \"net\" or \"port\" must precede it")]
    [InlineData("tcp and 80", 8, "80", "a word such as \"host\", \"net\" or \"port\" must precede it")]
    [InlineData("port 70000", 5, "70000", "a port is at most 65535")]
    [InlineData("portrange 1-70000", 10, "1-70000", "a port is at most 65535")]
    [InlineData("port no-such", 5, "no-such", "there is no service \"no-such\"")]
    [InlineData("udp port http", 9, "http", "the service is one of tcp, not of udp")]
    [InlineData("icmp port 80", 10, "80", "\"icmp\" has no ports, only tcp, udp and sctp have")]
    [InlineData("port 10.0.0.1", 5, "10.0.0.1", "an address must follow \"host\" or \"net\"")]
    [InlineData("host 256.0.0.1", 5, "256.0.0.1", "this is not an IPv4 address")]
    [InlineData("host 1:2:3:4:5:6:7:88888", 5, "1:2:3:4:5:6:7:88888", "this is not an IPv6 address")]
    [InlineData("host 10.0.0.0/8", 5, "10.0.0.0", "only \"net\" can have a mask or a prefix length")]
    [InlineData("net 10.0.0.0/33", 13, "33", "the prefix length is more than 32")]
    [InlineData("net 10.0.0.1/24", 4, "10.0.0.1", "the address has bits that the mask lacks")]
    [InlineData("net 10.0.0.0 mask tcp", 18, "tcp", "a mask such as 255.255.0.0 was expected")]
    [InlineData("net 2001:db8::1/32", 4, "2001:db8::1", "the address has bits behind the prefix")]
    [InlineData("net ::/129", 7, "129", "the prefix length is more than 128")]
    [InlineData("host ::/0", 5, "::", "only \"net\" can have a prefix length")]
    [InlineData("tcp host 10.0.0.1", 9, "10.0.0.1", "\"tcp\" has no addresses of IPv4")]
    [InlineData("ip host ::1", 8, "::1", "\"ip\" has no addresses of IPv6")]
    [InlineData("ip6 host 10.0.0.1", 9, "10.0.0.1", "\"ip6\" has no addresses of IPv4")]
    [InlineData("host 2:0:0:0:0:1", 5, "2:0:0:0:0:1", "an Ethernet address must follow \"ether host\", \"ether src\" or \"ether dst\"")]
    [InlineData("ether", 5, "", "\"host\", \"proto\", \"broadcast\" or \"multicast\" was expected")]
    [InlineData("ether host router", 11, "router", "\"ether\" cannot have the name of a host")]
    [InlineData("ip proto 256", 9, "256", "the number of a protocol is at most 255")]
    [InlineData("ip proto no-such", 9, "no-such", "there is no protocol with this name")]
    [InlineData("udp proto 5", 10, "5", "\"udp proto\" has no meaning, only \"ip\", \"ip6\" and \"ether\" have protocols")]
    [InlineData("ether proto 65536", 12, "65536", "the type is more than 65535")]
    [InlineData("ether proto 0xe0", 12, "0xe0", "this type has several encapsulations, so it is not supported")]
    [InlineData("net no-such-net", 4, "no-such-net", "there is no network with this name")]
    [InlineData("tcp broadcast", 0, "tcp", "\"tcp\" has no broadcast")]
    [InlineData("ip broadcast", 0, "ip", "the netmask is unknown, so the option Netmask must be set")]
    [InlineData("arp multicast", 0, "arp", "\"arp\" has no multicast")]
    [InlineData("vlan 4096", 5, "4096", "the id of a VLAN is at most 4095")]
    [InlineData("less than", 5, "than", "a number of bytes was expected")]
    [InlineData("gateway router", 0, "gateway", "this keyword of tcpdump is not supported")]
    [InlineData("ip[0]", 5, "", "a comparison such as \"=\" or \">\" was expected behind the number")]
    [InlineData("ip[0:3] = 1", 5, "3", "a size of 1, 2 or 4 bytes was expected")]
    [InlineData("ip[0 = 1", 5, "=", "\"]\" was expected")]
    [InlineData("ip[tcp] = 1", 6, "]", "\"[\" was expected")]
    [InlineData("esp[0] = 1", 0, "esp", "the header of esp has no fixed place, so its bytes cannot be tested")]
    [InlineData("ip[0] / 0 = 1", 6, "/", "the divisor is 0")]
    [InlineData("ip[0] % 0 = 1", 6, "%", "the divisor is 0")]
    [InlineData("ip[0] << 32 = 1", 6, "<<", "the shift by 32 bits is more than 31")]
    [InlineData("ip[4294967295] = 1", 3, "4294967295", "the offset is more than 2147418112")]
    [InlineData("len = 4294967296", 6, "4294967296", "the number is more than 4294967295")]
    [InlineData("len = 08", 6, "08", "a number that begins with 0 is octal, so it has no digit 8")]
    [InlineData("tcp ; udp", 4, ";", "this character does not belong to the language")]
    [InlineData("port \\", 5, "\\", "a name must follow the backslash")]
    [InlineData("tcp\0", 3, "\\0", "a filter has no NUL")]
    public void Error_names_position_and_reason(string filter, int position, string word, string reason)
    {
        FilterException e = Assert.Throws<FilterException>(() => BpfProgram.Compile(filter));
        Assert.Equal((position, word, reason, filter), (e.Position, e.Word, e.Reason, e.Filter));
        string place = word.Length == 0 ? "its end" : $"\"{word}\"";
        Assert.Equal($"The filter is wrong at position {position}, {place}: {reason}.", e.Message);
    }

    [Theory]
    [InlineData("ether host 2:0:0:0:0:1", "packets of the link type Raw have no Ethernet addresses")]
    [InlineData("broadcast", "packets of the link type Raw have no Ethernet addresses")]
    [InlineData("ether multicast", "packets of the link type Raw have no Ethernet addresses")]
    [InlineData("vlan", "\"vlan\" is not supported for the link type Raw")]
    public void Ethernet_is_needed(string filter, string reason) =>
        Assert.Equal(reason, Assert.Throws<FilterException>(() => BpfProgram.Compile(filter, LinkType.Raw)).Reason);

    [Fact]
    public void Unknown_host_is_refused_with_reason_of_resolver()
    {
        FilterException e = Assert.Throws<FilterException>(() => BpfProgram.Compile("host no-such-host.invalid"));
        Assert.StartsWith("the host has no known address (", e.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_of_hosts_can_be_refused() => Assert.Equal(
        "names of hosts are not looked up, because the option ResolvesHosts is false",
        Assert.Throws<FilterException>(() => BpfProgram.Compile("host localhost", options: new() { ResolvesHosts = false })).Reason);

    [Theory]
    [InlineData("", "(", "tcp", ")")]
    [InlineData("port ", "(", "80", ")")]
    [InlineData("", "-", "len = 5", "")]
    [InlineData("", "ip[", "1", "] = 1")]
    [InlineData("", "1 ^ ", "1 = 1", "")]
    [InlineData("len + ", "(", "1", ") = 1")]
    public void Nesting_is_limited(string start, string open, string middle, string close)
    {
        FilterException e = Assert.Throws<FilterException>(() => BpfProgram.Compile(Nested(2000)));
        Assert.Equal("the filter is nested more than 200 deep", e.Reason);

        string Nested(int depth) =>
            start + string.Concat(Enumerable.Repeat(open, depth)) + middle + string.Concat(Enumerable.Repeat(close, depth));
    }

    [Fact]
    public void Nesting_of_200_is_accepted()
    {
        BpfProgram.Compile(new string('(', 200) + "tcp" + new string(')', 200));
        BpfProgram.Compile(string.Concat(Enumerable.Repeat("not ", 16000)) + "tcp"); // no nesting
    }

    [Fact]
    public void Words_and_instructions_are_limited()
    {
        Assert.Equal("the filter has more than 16384 words", Failure(Loads(2000)));
        Assert.EndsWith("instructions, more than 4096", Failure(Loads(1800)), StringComparison.Ordinal);
        Assert.InRange(BpfProgram.Compile(Loads(1360)).Instructions.Length, 3500, 4096);

        static string Loads(int count) => string.Join(" or ", Enumerable.Range(1, count).Select(i => $"ip[{i}:4] = {i * 7}"));
        static string Failure(string filter) => Assert.Throws<FilterException>(() => BpfProgram.Compile(filter)).Reason;
    }

    [Fact]
    public void Arguments_are_checked()
    {
        Assert.Throws<ArgumentNullException>("filter", () => BpfProgram.Compile(null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => BpfProgram.Compile("ip", (LinkType)99));
        Assert.Throws<ArgumentOutOfRangeException>("SnapLength", () => BpfProgram.Compile("ip", options: new() { SnapLength = 0 }));
        Assert.Throws<ArgumentException>("Netmask", () => BpfProgram.Compile("ip", options: new() { Netmask = IPAddress.IPv6Any }));
    }
}
