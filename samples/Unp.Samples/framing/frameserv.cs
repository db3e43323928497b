using Unp.Net.Pipelines;

namespace Unp.Samples.framing;

/// <summary>Echo server that replies frame by frame, however TCP splits the stream (UNP 3.9).</summary>
static class frameserv
{
    public static void Main(string[] args, ProgramOptions options)
    {
        Framing framing = FrameOptions.Of(options);
        using var loops = new EventLoopGroup(1);
        var listenerOptions = new LoopListenerOptions { OnRefused = (_, reason) => err_msg($"too many clients: {reason.Message}") };
        using LoopListener listener = loops.Serve(
            options.ServerAddress(AF_INET, SERV_PORT), client => Reply(client, framing), listenerOptions);
        options.Ready(listener);
        Thread.Sleep(Timeout.Infinite);
    }

    static async Task Reply(LoopSocket connfd, Framing framing)
    {
        await using var client = new LoopConnection(connfd);
        var reader = new FrameReader(client.Input, framing);
        var writer = new FrameWriter(client.Output, framing);
        try
        {
            while (await reader.ReadAsync() is { } frame)
                await writer.WriteAsync(frame);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or UnpException)
        {
            err_msg($"closing a client: {e.Message}");
        }
    }
}
