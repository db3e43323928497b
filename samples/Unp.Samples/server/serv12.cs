using System.Buffers;
using Unp.Net.Pipelines;

namespace Unp.Samples.server;

/// <summary>
/// Server with async and await on one event loop per processor (UNP 30.11). The code is that of a server with one thread per client,
/// without the threads.
/// </summary>
static class serv12
{
    public static void Main(string[] args, ProgramOptions options)
    {
        using Fd listenfd = Listening.At(args, options, "<#loops>", out int nloops);
        using var loops = new EventLoopGroup(nloops);
        using IDisposable sigint = Cpu.OnInterrupt();
        using LoopListener listener = loops.Serve([listenfd], Serve);
        options.Ready(listenfd, args[^2], handlesSigint: true);
        Thread.Sleep(Timeout.Infinite);
    }

    static async Task Serve(LoopSocket client)
    {
        using LoopSocket connfd = client;
        byte[] buf = ArrayPool<byte>.Shared.Rent(MAXLINE);
        try
        {
            int have = 0, n;
            while (have < MAXLINE && (n = await connfd.ReceiveAsync(buf.AsMemory(have, MAXLINE - have))) > 0)
            {
                have += n;
                int newline;
                while ((newline = buf.AsSpan(0, have).IndexOf((byte)'\n')) >= 0)
                {
                    if (!WebChild.TryReadRequest(buf.AsSpan(0, newline), out int ntowrite))
                    {
                        err_msg($"client request for {ntowrite} bytes");
                        return;
                    }
                    await connfd.SendAsync(WebChild.ResultMemory[..ntowrite]);
                    have -= newline + 1;
                    buf.AsSpan(newline + 1, have).CopyTo(buf);
                }
            }
        }
        catch (UnpException)
        {
            // The client is gone.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buf);
        }
    }
}
