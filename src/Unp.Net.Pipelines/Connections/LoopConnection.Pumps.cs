using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using static Unp.Net.Libc;

namespace Unp.Net.Pipelines;

// What goes on between the pipes and the socket, on the loop's thread, as long as the connection lasts.
public sealed partial class LoopConnection
{
    async Task ReceiveAsync(ReadAhead ahead)
    {
        try
        {
            await Socket.Loop.SwitchTo();
            PipeWriter writer = ahead.Writer;
            FlushResult flushed;
            do
            {
                if (options.WaitForDataBeforeAllocatingBuffer)
                    await Socket.WaitReadableAsync().ConfigureAwait(false);
                int n = await Socket.ReceiveAsync(writer.GetMemory()).ConfigureAwait(false);
                if (n == 0)
                    break;
                writer.Advance(n);
                flushed = await writer.FlushAsync().ConfigureAwait(false);
            }
            while (!flushed.IsCompleted);
            ahead.End(null);
        }
        catch (Exception e)
        {
            ahead.End(e);
        }
    }

    async Task SendAsync(PipeReader reader)
    {
        Exception? failure = null;
        try
        {
            await Socket.Loop.SwitchTo();
            ReadResult result;
            do
            {
                result = await NextAsync(reader).ConfigureAwait(false);
                ReadOnlySequence<byte> buffer = result.Buffer;
                if (buffer.IsSingleSegment)
                    await Socket.SendAsync(buffer.First).ConfigureAwait(false);
                else
                    await Socket.SendAsync(buffer).ConfigureAwait(false);
                reader.AdvanceTo(buffer.End);
            }
            while (!result.IsCompleted);
            Socket.Shutdown(SHUT_WR);
        }
        catch (Exception e)
        {
            failure = e;
        }
        await reader.CompleteAsync(failure).ConfigureAwait(false);
    }

    /// <summary>What is to be sent next. What <see cref="Output"/> was completed with aborts the connection.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    async ValueTask<ReadResult> NextAsync(PipeReader reader)
    {
        try
        {
            return await reader.ReadAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            Abort(e);
            throw;
        }
    }
}
