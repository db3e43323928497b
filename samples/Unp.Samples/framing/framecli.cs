using System.Buffers;
using System.IO.Pipelines;
using Unp.Net.Pipelines;

namespace Unp.Samples.framing;

/// <summary>Sends each line that is typed as a frame, and prints each frame that comes as a line (beside section 3.9).</summary>
static class framecli
{
    public static void Main(string[] args, Options options) => LoopProgram.Run(async loop =>
    {
        if (args.Length != 1)
            err_quit("usage: framecli <IPaddress>");

        Framing framing = FrameOptions.Of(options);
        SockAddr servaddr = SockAddr.Inet(args[0], options.Port ?? SERV_PORT);
        using var sockfd = new LoopSocket(loop, Socket(servaddr.Family, SOCK_STREAM));
        await sockfd.ConnectAsync(servaddr, loop.Stopping);
        try
        {
            await Str_cli(sockfd, framing, FrameOptions.Least(options));
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            err_quit($"framecli: {e.Message}");
        }
    });

    static async Task Str_cli(LoopSocket sockfd, Framing framing, int least)
    {
        // Left as they were, the last one first, since both may be one terminal.
        using var input = new LoopSocket(sockfd.Loop, Fd.StandardInput, leaveOpen: true);
        using var output = new LoopSocket(sockfd.Loop, Fd.StandardOutput, leaveOpen: true);
        var server = new LoopConnection(sockfd);
        Task sending = Send(PipeReader.Create(new LoopStream(input)), server.Output, framing, least, sockfd.Loop.Stopping);
        Task printing = Print(new FrameReader(server.Input, framing), PipeWriter.Create(new LoopStream(output)), sockfd.Loop.Stopping);
        await await Task.WhenAny(sending, printing);
        if (!sending.IsCompleted)
            err_quit("framecli: server terminated prematurely");
        await printing;
    }

    static async Task Send(PipeReader input, PipeWriter server, Framing framing, int least, CancellationToken stopping)
    {
        var writer = new FrameWriter(server, framing);
        ReadResult read;
        do
        {
            read = await input.ReadAsync(stopping);
            ReadOnlySequence<byte> rest = read.Buffer;
            while (Lines.TryTake(ref rest, read.IsCompleted, out ReadOnlySequence<byte> line))
                Write(writer, line.ToArray(), least, framing.Limit);
            input.AdvanceTo(rest.Start, rest.End);
            await writer.FlushAsync(stopping);
        }
        while (!read.IsCompleted);
        await server.CompleteAsync();
    }

    /// <summary>Writes a line without its newline, filled with blanks where all frames have one length; one that is too long is told and left out.</summary>
    static void Write(FrameWriter writer, ReadOnlySpan<byte> line, int least, int limit)
    {
        ReadOnlySpan<byte> text = line.TrimEnd((byte)'\n');
        if (text.Length > limit)
        {
            err_msg($"not sent: {text.Length} bytes, and a frame has {limit} at the most");
            return;
        }
        Span<byte> frame = new byte[Math.Max(text.Length, least)];
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
