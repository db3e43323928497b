using System.Buffers;
using System.IO.Pipelines;
using Framed = Unp.Net.Pipelines.Framing;

namespace Unp.Net.Pipelines.Tests.Framing;

public class FrameReaderTests
{
    public static TheoryData<string> Kinds => [.. FramingKinds.Names];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task End_between_frames_returns_null(string kind)
    {
        Framed framing = FramingKinds.Of(kind, 3);
        var reader = new FrameReader(await Wire.ArrivingAsync(Wire.Of(framing, "one"u8.ToArray())), framing);
        Assert.Equal("one"u8.ToArray(), (await reader.ReadAsync())!.Value.ToArray());
        Assert.Null(await reader.ReadAsync());
        Assert.Null(await reader.ReadAsync());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task End_inside_frame_throws_EndOfStreamException(string kind)
    {
        Framed framing = FramingKinds.Of(kind, 3);
        byte[] bytes = Wire.Of(framing, "one"u8.ToArray(), "two"u8.ToArray());
        var reader = new FrameReader(await Wire.ArrivingAsync(bytes[..^1]), framing);
        Assert.Equal("one"u8.ToArray(), (await reader.ReadAsync())!.Value.ToArray());
        var cut = await Assert.ThrowsAsync<EndOfStreamException>(async () => await reader.ReadAsync());
        Assert.Equal($"The peer has ended the stream inside a frame, after {(bytes.Length / 2) - 1} bytes of it.", cut.Message);
    }

    [Theory]
    [InlineData("1", "FF", "The frame has 255 bytes, more than the limit of 100.")]
    [InlineData("2", "0065", "The frame has 101 bytes, more than the limit of 100.")]
    [InlineData("4", "FFFFFFFF", "The frame has 4294967295 bytes, more than the limit of 100.")]
    [InlineData("8", "FFFFFFFFFFFFFFFF", "The frame has 18446744073709551615 bytes, more than the limit of 100.")]
    [InlineData("varint", "65", "The frame has 101 bytes, more than the limit of 100.")]
    [InlineData("varint", "FFFFFFFFFFFFFFFFFF01", "The frame has 18446744073709551615 bytes, more than the limit of 100.")]
    [InlineData("varint", "FFFFFFFFFFFFFFFFFF02", "The length prefix of the frame exceeds 64 bits.")]
    [InlineData("varint", "8080808080808080808000", "The length prefix of the frame exceeds 64 bits.")]
    public async Task Length_over_limit_fails_before_frame_arrives(string kind, string bytes, string message)
    {
        var pipe = new Pipe();
        await pipe.Writer.WriteAsync(Convert.FromHexString(bytes));
        var reader = new FrameReader(pipe.Reader, FramingKinds.Of(kind, 100));
        Assert.Equal(message, (await Assert.ThrowsAsync<InvalidDataException>(async () => await reader.ReadAsync())).Message);
        var completed = await Assert.ThrowsAsync<InvalidDataException>(async () => await pipe.Writer.WriteAsync("more"u8.ToArray()));
        Assert.Equal(message, completed.Message);
    }

    [Theory]
    [InlineData("\\n")]
    [InlineData("\\r\\n")]
    public async Task Frame_without_delimiter_is_refused_at_limit(string kind)
    {
        Framed framing = FramingKinds.Of(kind, 100);
        byte[] longest = Wire.Of(framing, new byte[100]);
        var reader = new FrameReader(await Wire.ArrivingAsync([.. longest.Chunk(1)]), framing);
        Assert.Equal(100, (await reader.ReadAsync())!.Value.Length);

        int delimiter = longest.Length - 100;
        reader = new FrameReader(await Wire.ArrivingAsync([[.. new byte[100 + delimiter]]], ends: false), framing);
        var endless = await Assert.ThrowsAsync<InvalidDataException>(async () => await reader.ReadAsync());
        Assert.Equal($"The frame has no delimiter in its first {100 + delimiter} bytes. The limit is 100.", endless.Message);

        reader = new FrameReader(await Wire.ArrivingAsync([[0, .. longest]], ends: false), framing);
        var tooLong = await Assert.ThrowsAsync<InvalidDataException>(async () => await reader.ReadAsync());
        Assert.Equal("The frame has 101 bytes, more than the limit of 100.", tooLong.Message);
    }

    [Fact]
    public async Task Cancelled_read_loses_nothing()
    {
        var pipe = new Pipe();
        var reader = new FrameReader(pipe.Reader, Framed.Delimiter("\n"u8, 10));
        await pipe.Writer.WriteAsync("be"u8.ToArray());
        using var cancel = new CancellationTokenSource();
        Task<ReadOnlySequence<byte>?> pending = reader.ReadAsync(cancel.Token).AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pending);

        pending = reader.ReadAsync(TestContext.Current.CancellationToken).AsTask();
        pipe.Reader.CancelPendingRead();
        await Assert.ThrowsAsync<OperationCanceledException>(() => pending);

        await pipe.Writer.WriteAsync("gin\n"u8.ToArray());
        Assert.Equal("begin"u8.ToArray(), (await reader.ReadAsync())!.Value.ToArray());
    }

    [Fact]
    public async Task Frame_longer_than_pipe_capacity_arrives()
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 4096, resumeWriterThreshold: 2048, useSynchronizationContext: false));
        Framed framing = Framed.LengthPrefix(4, 1_000_000);
        byte[] long1 = new byte[1_000_000];
        Random.Shared.NextBytes(long1);
        Task writing = Task.Run(async () =>
        {
            foreach (byte[] piece in Wire.Of(framing, long1).Chunk(1000))
                await pipe.Writer.WriteAsync(piece);
        });
        var reader = new FrameReader(pipe.Reader, framing);
        Assert.Equal(long1, (await reader.ReadAsync().AsTask().WaitAsync(Limit.Default))!.Value.ToArray());
        await writing.WaitAsync(Limit.Default);
    }

    /// <summary>Otherwise a client that sends byte by byte would cost quadratic time.</summary>
    [Fact]
    public void Delimiter_framing_examines_each_byte_once()
    {
        Framed framing = Framed.Delimiter("\n"u8, 10);
        long examined = 0;
        Assert.False(framing.TryRead(new("abc"u8.ToArray()), ref examined, out _, out _));
        Assert.Equal(3, examined);
        Assert.False(framing.TryRead(new("a\ncd"u8.ToArray()), ref examined, out _, out _));
        Assert.True(framing.TryRead(new("a\ncd\n"u8.ToArray()), ref examined, out ReadOnlySequence<byte> frame, out _));
        Assert.Equal(4, frame.Length);
    }

    [Fact]
    public async Task Reader_passes_examined_count_of_same_frame()
    {
        var framing = new Recording();
        var pipe = new Pipe(new PipeOptions(readerScheduler: PipeScheduler.Inline, useSynchronizationContext: false));
        Task<List<byte[]>> reading = new FrameReader(pipe.Reader, framing).ReadAllAsync();
        foreach (byte[] piece in (byte[][])["a"u8.ToArray(), "b"u8.ToArray(), ".cd"u8.ToArray(), "."u8.ToArray()])
            await pipe.Writer.WriteAsync(piece);
        await pipe.Writer.CompleteAsync();
        Assert.Equal(["ab"u8.ToArray(), "cd"u8.ToArray()], await reading.WaitAsync(Limit.Default));
        Assert.Equal([0, 1, 2, 0, 2], framing.Examined);
    }

    [Fact]
    public async Task Read_of_buffered_frame_allocates_nothing()
    {
        Framed framing = Framed.LengthPrefix(2, 100);
        var reader = new FrameReader(await Wire.ArrivingAsync(Wire.Of(framing, Enumerable.Repeat("frame"u8.ToArray(), 3000))), framing);
        AllocationCheck.AssertFree("a frame", () =>
        {
            ValueTask<ReadOnlySequence<byte>?> read = reader.ReadAsync();
            Assert.True(read.IsCompletedSuccessfully);
            Assert.True(read.Result!.Value.Length == 5);
        });
    }

    [Fact]
    public async Task Custom_framing_can_be_derived()
    {
        var reader = new FrameReader(await Wire.ArrivingAsync("<a><bc>"u8.ToArray()), new Angles());
        Assert.Equal(["a"u8.ToArray(), "bc"u8.ToArray()], await reader.ReadAllAsync());
    }

    sealed class Angles() : Framed(10)
    {
        public override bool TryRead(
            in ReadOnlySequence<byte> buffer, ref long examined, out ReadOnlySequence<byte> frame, out SequencePosition end)
        {
            SequencePosition? close = buffer.PositionOf((byte)'>');
            frame = close is { } at ? buffer.Slice(0, at).Slice(1) : default;
            end = close is { } position ? buffer.GetPosition(1, position) : default;
            return close is not null;
        }

        public override void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> frame) => throw new NotSupportedException();
    }

    /// <summary>A framing with a full stop as the delimiter, which records the examined counts.</summary>
    sealed class Recording() : Framed(10)
    {
        readonly Framed stops = Delimiter("."u8, 10);

        public List<long> Examined { get; } = [];

        public override bool TryRead(
            in ReadOnlySequence<byte> buffer, ref long examined, out ReadOnlySequence<byte> frame, out SequencePosition end)
        {
            Examined.Add(examined);
            return stops.TryRead(buffer, ref examined, out frame, out end);
        }

        public override void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> frame) => throw new NotSupportedException();
    }
}
