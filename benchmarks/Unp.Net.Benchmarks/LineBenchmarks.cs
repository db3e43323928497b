using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using BenchmarkDotNet.Attributes;
using static Unp.Net.Libunp;

namespace Unp.Net.Benchmarks;

/// <summary>Benchmarks of reading 35-byte lines from a socket pair, through buffers of 64 KiB.</summary>
public class LineBenchmarks
{
    const int Lines = 200_000;
    const int BufferSize = 64 * 1024;

    readonly List<IDisposable> opened = [];
    nint memchrReader;
    nint bytewiseReader;
    Fd readlineFd = null!;
    LineReader sliceReader = null!;
    PipeReader pipeReader = null!;
    StreamReader streamReader = null!;

    [GlobalSetup]
    public void Open()
    {
        memchrReader = Reference.c_reader_new((int)NewFeed().DangerousGetHandle(), BufferSize);
        bytewiseReader = Reference.c_reader_new((int)NewFeed().DangerousGetHandle(), BufferSize);
        readlineFd = NewFeed();
        LineReader.For(readlineFd, BufferSize);
        sliceReader = LineReader.For(NewFeed(), BufferSize);
        pipeReader = PipeReader.Create(NewStream(), new StreamPipeReaderOptions(bufferSize: BufferSize));
        streamReader = new StreamReader(NewStream(), bufferSize: BufferSize);
    }

    [GlobalCleanup]
    public void Close()
    {
        foreach (IDisposable feed in opened)
            feed.Dispose();
        Reference.c_reader_free(memchrReader);
        Reference.c_reader_free(bytewiseReader);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Lines)]
    public long C_memchr_and_copy() => Checked(Reference.c_read_lines(memchrReader, Lines));

    [Benchmark(OperationsPerInvoke = Lines)]
    public long C_book_bytewise() => Checked(Reference.c_read_lines_bytewise(bytewiseReader, Lines));

    [Benchmark(OperationsPerInvoke = Lines)]
    public long Libunp_Readline()
    {
        Span<byte> line = stackalloc byte[MAXLINE];
        long bytes = 0;
        for (int i = 0; i < Lines; i++)
            bytes += Readline(readlineFd, line);
        return Checked(bytes);
    }

    [Benchmark(OperationsPerInvoke = Lines)]
    public long LineReader_slices()
    {
        long bytes = 0;
        for (int i = 0; i < Lines; i++)
            bytes += sliceReader.ReadLine().Length;
        return Checked(bytes);
    }

    [Benchmark(OperationsPerInvoke = Lines)]
    public long PipeReader_slices()
    {
        long bytes = 0;
        int lines = 0;
        while (lines < Lines)
        {
            ValueTask<ReadResult> read = pipeReader.ReadAsync();
            ReadOnlySequence<byte> buffer = (read.IsCompletedSuccessfully ? read.Result : read.AsTask().Result).Buffer;
            var sequence = new SequenceReader<byte>(buffer);
            while (lines < Lines && sequence.TryReadTo(out ReadOnlySequence<byte> line, (byte)'\n'))
            {
                bytes += line.Length + 1;
                lines++;
            }
            pipeReader.AdvanceTo(sequence.Position, lines < Lines ? buffer.End : sequence.Position);
        }
        return Checked(bytes);
    }

    [Benchmark(OperationsPerInvoke = Lines)]
    public long StreamReader_ReadLine()
    {
        long bytes = 0;
        for (int i = 0; i < Lines; i++)
            bytes += streamReader.ReadLine()!.Length + 1;
        return Checked(bytes);
    }

    /// <summary>Throws if a reader lost or doubled a byte, because the measurement is then void.</summary>
    static long Checked(long bytes) =>
        bytes == (long)Lines * Feed.LineSize
            ? bytes
            : throw new InvalidOperationException($"{bytes} bytes in {Lines} lines of {Feed.LineSize}");

    Fd NewFeed()
    {
        var feed = new Feed();
        opened.Add(feed);
        return feed.Reader;
    }

    NetworkStream NewStream() => new(new Socket(NewFeed().ToSocketHandle()), ownsSocket: true);
}
