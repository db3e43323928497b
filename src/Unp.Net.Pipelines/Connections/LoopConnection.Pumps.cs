using System.Buffers;
using System.IO.Pipelines;
using static Unp.Net.Libc;

namespace Unp.Net.Pipelines;

// What goes on between the pipes and the socket, on the loop's thread, as long as the connection lasts.
public sealed partial class LoopConnection
{
    bool GivesUp => options.GivesUpWhenFailed && ahead is not null;

    async Task ReceiveAsync(ReadAhead ahead)
    {
        Exception? failure = null;
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
        }
        catch (Exception e)
        {
            failure = options.Translate?.Invoke(e) ?? e;
        }
        received.SetResult();
        ahead.End(failure);
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
                try
                {
                    result = await reader.ReadAsync().ConfigureAwait(false);
                }
                catch (Exception e)
                {
                    Abort(e); // it is what Output was completed with
                    throw;
                }
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
        if (failure is not null && GivesUp)
            await GiveUpAsync(failure).ConfigureAwait(false);
        await reader.CompleteAsync(GivesUp ? null : failure).ConfigureAwait(false);
    }

    /// <summary>
    /// Ends the receiving too, which is where such a connection tells its failure: in the next turn, so that who has written, and is not told by that, comes to
    /// read meanwhile.
    /// </summary>
    async ValueTask GiveUpAsync(Exception failure)
    {
        try
        {
            await Socket.Loop.Delay(TimeSpan.Zero).ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            // There is no next turn.
        }
        Close(failure);
    }

    void Close(Exception reason)
    {
        Socket.Close(reason);
        ahead?.Writer.CancelPendingFlush(); // nobody need read first what has arrived
    }
}
