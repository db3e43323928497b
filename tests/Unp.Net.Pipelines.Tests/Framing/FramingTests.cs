using System.Buffers;
using Framed = Unp.Net.Pipelines.Framing;

namespace Unp.Net.Pipelines.Tests.Framing;

/// <summary>Tests of the bytes that framings write, and of the frames and settings that they refuse.</summary>
public class FramingTests
{
    [Fact]
    public void Fixed_length_frames_have_no_separator() =>
        Assert.Equal("onetwo"u8, Wire.Of(Framed.FixedLength(3), "one"u8.ToArray(), "two"u8.ToArray()));

    [Fact]
    public void Delimiter_follows_each_frame() =>
        Assert.Equal("one\r\n\r\n"u8, Wire.Of(Framed.Delimiter("\r\n"u8, 10), "one"u8.ToArray(), []));

    [Theory]
    [InlineData(1, false, "03")]
    [InlineData(1, true, "03")]
    [InlineData(2, false, "0003")]
    [InlineData(2, true, "0300")]
    [InlineData(4, false, "00000003")]
    [InlineData(4, true, "03000000")]
    [InlineData(8, false, "0000000000000003")]
    [InlineData(8, true, "0300000000000000")]
    public void Fixed_size_length_precedes_frame(int size, bool littleEndian, string prefix) =>
        Assert.Equal(prefix + "6F6E65", Convert.ToHexString(Wire.Of(Framed.LengthPrefix(size, 100, littleEndian), "one"u8.ToArray())));

    [Theory]
    [InlineData(0, "00")]
    [InlineData(1, "01")]
    [InlineData(127, "7F")]
    [InlineData(128, "8001")]
    [InlineData(300, "AC02")]
    [InlineData(16_384, "808001")]
    [InlineData(2_097_151, "FFFF7F")]
    public void Varint_length_precedes_frame(int length, string prefix)
    {
        byte[] bytes = Wire.Of(Framed.VarintPrefix(3_000_000), new byte[length]);
        Assert.Equal(prefix, Convert.ToHexString(bytes.AsSpan(..^length)));
    }

    [Theory]
    [InlineData("\n", "a\nb", 1)]
    [InlineData("\r\n", "a\r\nb", 1)]
    [InlineData("aa", "xa", 1)]
    [InlineData("aab", "xaab", 1)]
    [InlineData("abab", "xab", 1)]
    public void Frame_containing_delimiter_is_refused(string delimiter, string text, int at)
    {
        Framed framing = Framed.Delimiter(Bytes(delimiter), 10);
        var output = new ArrayBufferWriter<byte>();
        var refused = Assert.Throws<ArgumentException>("frame", () => framing.Write(output, Bytes(text)));
        string message = $"The frame must not contain the delimiter, which a reader would find at index {at}.";
        Assert.StartsWith(message, refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, output.WrittenCount);
    }

    [Theory]
    [InlineData("\r\n", "a\r")]
    [InlineData("aab", "a")]
    [InlineData("abab", "aba")]
    public async Task Frame_ending_with_delimiter_prefix_is_read_back(string delimiter, string frame)
    {
        Framed framing = Framed.Delimiter(Bytes(delimiter), 10);
        byte[] bytes = Wire.Of(framing, Bytes(frame), Bytes(frame));
        var reader = new FrameReader(await Wire.ArrivingAsync([.. bytes.Chunk(1)]), framing);
        Assert.Equal([Bytes(frame), Bytes(frame)], await reader.ReadAllAsync());
    }

    public static TheoryData<string> Kinds => [.. FramingKinds.Names];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Frame_over_limit_is_refused_before_any_write(string kind)
    {
        Framed framing = FramingKinds.Of(kind, 4);
        var output = new ArrayBufferWriter<byte>();
        var refused = Assert.Throws<ArgumentException>("frame", () => framing.Write(output, new byte[5]));
        Assert.Contains("5", refused.Message, StringComparison.Ordinal);
        Assert.Contains("4", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, output.WrittenCount);
    }

    [Fact]
    public void Invalid_framing_settings_are_refused()
    {
        Assert.Equal(0, Assert.Throws<ArgumentOutOfRangeException>("limit", () => Framed.FixedLength(0)).ActualValue);
        Assert.Equal(-1, Assert.Throws<ArgumentOutOfRangeException>("limit", () => Framed.VarintPrefix(-1)).ActualValue);
        Assert.Throws<ArgumentException>("delimiter", () => Framed.Delimiter([], 10));
        Assert.Equal(3, Assert.Throws<ArgumentOutOfRangeException>("size", () => Framed.LengthPrefix(3, 10)).ActualValue);
        var small = Assert.Throws<ArgumentOutOfRangeException>("limit", () => Framed.LengthPrefix(1, 256));
        Assert.StartsWith("The limit must not exceed 255 if size is 1.", small.Message, StringComparison.Ordinal);
        Assert.Equal(65_536, Assert.Throws<ArgumentOutOfRangeException>("limit", () => Framed.LengthPrefix(2, 65_536)).ActualValue);
        Assert.Equal(255, Framed.LengthPrefix(1, 255).Limit);
        Assert.Equal(65_535, Framed.LengthPrefix(2, 65_535).Limit);
        Assert.Equal(int.MaxValue, Framed.LengthPrefix(4, int.MaxValue).Limit);
    }

    static byte[] Bytes(string text) => System.Text.Encoding.Latin1.GetBytes(text);
}
