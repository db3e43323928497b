using System.Buffers;
using Framed = Unp.Net.Pipelines.Framing;

namespace Unp.Net.Pipelines.Tests.Framing;

/// <summary>The bytes on the wire, and what goes on none.</summary>
public class FramingTests
{
    [Fact]
    public void Frames_of_one_length_stand_side_by_side() =>
        Assert.Equal("onetwo"u8, Wire.Of(Framed.FixedLength(3), "one"u8.ToArray(), "two"u8.ToArray()));

    [Fact]
    public void Delimiter_stands_behind_each_frame() =>
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
    public void Length_stands_before_a_frame(int size, bool littleEndian, string prefix) =>
        Assert.Equal(prefix + "6F6E65", Convert.ToHexString(Wire.Of(Framed.LengthPrefix(size, 100, littleEndian), "one"u8.ToArray())));

    [Theory]
    [InlineData(0, "00")]
    [InlineData(1, "01")]
    [InlineData(127, "7F")]
    [InlineData(128, "8001")]
    [InlineData(300, "AC02")]
    [InlineData(16_384, "808001")]
    [InlineData(2_097_151, "FFFF7F")]
    public void Length_of_seven_bits_a_byte_stands_before_a_frame(int length, string prefix)
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
    public void Frame_with_the_delimiter_in_it_is_refused(string delimiter, string text, int at)
    {
        Framed framing = Framed.Delimiter(Bytes(delimiter), 10);
        var output = new ArrayBufferWriter<byte>();
        var refused = Assert.Throws<ArgumentException>("frame", () => framing.Write(output, Bytes(text)));
        Assert.StartsWith($"The frame must not contain the delimiter, which a reader would find at index {at}.", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, output.WrittenCount);
    }

    [Theory]
    [InlineData("\r\n", "a\r")]
    [InlineData("aab", "a")]
    [InlineData("abab", "aba")]
    public async Task Frame_that_ends_like_the_beginning_of_the_delimiter_is_read_back(string delimiter, string frame)
    {
        Framed framing = Framed.Delimiter(Bytes(delimiter), 10);
        byte[] bytes = Wire.Of(framing, Bytes(frame), Bytes(frame));
        var reader = new FrameReader(await Wire.ArrivingAsync([.. bytes.Chunk(1)]), framing);
        Assert.Equal([Bytes(frame), Bytes(frame)], await reader.ReadAllAsync());
    }

    public static TheoryData<string> Kinds => [.. FramingKinds.Names];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Frame_over_the_limit_is_refused_before_anything_is_written(string kind)
    {
        Framed framing = FramingKinds.Of(kind, 4);
        var output = new ArrayBufferWriter<byte>();
        var refused = Assert.Throws<ArgumentException>("frame", () => framing.Write(output, new byte[5]));
        Assert.Contains("5", refused.Message, StringComparison.Ordinal);
        Assert.Contains("4", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, output.WrittenCount);
    }

    [Fact]
    public void Settings_that_make_no_framing_are_refused_by_their_value()
    {
        Assert.Equal(0, Assert.Throws<ArgumentOutOfRangeException>("limit", () => Framed.FixedLength(0)).ActualValue);
        Assert.Equal(-1, Assert.Throws<ArgumentOutOfRangeException>("limit", () => Framed.VarintPrefix(-1)).ActualValue);
        Assert.Throws<ArgumentException>("delimiter", () => Framed.Delimiter([], 10));
        Assert.Equal(3, Assert.Throws<ArgumentOutOfRangeException>("size", () => Framed.LengthPrefix(3, 10)).ActualValue);
        var small = Assert.Throws<ArgumentOutOfRangeException>("limit", () => Framed.LengthPrefix(1, 256));
        Assert.StartsWith("The limit must not exceed 255 with a prefix of 1 bytes.", small.Message, StringComparison.Ordinal);
        Assert.Equal(65_536, Assert.Throws<ArgumentOutOfRangeException>("limit", () => Framed.LengthPrefix(2, 65_536)).ActualValue);
        Assert.Equal((255, 65_535, int.MaxValue), (Framed.LengthPrefix(1, 255).Limit, Framed.LengthPrefix(2, 65_535).Limit, Framed.LengthPrefix(4, int.MaxValue).Limit));
    }

    static byte[] Bytes(string text) => System.Text.Encoding.Latin1.GetBytes(text);
}
