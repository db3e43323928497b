using System.Buffers;
using System.IO.Pipelines;

namespace Unp.Net.Multiplexing;

/// <summary>The echo of all that have pipes.</summary>
static class PipeEcho
{
    /// <summary>Copies what comes in to what goes out, until the peer is done.</summary>
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
