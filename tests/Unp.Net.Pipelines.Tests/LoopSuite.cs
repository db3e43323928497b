using System.Collections.Concurrent;

namespace Unp.Net.Pipelines.Tests;

/// <summary>The base of tests that run on a loop. Theories can run for every mechanism that the machine supports.</summary>
public abstract class LoopSuite
{
    public static TheoryData<string> Mechanisms => [.. TestKqueue.Mechanisms];

    /// <summary>
    /// Runs a function on a new loop, with a time limit, and disposes the loop. Fails if any other work on the loop throws.
    /// </summary>
    protected static void OnLoop(string? mechanism, Func<EventLoop, Task> work) =>
        OnLoop(new EventLoopOptions { Mechanism = mechanism }, work);

    protected static void OnLoop(EventLoopOptions options, Func<EventLoop, Task> work)
    {
        var unexpected = new ConcurrentQueue<Exception>();
        Action<EventLoop, Exception> onException = options.OnException ?? ((_, exception) => unexpected.Enqueue(exception));
        using (var loop = new EventLoop(options with { OnException = onException }))
            loop.RunAsync(() => work(loop)).Within();
        Assert.Empty(unexpected);
    }

    /// <summary>Creates two connected Unix sockets on the loop.</summary>
    protected static (LoopSocket First, LoopSocket Second) Pair(EventLoop loop, int type = SOCK_STREAM)
    {
        Socketpair(AF_UNIX, type, 0, out Fd first, out Fd second);
        return (new LoopSocket(loop, first), new LoopSocket(loop, second));
    }

    /// <summary>Creates a TCP connection with both ends on the loop.</summary>
    protected static (LoopSocket Client, LoopSocket Server) TcpPair(EventLoop loop)
    {
        var (client, server) = Loopback.TcpPair();
        return (new LoopSocket(loop, client), new LoopSocket(loop, server));
    }

    protected static async Task Echo(LoopSocket socket)
    {
        using (socket)
        {
            byte[] buffer = new byte[4096];
            int n;
            while ((n = await socket.ReceiveAsync(buffer)) > 0)
                await socket.SendAsync(buffer.AsMemory(0, n));
        }
    }

    /// <summary>Receives until the buffer is full or the stream ends. Returns the number of bytes.</summary>
    protected static async Task<int> ReceiveAll(LoopSocket socket, Memory<byte> buffer)
    {
        int got = 0;
        while (got < buffer.Length && await socket.ReceiveAsync(buffer[got..]) is > 0 and int n)
            got += n;
        return got;
    }

    /// <summary>Waits until the loop has run a number of turns.</summary>
    protected static async Task Turns(EventLoop loop, int count = 3)
    {
        for (int i = 0; i < count; i++)
        {
            var turn = new TaskCompletionSource();
            loop.Post(turn.SetResult);
            await turn.Task;
            await loop.SwitchTo();
        }
    }
}
