using Unp.Net.Pipelines;

namespace Unp.Samples.p2p;

/// <summary>
/// Two people who type at the same time: standard input goes to the peer, and what the peer types to standard output, until both are done. Nothing waits
/// but the loop, for all of them.
/// </summary>
static class Chat
{
    public static async Task Run(LoopSocket peer)
    {
        // Left as they were: whoever started this has the same ones. The last one first, since both may be one terminal.
        using var input = new LoopSocket(peer.Loop, Fd.StandardInput, leaveOpen: true);
        using var output = new LoopSocket(peer.Loop, Fd.StandardOutput, leaveOpen: true);
        Task[] both = [Talk(input, peer), Listen(peer, output)];
        await await Task.WhenAny(both); // which throws, if one has failed: then the other has nobody to talk to
        await Task.WhenAll(both);
    }

    static async Task Talk(LoopSocket input, LoopSocket peer)
    {
        await Copy(input, peer);
        peer.Shutdown(SHUT_WR);
    }

    static async Task Listen(LoopSocket peer, LoopSocket output)
    {
        await Copy(peer, output);
        err_msg("the peer has ended");
    }

    static async Task Copy(LoopSocket from, LoopSocket to)
    {
        CancellationToken stopping = from.Loop.Stopping;
        byte[] buf = new byte[MAXLINE];
        int n;
        while ((n = await from.ReceiveAsync(buf, stopping)) > 0)
            await to.SendAsync(buf.AsMemory(0, n), stopping);
    }
}
