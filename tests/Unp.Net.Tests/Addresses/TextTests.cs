namespace Unp.Net.Tests.Addresses;

public class TextTests
{
    [Theory]
    [InlineData("192.0.2.1:80")]
    [InlineData("192.0.2.1")]
    [InlineData("255.255.255.255:65535")]
    [InlineData("0.0.0.0")]
    [InlineData("[2001:db8::1]:80")]
    [InlineData("2001:db8::1")]
    [InlineData("::")]
    [InlineData("[::]:1")]
    [InlineData("[fe80::1%2]:80")]
    [InlineData("fe80::1%4294967295")]
    [InlineData("[::ffff:192.0.2.1]:80")]
    [InlineData("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("/tmp/socket")]
    [InlineData("./socket")]
    [InlineData("dir:80/socket")]
    [InlineData("/a path/with spaces")]
    [InlineData("@name")]
    [InlineData("@with/slash")]
    public void Printed_form_is_parsed_and_printed_unchanged(string text)
    {
        Assert.Equal(text, SockAddr.Parse(text).ToString());
        Assert.Equal(text, Sock_ntop(SockAddr.Parse(text)));
        Assert.Equal(text, sock_ntop(SockAddr.Parse(text)));
    }

    [Theory]
    [InlineData("[::1]", "::1")]
    [InlineData("[2001:DB8:0:0:0:0:0:1]:80", "[2001:db8::1]:80")]
    [InlineData("2001:0db8:0000:0000:0000:0000:0000:0001", "2001:db8::1")]
    [InlineData("1.2.3.4:0", "1.2.3.4")]
    [InlineData("1.2.3.4:00080", "1.2.3.4:80")]
    [InlineData("[::1]:0", "::1")]
    [InlineData("2001:db8::1:80", "2001:db8::1:80")]
    [InlineData("fe80::1%lo", "fe80::1%1")]
    [InlineData("[fe80::1%lo]:80", "[fe80::1%1]:80")]
    [InlineData("::ffff:0102:0304", "::ffff:1.2.3.4")]
    [InlineData("unix:/tmp/socket", "/tmp/socket")]
    [InlineData(@"unix:/tmp/\x61\\", @"/tmp/a\")]
    [InlineData(@"unix:\x00name", "@name")]
    [InlineData("[::1]:80 flowinfo 0x0", "[::1]:80")]
    public void Other_forms_are_parsed_too(string text, string printed) => Assert.Equal(printed, SockAddr.Parse(text).ToString());

    [Fact]
    public void Parsed_text_has_family_address_port_and_scope()
    {
        SockAddr v4 = SockAddr.Parse("192.0.2.1:80");
        Assert.Equal((AF_INET, 16, "192.0.2.1", 80, 0u), (v4.Family, v4.Length, v4.Address.ToString(), v4.Port, v4.ScopeId));

        SockAddr v6 = SockAddr.Parse("[fe80::1%7]:65535");
        Assert.Equal((AF_INET6, 28, "fe80::1%7", 65535, 7u), (v6.Family, v6.Length, v6.Address.ToString(), v6.Port, v6.ScopeId));

        SockAddr path = SockAddr.Parse("/tmp/x");
        Assert.Equal((AF_UNIX, 2 + 7, "/tmp/x", false), (path.Family, path.Length, path.Path, path.IsAbstract));

        SockAddr name = SockAddr.Parse("@x");
        Assert.Equal((AF_UNIX, 2 + 2, "@x", true), (name.Family, name.Length, name.Path, name.IsAbstract));
    }

    [Fact]
    public void Bytes_are_those_of_c_structures()
    {
        Assert.Equal((byte[])[2, 0, 0, 80, 192, 0, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0], SockAddr.Parse("192.0.2.1:80").Bytes);
        Assert.Equal(
            (byte[])[10, 0, 0x12, 0x34, 0, 0, 0, 0, 0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 7, 0, 0, 0],
            SockAddr.Parse("[fe80::1%7]:4660").Bytes);
        Assert.Equal((byte[])[1, 0, (byte)'/', (byte)'a', 0], SockAddr.Parse("/a").Bytes);
        Assert.Equal((byte[])[1, 0, 0, (byte)'a'], SockAddr.Parse("@a").Bytes);
    }

    [Theory]
    [InlineData("192.0.2.1:80", "192.0.2.1")]
    [InlineData("[2001:db8::1]:80", "2001:db8::1")]
    [InlineData("[fe80::1%2]:80", "fe80::1%2")]
    [InlineData("/tmp/socket", "/tmp/socket")]
    [InlineData("@name", "@name")]
    public void Host_is_text_without_port_and_brackets(string text, string host)
    {
        Assert.Equal(host, Sock_ntop_host(SockAddr.Parse(text)));
        Assert.Equal(host, sock_ntop_host(SockAddr.Parse(text)));
    }

    public static TheoryData<byte[], string, string> RareAddresses => new()
    {
        { [], "(no address)", "sock_ntop: unknown AF_xxx: 0, len 0" },
        { [1, 0], "(no pathname bound)", "(no pathname bound)" },
        { [1, 0, .. "name\0"u8], "unix:name", "name" },
        { [1, 0, .. "1.2.3.4\0"u8], "unix:1.2.3.4", "1.2.3.4" },
        { [1, 0, .. "@x\0"u8], "unix:@x", "@x" },
        { [1, 0, .. "@x/y\0"u8], "unix:@x/y", "@x/y" },
        { [1, 0, .. "unix:/x\0"u8], "unix:unix:/x", "unix:/x" },
        { [1, 0, .. "(no pathname bound)\0"u8], "unix:(no pathname bound)", "(no pathname bound)" },
        { [1, 0, .. "/tmp/"u8, 0xff, (byte)'\\', (byte)'x', 0], @"unix:/tmp/\xff\\x", "/tmp/\ufffd\\x" },
        { [1, 0, 0, 0xe9], @"unix:\x00\xe9", "@\ufffd" },
        {
            [40, 0, 0, 0, 1, 2, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0],
            "AF_VSOCK (16 bytes): 0x28000000010200000300000001000000",
            "sock_ntop: unknown AF_xxx: 40, len 16"
        },
        { [40, 0, 0, 0, 1, 2, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0], "vsock:3:513", "sock_ntop: unknown AF_xxx: 40, len 16" },
        { [1, 0, .. "vsock:3:513\0"u8], "unix:vsock:3:513", "vsock:3:513" },
        { [1, 0, .. "vsock:/x\0"u8], "vsock:/x", "vsock:/x" },
        { [16, 0, 0, 0], "AF_NETLINK (4 bytes): 0x10000000", "sock_ntop: unknown AF_xxx: 16, len 4" },
        { [0xff, 0xff], "AF_65535 (2 bytes): 0xffff", "sock_ntop: unknown AF_xxx: 65535, len 2" },
        { [10, 0, 0, 80, 0, 1, 0x86, 0xa0, .. new byte[15], 1, 7, 0, 0, 0], "[::1%7]:80 flowinfo 0x186a0", "[::1%7]:80" },
        { [10, 0, 0, 0, 0, 0, 0, 7, .. new byte[15], 1, 0, 0, 0, 0], "::1 flowinfo 0x7", "::1" },
    };

    [Theory]
    [MemberData(nameof(RareAddresses))]
    public void Uncommon_address_is_parsed_and_has_other_text_in_book(byte[] bytes, string text, string book)
    {
        var address = new SockAddr(bytes);
        Assert.Equal((text, book, book), (address.ToString(), Sock_ntop(address), sock_ntop(address)));
        Assert.Equal(address, SockAddr.Parse(text));
        Assert.Equal(bytes, SockAddr.Parse(text).Bytes);
    }

    [Fact]
    public void Unnamed_unix_address_has_text_of_book() => Assert.Equal("(no pathname bound)", Sock_ntop(SockAddr.UnixUnnamed()));

    [Theory]
    [InlineData(UncommonFamilies.AF_NETLINK, 12)]
    [InlineData(UncommonFamilies.AF_PACKET, 20)]
    [InlineData(65535, 128)]
    [InlineData(0, 0)]
    public void Unknown_family_has_text_of_book(int family, int length)
    {
        SockAddr address = length == 0 ? default : UncommonFamilies.Of(family, length);
        Assert.Equal($"sock_ntop: unknown AF_xxx: {family}, len {length}", Sock_ntop(address));
        Assert.Equal($"sock_ntop_host: unknown AF_xxx: {family}, len {length}", Sock_ntop_host(address));
    }

    [Theory]
    [InlineData("192.0.2.1", 80, "192.0.2.1:80")]
    [InlineData("2001:db8::1", 80, "[2001:db8::1]:80")]
    [InlineData("fe80::1%lo", 65535, "[fe80::1%1]:65535")]
    [InlineData("fe80::1%3", 0, "fe80::1%3")]
    public void Address_and_port_of_command_line_are_combined(string address, int port, string printed) =>
        Assert.Equal(printed, SockAddr.Inet(address, port).ToString());

    [Fact]
    public void Wildcard_and_loopback_are_created_without_text()
    {
        Assert.Equal("0.0.0.0:80", SockAddr.Any(AF_INET, 80).ToString());
        Assert.Equal("::", SockAddr.Any(AF_INET6).ToString());
        Assert.Equal("127.0.0.1:80", SockAddr.Loopback(AF_INET, 80).ToString());
        Assert.Equal("::1", SockAddr.Loopback(AF_INET6).ToString());
        Assert.Contains("family 1", Assert.Throws<ArgumentException>(() => SockAddr.Any(AF_UNIX)).Message);
        Assert.Contains("family 0", Assert.Throws<ArgumentException>(() => SockAddr.Loopback(AF_UNSPEC)).Message);
        Assert.Contains("65536", Assert.Throws<ArgumentOutOfRangeException>(() => SockAddr.Any(AF_INET, 65536)).Message);
        Assert.Contains("-1", Assert.Throws<ArgumentOutOfRangeException>(() => SockAddr.Loopback(AF_INET6, -1)).Message);
    }
}
