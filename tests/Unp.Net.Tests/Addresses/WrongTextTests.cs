namespace Unp.Net.Tests.Addresses;

public class WrongTextTests
{
    public static TheoryData<string> NotAddresses =>
    [
        "", " ", ".", ":", "[", "]", "[]", "[]:80", "%", "localhost", "localhost:80",
        "1.2.3", "1.2.3.4.5", "256.1.1.1", "01.2.3.4", "1.2.3.04", "0x1.2.3.4", "1.2.3.-4", "1..2.3", " 1.2.3.4", "1.2.3.4 ", "1,2,3,4",
        "١.٢.٣.٤",
        "1.2.3.4:", "1.2.3.4:70000", "1.2.3.4:65536", "1.2.3.4:-1", "1.2.3.4:+80", "1.2.3.4: 80", "1.2.3.4:80 ", "1.2.3.4:0x50",
        "1.2.3.4:http",
        "1.2.3.4:٨٠", "1.2.3.4:80:80", "[1.2.3.4]:80", "1.2.3:80",
        "[::1]:", "[::1", "::1]", "[::1]80", "[::1]:65536", "[::1]:-1", "[::1]:+80", "[::1]: 80", "[[::1]]:80", "[::1]:80]", ":::",
        "1::2::3", "::12345",
        "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "::g", "::256.1.1.1", "::1.2.3", "::ffff:1.2.3.4:80",
        "::1%nosuchif", "[::1%nosuchif]:80", "fe80::1%", "fe80::1%0", "fe80::1%-1", "fe80::1%+1", "fe80::1% 1", "fe80::1%4294967296",
        "%lo", "fe80::1%lo%lo",
        "1.2.3.4%lo", "(no pathname bound) ", "no address", "(no address) ",
        "unix:", @"unix:\", @"unix:a\", @"unix:\x", @"unix:\xg0", @"unix:\n",
        @"unix:a\x00b",
        "AF_16", "AF_NETLINK:", "AF_NETLINK (2 bytes): 0x", "AF_NETLINK (1 byte): 0x1", "AF_41 (2 bytes): 0x1000",
        "AF_16 (2 bytes): 0x1000", "AF_NETLINK (3 bytes): 0x1000", "AF_NETLINK (2 bytes): 0x1000 ", "AF_NETLINK 0x1000",
        "AF_UNSPEC (0 bytes): 0x", "AF_INET (16 bytes): 0x02000050010203040000000000000000", "AF_NETLINK (1 byte): 0xff",
        "AF_VSOCK (16 bytes): 0x28000000010200000300000000000000", "AF_NETLINK (2 bytes): 0x10ZZ", "AF_NETLINK (2 bytes): 0X1000",
        "vsock", "vsock:", "vsock:1", "vsock:1:", "vsock::", "vsock:x:1", "vsock:1:x", "vsock:-1:1", "vsock:1:-1", "vsock:1:1:1",
        "vsock: 1:1", "vsock:4294967296:1", "vsock:1:4294967296", "VSOCK:1:1", "::1 flowinfo 0x",
        "::1 flowinfo 7",
        "1.2.3.4 flowinfo 0x7", "::1 flowinfo 0x100000000", "::1 flowinfo 0x7 flowinfo 0x7", " flowinfo 0x7",
    ];

    [Theory]
    [MemberData(nameof(NotAddresses))]
    public void Invalid_text_is_refused_and_reported(string text)
    {
        Assert.Equal($"Not a socket address: \"{text}\"", Assert.Throws<FormatException>(() => SockAddr.Parse(text)).Message);
        Assert.False(SockAddr.TryParse(text, out SockAddr address));
        Assert.Equal(default, address);
    }

    [Theory]
    [InlineData("1.2.3.4\0")]
    [InlineData("1.2.3.4:80\0")]
    [InlineData("1.2.3.4\0:80")]
    [InlineData("::1\0")]
    [InlineData("[::1]:80\0\0")]
    [InlineData("fe80::1%1\0")]
    [InlineData("fe80::1%lo\0")]
    [InlineData("[fe80::1%lo\0nonsense]:80")]
    [InlineData("\0")]
    public void Text_after_nul_is_not_ignored(string text)
    {
        Assert.False(SockAddr.TryParse(text, out SockAddr address));
        Assert.Equal(default, address);
        Assert.Contains(text, Assert.Throws<FormatException>(() => SockAddr.Parse(text)).Message);
    }

    [Fact]
    public void Nul_in_path_is_refused()
    {
        Assert.False(SockAddr.TryParse("/tmp/a\0b", out _));
        Assert.Contains(@"/tmp/a\0b", Assert.Throws<ArgumentException>(() => SockAddr.Parse("/tmp/a\0b")).Message);
        Assert.Contains(@"a\0b", Assert.Throws<ArgumentException>(() => SockAddr.Unix("a\0b")).Message);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("@")]
    public void Too_long_path_or_name_is_refused_with_limit(string start)
    {
        string longest = start + new string('x', 107 - (start == "/" ? 1 : 0));
        Assert.Equal(longest, SockAddr.Parse(longest).ToString());

        string tooLong = longest + "x";
        Assert.False(SockAddr.TryParse(tooLong, out SockAddr address));
        Assert.Equal(default, address);
        string message = Assert.Throws<ArgumentException>(() => SockAddr.Parse(tooLong)).Message;
        Assert.Contains("at most 107 bytes, not 108", message);
        Assert.Contains(tooLong.TrimStart('@'), message);
    }

    [Theory]
    [InlineData('1')]
    [InlineData(':')]
    [InlineData('[')]
    [InlineData('%')]
    [InlineData('é')]
    public void Text_of_10000_characters_is_refused(char character)
    {
        foreach (string before in (string[])["", "1.2.3.4:", "[::1]:", "fe80::1%", "[fe80::1%"])
        {
            string text = before + new string(character, 10_000);
            Assert.False(SockAddr.TryParse(text, out _));
            Assert.Contains(text, Assert.Throws<FormatException>(() => SockAddr.Parse(text)).Message);
        }
        string path = "/" + new string(character, 10_000);
        Assert.Contains(path, Assert.Throws<ArgumentException>(() => SockAddr.Parse(path)).Message);
    }

    [Fact]
    public void Null_is_refused_by_parameter_name()
    {
        Assert.Equal("text", Assert.Throws<ArgumentNullException>(() => SockAddr.Parse(null!)).ParamName);
        Assert.Equal("address", Assert.Throws<ArgumentNullException>(() => SockAddr.Inet(null!, 80)).ParamName);
        Assert.False(SockAddr.TryParse((string?)null, out _));
    }

    [Theory]
    [InlineData("1.2.3")]
    [InlineData("1.2.3.4:80")]
    [InlineData("[::1]")]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("localhost")]
    [InlineData("::1%nosuchif")]
    [InlineData("fe80::1%lo\0")]
    [InlineData("/tmp/socket")]
    [InlineData("@name")]
    public void Invalid_host_of_command_line_has_message_of_book(string host)
    {
        Assert.Equal($"inet_pton error for {host}", Assert.Throws<FormatException>(() => SockAddr.Inet(host, 80)).Message);
    }

    [Theory]
    [InlineData(70000)]
    [InlineData(65536)]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public void Port_out_of_range_is_refused_and_named(int port)
    {
        void Refused(Action makesIt) => Assert.Contains($"{port}", Assert.Throws<ArgumentOutOfRangeException>(makesIt).Message);
        Refused(() => SockAddr.Inet("1.2.3.4", port));
        Refused(() => _ = new SockAddr(System.Net.IPAddress.Loopback, port));
        SockAddr address = SockAddr.Loopback(AF_INET, 80);
        Assert.Throws<ArgumentOutOfRangeException>("value", () => address.Port = port);
        Refused(() => address.Port = port);
        Assert.Equal(80, address.Port);
        Assert.Throws<ArgumentOutOfRangeException>(nameof(port), () => SockAddr.Any(AF_INET, port));
        Assert.Throws<ArgumentOutOfRangeException>(nameof(port), () => SockAddr.Inet("::1", port));
        Assert.Throws<ArgumentException>("text", () => SockAddr.Parse("@" + new string('x', 108)));
        Assert.Throws<ArgumentException>("text", () => SockAddr.Parse("/a\0"));
    }

    [Fact]
    public void Unix_text_may_have_108_bytes()
    {
        Assert.Equal(108, SockAddr.Parse("unix:" + new string('x', 108)).PathBytes.Length);
        Assert.False(SockAddr.TryParse("unix:" + new string('x', 109), out _));
        Assert.False(SockAddr.TryParse("unix:" + new string('x', 108) + @"\\", out _));
        Assert.False(SockAddr.TryParse("unix:/" + new string('x', 10_000), out _));
        Assert.Contains(
            "Not a socket address", Assert.Throws<FormatException>(() => SockAddr.Parse("unix:/" + new string('x', 108))).Message);
    }
}
