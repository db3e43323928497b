using System.Globalization;
using System.Text;

namespace Unp.Net.Tests.Addresses;

public class FormattingTests
{
    public static TheoryData<string> Texts =>
        ["192.0.2.1:80", "[fe80::1%4294967295]:65535", "/tmp/é語😀", "@name", "::", "unix:é", "(no address)", "vsock:2:4711"];

    [Theory]
    [MemberData(nameof(Texts))]
    public void Span_of_exact_size_is_filled(string text)
    {
        SockAddr address = SockAddr.Parse(text);
        Span<char> chars = new char[text.Length];
        Assert.True(address.TryFormat(chars, out int written, default, null));
        Assert.Equal((text, text.Length), (chars.ToString(), written));

        byte[] expected = Encoding.UTF8.GetBytes(text);
        byte[] utf8 = new byte[expected.Length];
        Assert.True(address.TryFormat(utf8, out int bytes, default, null));
        Assert.Equal(expected, utf8);
        Assert.Equal(expected.Length, bytes);
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Too_small_span_is_refused_and_nothing_is_written(string text)
    {
        SockAddr address = SockAddr.Parse(text);
        for (int size = 0; size < text.Length; size++)
        {
            Assert.False(address.TryFormat(new char[size], out int written, default, null));
            Assert.Equal(0, written);
        }
        for (int size = 0; size < Encoding.UTF8.GetByteCount(text); size++)
        {
            Assert.False(address.TryFormat(new byte[size], out int written, default, null));
            Assert.Equal(0, written);
        }
    }

    [Fact]
    public void Span_that_is_larger_is_filled_from_its_start()
    {
        SockAddr address = SockAddr.Loopback(AF_INET, 80);
        byte[] utf8 = new byte[20];
        Assert.True(address.TryFormat(utf8, out int bytes, default, null));
        Assert.Equal("127.0.0.1:80\0\0\0\0\0\0\0\0", Encoding.ASCII.GetString(utf8));
        Assert.Equal(12, bytes);
    }

    [Fact]
    public void Address_is_formatted_in_interpolated_string()
    {
        SockAddr address = SockAddr.Loopback(AF_INET6, 80);
        Assert.Equal("at [::1]:80 or   [::1]:80", $"at {address} or {address,10}");
        Assert.Equal("at [::1]:80", string.Create(CultureInfo.InvariantCulture, $"at {address}"));
        Assert.Equal("at [::1]:80", string.Format(CultureInfo.InvariantCulture, "at {0}", address));
        Assert.Equal("at [::1]:80", new StringBuilder().Append(CultureInfo.InvariantCulture, $"at {address}").ToString());
        byte[] utf8 = new byte[11];
        Assert.True(System.Text.Unicode.Utf8.TryWrite(utf8, $"at {address}", out _));
        Assert.Equal("at [::1]:80"u8, utf8);
    }

    [Fact]
    public void Longest_text_of_every_kind_fits()
    {
        byte[] unix = new byte[SockAddr.Capacity];
        unix.AsSpan().Fill((byte)'x');
        BitConverter.TryWriteBytes(unix, (ushort)AF_UNIX);
        Assert.Equal("AF_UNIX (128 bytes): 0x0100" + string.Concat(Enumerable.Repeat("78", 126)), new SockAddr(unix).ToString());
        Assert.Equal(new string('x', 126), Sock_ntop(new SockAddr(unix)));
        unix[2] = 0;
        Assert.Equal("@" + new string('x', 125), Sock_ntop(new SockAddr(unix)));
        unix.AsSpan(2).Fill(0xff);
        Assert.Equal("unix:" + string.Concat(Enumerable.Repeat(@"\xff", 108)), new SockAddr(unix.AsSpan(0, 110)).ToString());
        string inet = "[ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff%4294967295]:65535";
        Assert.Equal(inet, SockAddr.Parse(inet).ToString());
    }

    [Fact]
    public void Generic_code_parses_and_formats_addresses()
    {
        static T Read<T>(string text) where T : ISpanParsable<T> => T.Parse(text.AsSpan(), null);
        static T ReadString<T>(string text) where T : IParsable<T> => T.Parse(text, null);
        static bool TryRead<T>(string? text, out T value) where T : ISpanParsable<T> =>
            T.TryParse(text, null, out value!) && T.TryParse(text.AsSpan(), null, out value!);

        SockAddr expected = SockAddr.Loopback(AF_INET, 80);
        Assert.Equal(expected, Read<SockAddr>("127.0.0.1:80"));
        Assert.Equal(expected, ReadString<SockAddr>("127.0.0.1:80"));
        Assert.True(TryRead("127.0.0.1:80", out SockAddr read));
        Assert.Equal(expected, read);
        Assert.False(TryRead<SockAddr>(null, out _));
        Assert.Throws<FormatException>(() => Read<SockAddr>("1.2.3"));
        Assert.Equal("127.0.0.1:80", ((IFormattable)expected).ToString("any", CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Formatting_keeps_last_error()
    {
        Errno.Last = Errno.ECONNREFUSED;
        string text = $"{SockAddr.Loopback(AF_INET, 80)} {SockAddr.Loopback(AF_INET6)} "
            + $"{Sock_ntop_host(SockAddr.Any(AF_INET))} {SockAddr.UnixUnnamed()}";
        Assert.Equal(Errno.ECONNREFUSED, Errno.Last);
        Assert.Equal("127.0.0.1:80 ::1 0.0.0.0 (no pathname bound)", text);
    }
}
