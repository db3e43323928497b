using Unp.Net.Pipelines;

namespace Unp.Samples.tcpcliserv;

/// <summary>
/// The listening socket of a server on an event loop: <see cref="EchoListener"/> for async and await. A client for which no descriptor is
/// free stays in the kernel's queue.
/// </summary>
sealed class AsyncListener(EventLoop loop, Fd listenfd) : IDisposable
{
    static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(100);

    readonly LoopSocket listener = new(loop, listenfd);
    bool isReported;

    /// <summary>Accepts the next client. Prints the first failure, and repeats the call until it succeeds.</summary>
    public async Task<LoopSocket> AcceptAsync()
    {
        while (true)
        {
            try
            {
                return await listener.AcceptAsync();
            }
            catch (ArgumentOutOfRangeException e)
            {
                err_msg($"too many clients: {e.Message}"); // the client does not fit into the set of select, and is closed
            }
            catch (UnpException e) when (Acceptor.CanRetry(e.Errno))
            {
                if (!isReported)
                    err_msg($"{e.Message}; pausing until a connection closes");
                isReported = true;
                await loop.Delay(RetryDelay);
            }
        }
    }

    public void Dispose() => listener.Dispose();
}
