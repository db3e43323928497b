using System.Buffers;
using System.IO.Pipelines;
using Unp.Net.Pipelines;

namespace Unp.Samples.framing;

/// <summary>Client that sends each typed line as a frame and prints each received frame as a line (UNP 3.9).</summary>
static class framecli
{
    public static void Main(string[] args, ProgramOptions options) => LoopProgram.Run(async loop =>
    {
        if (args.Length != 1)
            options.Usage("<IPaddress>");

        Framing framing = FrameOptions.Of(options);
        SockAddr servaddr = SockAddr.Inet(args[0], options.Port ?? SERV_PORT);
        using var sockfd = new LoopSocket(loop, Socket(servaddr.Family, SOCK_STREAM));
        await sockfd.ConnectAsync(servaddr, loop.Stopping);
        try
        {
            await Str_cli(sockfd, framing, FrameOptions.MinSize(options));
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            err_quit($"framecli: {e.Message}");
        }
    });

    static async Task Str_cli(LoopSocket sockfd, Framing framing, int minSize)
    {
        // leaveOpen restores the blocking mode. The last one is restored first, because both may be one terminal.
        using var input = new LoopSocket(sockfd.Loop, Fd.StandardInput, leaveOpen: true);
        using var output = new LoopSocket(sockfd.Loop, Fd.StandardOutput, leaveOpen: true);
        var server = new LoopConnection(sockfd);
        Task sending = Send(PipeReader.Create(new LoopStream(input)), server.Output, framing, minSize, sockfd.Loop.Stopping);
        Task printing = Print(new FrameReader(server.Input, framing), PipeWriter.Create(new LoopStream(output)), sockfd.Loop.Stopping);
        await await Task.WhenAny(sending, printing);
        if (!sending.IsCompleted)
            err_quit("framecli: server terminated prematurely");
        await printing;
    }

    static async Task Send(PipeReader input, PipeWriter server, Framing framing, int minSize, CancellationToken stopping)
    {
        var writer = new FrameWriter(server, framing);
        ReadResult read;
        do
        {
            read = await input.ReadAsync(stopping);
            ReadOnlySequence<byte> rest = read.Buffer;
            while (Lines.TryTake(ref rest, read.IsCompleted, out ReadOnlySequence<byte> line))
                Write(writer, line.ToArray(), minSize, framing.Limit);
            input.AdvanceTo(rest.Start, rest.End);
            await writer.FlushAsync(stopping);
        }
        while (!read.IsCompleted);
        await server.CompleteAsync();
    }

    /// <summary>
    /// Writes a line without its newline, padded with blanks if all frames have one size. A line that is too long is reported and skipped.
    /// </summary>
    static void Write(FrameWriter writer, ReadOnlySpan<byte> line, int minSize, int limit)
    {
        ReadOnlySpan<byte> text = line.TrimEnd((byte)'\n');
        if (text.Length > limit)
        {
            err_msg($"not sent: a line of {text.Length} bytes exceeds the frame limit of {limit}");
            return;
        }
        Span<byte> frame = new byte[Math.Max(text.Length, minSize)];
        frame.Fill((byte)' ');
        text.CopyTo(frame);
        writer.Write(frame);
    }

    static async Task Print(FrameReader server, PipeWriter output, CancellationToken stopping)
    {
        while (await server.ReadAsync(stopping) is { } frame)
        {
            foreach (ReadOnlyMemory<byte> piece in frame)
                output.Write(piece.Span);
            output.Write("\n"u8);
            await output.FlushAsync(stopping);
        }
    }
}
