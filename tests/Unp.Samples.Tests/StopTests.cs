using System.Diagnostics;

namespace Unp.Samples.Tests;

public class StopTests
{
    public static TheoryData<string> EveryServer => new(Programs.Servers.Select(server => server.Path));

    [Theory]
    [MemberData(nameof(EveryServer))]
    public void SIGTERM_ends_idle_server_with_status_0_and_frees_port(string program)
    {
        using Peer serving = UnpProcess.StartServer(program, "127.0.0.1", out SockAddr listening);
        Stop(serving, SIGTERM);

        // Bind without SO_REUSEADDR succeeds, so no socket of the server is left.
        using Fd next = Socket(AF_INET, SOCK_STREAM);
        Bind(next, listening);
    }

    [Theory]
    [MemberData(nameof(EveryServer))]
    public void SIGINT_ends_busy_server_with_status_0_and_frees_port(string program)
    {
        using Peer serving = UnpProcess.StartServer(program, "::1", out SockAddr listening);
        using Wire silent = Wire.Connect(listening);
        using Wire active = Wire.Connect(listening);
        if (program.StartsWith("tcpcliserv/", StringComparison.Ordinal))
            active.Send("1 2            \n"); // even tcpserv09 answers this, because it has 16 bytes
        Assert.NotEqual("", active.ReceiveOnce());
        Stop(serving, SIGINT);

        // The clients see the end of the stream, and the port is free for a restarted server, which sets SO_REUSEADDR.
        _ = silent.ReceiveToEnd();
        _ = active.ReceiveToEnd();
        using Fd next = Tcp_listen("::1", $"{listening.Port}");
    }

    static void Stop(Peer serving, int signal)
    {
        long started = Stopwatch.GetTimestamp();
        Outcome outcome = serving.Kill(signal).Finish();
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }
}
