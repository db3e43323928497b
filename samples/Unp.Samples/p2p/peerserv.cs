using Unp.Net.Pipelines;

namespace Unp.Samples.p2p;

/// <summary>Accepts a peer and exchanges lines with it at any time (UNP 6.4).</summary>
static class peerserv
{
    public static void Main(string[] args, ProgramOptions options) => LoopProgram.Run(async loop =>
    {
        SockAddr servaddr = options.ServerAddress(AF_INET, SERV_PORT);
        Fd listenfd = Socket(servaddr.Family, SOCK_STREAM);
        using var listener = new LoopSocket(loop, listenfd);
        Setsockopt(listenfd, SocketOptions.ReuseAddr, true);
        Bind(listenfd, servaddr);
        Listen(listenfd);
        options.PrintAddress(Getsockname(listenfd));

        using LoopSocket peer = await listener.AcceptAsync(loop, loop.Stopping);
        listener.Dispose(); // a third user is not accepted
        err_msg($"connected with {Sock_ntop(peer.RemoteAddress)}");
        await Chat.Run(peer);
    });
}
