using FsCheck;
using FsCheck.Fluent;
using Framed = Unp.Net.Pipelines.Framing;

namespace Unp.Net.Pipelines.Tests.Framing;

/// <summary>Property tests: the reader returns the frames that were sent, however the bytes are split on arrival.</summary>
public class FramePropertyTests
{
    const int Limit = 200;

    static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(500).WithQuietOnSuccess(true);

    // Only a few different bytes, so that about half of the frames contain delimiters or their first bytes.
    static readonly Gen<byte[]> Frame =
        from length in Gen.OneOf(Gen.Choose(0, 5), Gen.Choose(0, Limit), Gen.Constant(Limit))
        from bytes in Gen.ArrayOf(Gen.Elements((byte)'a', (byte)'b', (byte)'\r', (byte)'\n', (byte)0, (byte)0x80, (byte)0xff), length)
        select bytes;

    static readonly Gen<(string Kind, byte[][] Frames, int[] Cuts)> Streams =
        from kind in Gen.Elements(FramingKinds.Names.ToArray())
        from frames in Gen.ArrayOf(Frame)
        from cuts in Gen.ArrayOf(Gen.Choose(1, 50), 20)
        select (kind, frames, cuts);

    [Fact]
    public void Received_frames_equal_sent_frames() => Prop.ForAll(Streams.ToArbitrary(), stream =>
    {
        Framed framing = FramingKinds.Of(stream.Kind, Limit);
        byte[][] sent = [.. stream.Frames.Where(frame => IsAccepted(framing, frame))];
        var reader = new FrameReader(Arriving(Wire.Of(framing, sent), stream.Cuts), framing);
        List<byte[]> arrived = reader.ReadAllAsync().Within();
        return arrived.Count == sent.Length && arrived.Zip(sent).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second));
    }).Check(Config);

    [Fact]
    public void Random_bytes_yield_frames_or_error() => Prop.ForAll(Streams.ToArbitrary(), stream =>
    {
        byte[] noise = [.. stream.Frames.SelectMany(frame => frame)];
        var reader = new FrameReader(Arriving(noise, stream.Cuts), FramingKinds.Of(stream.Kind, Limit));
        int bytes = 0;
        try
        {
            while (reader.ReadAsync().AsTask().Within() is { } frame)
                bytes += (int)frame.Length;
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
        }
        return bytes <= noise.Length;
    }).Check(Config);

    static bool IsAccepted(Framed framing, byte[] frame)
    {
        try
        {
            Wire.Of(framing, frame);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    static System.IO.Pipelines.PipeReader Arriving(byte[] bytes, int[] cuts)
    {
        var pieces = new List<byte[]>();
        for (int at = 0, i = 0; at < bytes.Length; at += cuts[i], i = (i + 1) % cuts.Length)
            pieces.Add(bytes[at..Math.Min(bytes.Length, at + cuts[i])]);
        return Wire.ArrivingAsync(pieces).Within();
    }
}
