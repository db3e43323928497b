using Unp.Net.Pipelines;

namespace Unp.Samples.p2p;

/// <summary>Connects to a peer and exchanges lines with it at any time (UNP 6.4).</summary>
static class peercli
{
    public static void Main(string[] args, ProgramOptions options) => LoopProgram.Run(async loop =>
    {
        if (args.Length != 1)
            options.Usage("<IPaddress>");

        SockAddr servaddr = SockAddr.Inet(args[0], options.Port ?? SERV_PORT);
        using LoopSocket peer = await loop.ConnectAsync(servaddr, loop.Stopping);
        await Chat.Run(peer);
    });
}
