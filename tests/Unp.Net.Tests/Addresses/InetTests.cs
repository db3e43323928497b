using System.Net;
using System.Text;

namespace Unp.Net.Tests.Addresses;

public class InetTests
{
    [Theory]
    [InlineData("192.0.2.1")]
    [InlineData("0.0.0.0")]
    [InlineData("2001:db8::1")]
    [InlineData("::")]
    [InlineData("::ffff:192.0.2.1")]
    [InlineData("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    public void Text_and_bytes_are_converted_both_ways(string text)
    {
        int family = FamilyOf(text);
        byte[] expected = IPAddress.Parse(text).GetAddressBytes();
        byte[] address = new byte[expected.Length];
        Inet_pton(family, text, address);
        Assert.Equal(expected, address);
        Assert.Equal(text, Inet_ntop(family, address));

        Array.Clear(address);
        Assert.Equal(1, inet_pton(family, text, address));
        Assert.Equal(expected, address);
        Assert.Equal(text, Encoding.ASCII.GetString(inet_ntop(family, address, new byte[INET6_ADDRSTRLEN])));
    }

    [Fact]
    public void Longest_ipv6_text_of_45_characters_is_read()
    {
        string text = "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255";
        Assert.Equal(45, text.Length);
        byte[] address = new byte[16];
        Assert.Equal(1, inet_pton(AF_INET6, text, address));
        Assert.Equal(IPAddress.Parse(text).GetAddressBytes(), address);
    }

    public static TheoryData<int, string> NoAddresses => new()
    {
        { AF_INET, "1.2.3" },
        { AF_INET, "1.2.3.4.5" },
        { AF_INET, "256.1.1.1" },
        { AF_INET, "01.2.3.4" },
        { AF_INET, "0x7f.0.0.1" },
        { AF_INET, "" },
        { AF_INET, " " },
        { AF_INET, "1.2.3.4 " },
        { AF_INET, "1.2.3.4\0" },
        { AF_INET, "1.2.3.4\0nonsense" },
        { AF_INET, "١.٢.٣.٤" },
        { AF_INET, "１.２.３.４" },
        { AF_INET, "1。2。3。4" },
        { AF_INET, "::1" },
        { AF_INET6, "1.2.3.4" },
        { AF_INET6, "::1%lo" },
        { AF_INET6, "[::1]" },
        { AF_INET6, "::１" },
        { AF_INET6, "::1\0" },
        { AF_INET6, "0000:0000:0000:0000:0000:0000:255.255.255.2555" },
        { AF_INET6, "0" + "0000:0000:0000:0000:0000:0000:255.255.255.255" },
        { AF_INET, "1.2.3.4" + new string(' ', 10_000) },
        { AF_INET6, new string(':', 10_000) },
    };

    [Theory]
    [MemberData(nameof(NoAddresses))]
    public void Invalid_text_has_message_of_book(int family, string text)
    {
        Assert.Equal($"inet_pton error for {text}", Assert.Throws<FormatException>(() => Inet_pton(family, text, new byte[16])).Message);
        Assert.Equal(0, inet_pton(family, text, new byte[16]));
    }

    [Fact]
    public void Unsupported_family_is_error_with_its_number()
    {
        Assert.Equal(-1, inet_pton(AF_UNIX, "1.2.3.4", []));
        Assert.Equal(Errno.EAFNOSUPPORT, Errno.Last);
        Assert.True(inet_ntop(AF_UNIX, [1, 2, 3, 4], new byte[INET6_ADDRSTRLEN]).IsEmpty);
        Assert.Equal(Errno.EAFNOSUPPORT, Errno.Last);

        var failure = Assert.Throws<UnpException>(() => Inet_pton(AF_UNIX, "1.2.3.4", new byte[4]));
        Assert.Equal(
            (Errno.EAFNOSUPPORT, "inet_pton error: Address family not supported by protocol (address family 1)"),
            (failure.Errno, failure.Message));
        failure = Assert.Throws<UnpException>(() => Inet_ntop(AF_UNIX, new byte[4]));
        Assert.Equal(
            (Errno.EAFNOSUPPORT, "inet_ntop error: Address family not supported by protocol (address family 1)"),
            (failure.Errno, failure.Message));
    }

    [Theory]
    [InlineData("1.2.3.4", 4)]
    [InlineData("::1", 16)]
    public void Too_small_buffer_for_bytes_is_refused(string text, int size)
    {
        int family = FamilyOf(text);
        string expected = $"{size} bytes, not {size - 1}";
        Assert.Contains(expected, Assert.Throws<ArgumentException>("dst", () => inet_pton(family, text, new byte[size - 1])).Message);
        Assert.Contains(expected, Assert.Throws<ArgumentException>("address", () => Inet_pton(family, text, new byte[size - 1])).Message);
        Assert.Contains(
            expected, Assert.Throws<ArgumentException>("src", () => _ = inet_ntop(family, new byte[size - 1], new byte[46])).Message);
        Assert.Contains(expected, Assert.Throws<ArgumentException>("address", () => Inet_ntop(family, new byte[size - 1])).Message);
    }

    [Fact]
    public void Bytes_after_address_are_unchanged()
    {
        byte[] place = [9, 9, 9, 9, 9];
        Inet_pton(AF_INET, "1.2.3.4", place);
        Assert.Equal([1, 2, 3, 4, 9], place);
    }

    [Theory]
    [InlineData("192.0.2.1")]
    [InlineData("2001:db8::1")]
    public void Buffer_for_text_must_have_room_for_nul(string text)
    {
        int family = FamilyOf(text);
        byte[] address = IPAddress.Parse(text).GetAddressBytes();
        Assert.Equal(text, Encoding.ASCII.GetString(inet_ntop(family, address, new byte[text.Length + 1])));
        for (int size = 0; size <= text.Length; size++)
        {
            Errno.Last = default;
            Assert.True(inet_ntop(family, address, new byte[size]).IsEmpty);
            Assert.Equal(Errno.ENOSPC, Errno.Last);
        }
    }

    [Fact]
    public void Null_text_is_refused_by_parameter_name() =>
        Assert.Equal("text", Assert.Throws<ArgumentNullException>(() => Inet_pton(AF_INET, null!, new byte[4])).ParamName);

    [Fact]
    public void Network_byte_order_is_big_endian()
    {
        Assert.Equal([0x12, 0x34], BitConverter.GetBytes(htons(0x1234)));
        Assert.Equal([0x12, 0x34, 0x56, 0x78], BitConverter.GetBytes(htonl(0x12345678)));
        Assert.Equal(0x1234, ntohs(BitConverter.ToUInt16([0x12, 0x34])));
        Assert.Equal(0xfedcba98, ntohl(BitConverter.ToUInt32([0xfe, 0xdc, 0xba, 0x98])));
        Assert.Equal((0xffff, 0), (ntohs(htons(0xffff)), htons(0)));
    }

    static int FamilyOf(string text) => text.Contains(':', StringComparison.Ordinal) ? AF_INET6 : AF_INET;
}
