using System.Collections.Concurrent;

namespace Unp.Net.Pipelines.Tests;

/// <summary>What runs on a loop; every theory of a class under this one runs for every mechanism that the machine has.</summary>
public abstract class LoopSuite
{
    public static TheoryData<string> Mechanisms => [.. TestKqueue.Mechanisms];

    /// <summary>Runs a function on a loop of its own, with a time limit; nothing is thrown past it, and the loop ends.</summary>
    protected static void OnLoop(string? mechanism, Func<EventLoop, Task> work) => OnLoop(new EventLoopOptions { Mechanism = mechanism }, work);

    protected static void OnLoop(EventLoopOptions options, Func<EventLoop, Task> work)
    {
        var unexpected = new ConcurrentQueue<Exception>();
        options.OnException ??= (_, exception) => unexpected.Enqueue(exception);
        using (var loop = new EventLoop(options))
            loop.RunAsync(() => work(loop)).Within();
        Assert.Empty(unexpected);
    }

    /// <summary>Two unix stream sockets connected to each other, both on the loop.</summary>
    protected static (LoopSocket First, LoopSocket Second) Pair(EventLoop loop, int type = SOCK_STREAM)
    {
        Socketpair(AF_UNIX, type, 0, out Fd first, out Fd second);
        return (new LoopSocket(loop, first), new LoopSocket(loop, second));
    }

    /// <summary>Two ends of a TCP connection, both on the loop.</summary>
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

    /// <summary>Receives so many bytes, or fewer at the end.</summary>
    protected static async Task<int> ReceiveAll(LoopSocket socket, Memory<byte> buffer)
    {
        int got = 0;
        while (got < buffer.Length && await socket.ReceiveAsync(buffer[got..]) is > 0 and int n)
            got += n;
        return got;
    }

    /// <summary>Lets the loop take so many turns.</summary>
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

    protected static byte[] Bytes(int count, int seed = 1)
    {
        byte[] bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
