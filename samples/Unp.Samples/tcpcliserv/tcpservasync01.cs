using Unp.Net.Pipelines;

namespace Unp.Samples.tcpcliserv;

/// <summary>
/// TCP echo server by async and await: written as one that has a thread for each client, and all clients are on the one thread of an event loop (beside
/// section 14.9).
/// </summary>
static class tcpservasync01
{
    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    public static void Main(string[] args, Options options)
    {
        using var loop = new EventLoop(new EventLoopOptions { Mechanism = options.Value(tcpservpoller01.Mechanism) });
        SockAddr servaddr = options.ServerAddress(AF_INET, SERV_PORT);
        Fd listenfd = Socket(servaddr.Family, SOCK_STREAM);
        using var listener = new LoopSocket(loop, listenfd);
        Setsockopt(listenfd, SocketOptions.ReuseAddr, true);
        Bind(listenfd, servaddr);
        Listen(listenfd);
        options.Ready(listenfd);
        loop.RunAsync(() => Serve(listener)).GetAwaiter().GetResult();
    }

    static async Task Serve(LoopSocket listener)
    {
        for (bool told = false; ;)
        {
            try
            {
                LoopSocket client = await listener.AcceptAsync();
                listener.Loop.Start(() => Echo(client));
            }
            catch (ArgumentOutOfRangeException e)
            {
                err_msg($"too many clients: {e.Message}");
            }
            catch (UnpException e) when (Acceptor.CanRetry(e.Errno))
            {
                if (!told)
                    err_msg($"{e.Message}; pausing until a connection closes");
                told = true;
                await listener.Loop.Delay(Patience);
            }
        }
    }

    static async Task Echo(LoopSocket client)
    {
        using LoopSocket sockfd = client;
        byte[] buf = new byte[MAXLINE];
        try
        {
            while (await sockfd.ReceiveAsync(buf) is > 0 and int n)
                await sockfd.SendAsync(buf.AsMemory(0, n));
        }
        catch (UnpException)
        {
            // The client has reset its connection, which ends that one only.
        }
    }
}
