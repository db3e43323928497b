using Unp.Net.Pipelines;

namespace Unp.Samples.p2p;

/// <summary>
/// A chat between two users who type at any time. Standard input goes to the peer, and the peer's data goes to standard output, until both
/// sides have ended. Only the event loop waits.
/// </summary>
static class Chat
{
    public static async Task Run(LoopSocket peer)
    {
        // leaveOpen restores the modes for the shell. The last one is restored first, because both may be one terminal.
        using var input = new LoopSocket(peer.Loop, Fd.StandardInput, leaveOpen: true);
        using var output = new LoopSocket(peer.Loop, Fd.StandardOutput, leaveOpen: true);
        Task[] both = [Talk(input, peer), Listen(peer, output)];
        await await Task.WhenAny(both); // rethrows the failure of one direction, which ends the other one
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
