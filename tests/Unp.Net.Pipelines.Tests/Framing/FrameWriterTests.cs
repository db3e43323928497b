using System.Buffers;
using System.IO.Pipelines;
using Framed = Unp.Net.Pipelines.Framing;

namespace Unp.Net.Pipelines.Tests.Framing;

public class FrameWriterTests
{
    readonly Pipe pipe = new();

    [Fact]
    public async Task Written_frames_are_sent_together_at_flush()
    {
        var writer = new FrameWriter(pipe.Writer, Framed.LengthPrefix(1, 255));
        writer.Write("one"u8);
        writer.Write(new ReadOnlySequence<byte>("two"u8.ToArray()));
        Assert.False(pipe.Reader.TryRead(out _));
        await writer.FlushAsync();
        Assert.Equal("\x03one\x03two"u8.ToArray(), await ReadAsync());
        await writer.WriteAsync("three"u8.ToArray());
        Assert.Equal("\x05three"u8.ToArray(), await ReadAsync());
    }

    [Fact]
    public async Task Segmented_frame_is_written_as_one_frame()
    {
        var writer = new FrameWriter(pipe.Writer, Framed.Delimiter("\n"u8, 100));
        var source = new Pipe(new PipeOptions(minimumSegmentSize: 16, useSynchronizationContext: false));
        await source.Writer.WriteAsync(new byte[50]);
        ReadOnlySequence<byte> pieces = (await source.Reader.ReadAsync()).Buffer;
        Assert.False(pieces.IsSingleSegment);
        await writer.WriteAsync(pieces);
        Assert.Equal((byte[])[.. new byte[50], (byte)'\n'], await ReadAsync());

        writer = new FrameWriter(pipe.Writer, Framed.Delimiter("\n"u8, 49));
        Assert.Throws<ArgumentException>("frame", () => writer.Write(pieces));
        await pipe.Writer.FlushAsync();
        Assert.False(pipe.Reader.TryRead(out _));
    }

    [Fact]
    public void Write_allocates_nothing()
    {
        var output = new PipeWriterThatForgets();
        foreach (string kind in FramingKinds.Names)
        {
            var writer = new FrameWriter(output, FramingKinds.Of(kind, 5));
            byte[] frame = [1, 2, 3, 4, 5];
            AllocationCheck.AssertFree(kind, () => writer.Write(frame));
        }
    }

    async Task<byte[]> ReadAsync()
    {
        ReadResult result = await pipe.Reader.ReadAsync();
        byte[] bytes = result.Buffer.ToArray();
        pipe.Reader.AdvanceTo(result.Buffer.End);
        return bytes;
    }

    sealed class PipeWriterThatForgets : PipeWriter
    {
        readonly byte[] room = new byte[100];

        public override void Advance(int bytes)
        {
        }

        public override Memory<byte> GetMemory(int sizeHint = 0) => room;

        public override Span<byte> GetSpan(int sizeHint = 0) => room;

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => default;

        public override void CancelPendingFlush()
        {
        }

        public override void Complete(Exception? exception = null)
        {
        }
    }
}
