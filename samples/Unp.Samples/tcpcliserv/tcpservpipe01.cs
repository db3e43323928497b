using System.Buffers;
using System.IO.Pipelines;
using Unp.Net.Pipelines;

namespace Unp.Samples.tcpcliserv;

/// <summary>TCP echo server for lines on one thread. Each client has an input pipe and an output pipe (UNP 5.3).</summary>
static class tcpservpipe01
{
    public static void Main(string[] args, ProgramOptions options)
    {
        using var loops = new EventLoopGroup(1);
        var listenerOptions = new LoopListenerOptions { OnRefused = (_, reason) => err_msg($"too many clients: {reason.Message}") };
        using LoopListener listener = loops.Serve(options.ServerAddress(AF_INET, SERV_PORT), Str_echo, listenerOptions);
        options.Ready(listener);
        Thread.Sleep(Timeout.Infinite);
    }

    static async Task Str_echo(LoopSocket connfd)
    {
        await using var client = new LoopConnection(connfd);
        try
        {
            ReadResult read;
            do
            {
                read = await client.Input.ReadAsync();
                ReadOnlySequence<byte> rest = read.Buffer;
                while (Lines.TryTake(ref rest, read.IsCompleted, out ReadOnlySequence<byte> line))
                {
                    foreach (ReadOnlyMemory<byte> piece in line)
                        client.Output.Write(piece.Span);
                }
                client.Input.AdvanceTo(rest.Start, rest.End);
                await client.Output.FlushAsync();
            }
            while (!read.IsCompleted);
        }
        catch (UnpException)
        {
            // This client is gone. The other clients are not affected.
        }
    }
}
