using Unp.Net.Pipelines;

namespace Unp.Samples.tcpcliserv;

/// <summary>
/// TCP echo server with async and await (UNP 14.9). The code is that of a server with one thread per client, but one event-loop thread
/// serves all clients.
/// </summary>
static class tcpservasync01
{
    static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(100);

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
        for (bool isReported = false; ;)
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
                if (!isReported)
                    err_msg($"{e.Message}; pausing until a connection closes");
                isReported = true;
                await listener.Loop.Delay(RetryDelay);
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
            // The client has reset its connection. The other clients are not affected.
        }
    }
}
