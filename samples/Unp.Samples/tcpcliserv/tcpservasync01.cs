using Unp.Net.Pipelines;

namespace Unp.Samples.tcpcliserv;

/// <summary>
/// TCP echo server with async and await (UNP 14.9). The code is that of a server with one thread per client, but one event-loop thread
/// serves all clients.
/// </summary>
static class tcpservasync01
{
    public static void Main(string[] args, ProgramOptions options)
    {
        using var loop = new EventLoop(new EventLoopOptions { Mechanism = options.Value(tcpservpoller01.Mechanism) });
        SockAddr servaddr = options.ServerAddress(AF_INET, SERV_PORT);
        using Fd listenfd = Socket(servaddr.Family, SOCK_STREAM);
        Setsockopt(listenfd, SocketOptions.ReuseAddr, true);
        Bind(listenfd, servaddr);
        Listen(listenfd);
        using var listener = new AsyncListener(loop, listenfd);
        options.Ready(listenfd);

        loop.RunAsync(() => Serve(listener)).GetAwaiter().GetResult();
    }

    static async Task Serve(AsyncListener listener)
    {
        while (true)
        {
            LoopSocket connfd = await listener.AcceptAsync();
            connfd.Loop.Start(() => Str_echo(connfd));
        }
    }

    static async Task Str_echo(LoopSocket connfd)
    {
        using LoopSocket sockfd = connfd;
        byte[] buf = new byte[MAXLINE];
        try
        {
            int n;
            while ((n = await sockfd.ReceiveAsync(buf)) > 0)
                await sockfd.SendAsync(buf.AsMemory(0, n));
        }
        catch (UnpException)
        {
            // The client has reset its connection. The other clients are not affected.
        }
    }
}
