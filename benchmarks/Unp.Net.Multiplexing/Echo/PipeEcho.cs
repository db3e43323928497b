using System.Buffers;
using System.IO.Pipelines;

namespace Unp.Net.Multiplexing;

/// <summary>The echo of all servers with pipes.</summary>
static class PipeEcho
{
    /// <summary>Copies input to output until the peer ends.</summary>
    internal static async Task RunAsync(IDuplexPipe connection)
    {
        PipeReader input = connection.Input;
        PipeWriter output = connection.Output;
        ReadResult result;
        do
        {
            result = await input.ReadAsync();
            foreach (ReadOnlyMemory<byte> piece in result.Buffer)
                output.Write(piece.Span);
            input.AdvanceTo(result.Buffer.End);
            await output.FlushAsync();
        }
        while (!result.IsCompleted);
    }
}
