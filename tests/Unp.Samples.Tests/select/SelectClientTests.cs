namespace Unp.Samples.Tests.select;

public class SelectClientTests
{
    [Fact]
    public void Tcpcli01_loses_answers_in_flight_at_end_of_input()
    {
        using var listener = new Wire.Listener();
        using Peer client = UnpProcess.Start("select/tcpcli01", "127.0.0.1", "--port", listener.Port).Type("one\ntwo\n").EndInput();
        using Wire server = listener.Accept();
        Assert.Equal("one\ntwo\n", server.ReceiveToEnd());
        Assert.Equal(new Outcome(0, "", ""), client.Finish());
    }

    [Fact]
    public void Tcpcli02_prints_every_line_of_long_batch()
    {
        // The batch is smaller than the buffers hold, because the client writes everything it has read before it reads again.
        string batch = string.Concat(Enumerable.Range(0, 10_000).Select(i => $"line {i} of a batch that is long\n"));
        using Peer serving = UnpProcess.StartServer("tcpcliserv/tcpserv04", "127.0.0.1", out SockAddr listening);
        using Peer client = UnpProcess.Start("select/tcpcli02", "127.0.0.1", "--port", $"{listening.Port}");
        Task<string> printed = Task.Run(client.ReadToEnd);
        client.Type(batch).EndInput();
        Assert.Equal(batch, printed.Within());
        Assert.Equal(new Outcome(0, "", ""), client.Finish());
    }

    [Fact]
    public void Tcpcli03_sends_and_reads_nothing_and_waits_for_signal()
    {
        using var listener = new Wire.Listener();
        using Peer client = UnpProcess.Start("select/tcpcli03", "127.0.0.1", "--port", listener.Port);
        using Wire server = listener.Accept();
        server.Send(new string('#', 100_000));
        Assert.Equal(128 + SIGTERM, client.Kill(SIGTERM).WaitForExit());
        Assert.Equal(new Outcome(128 + SIGTERM, "", ""), client.Finish());
    }

    [Fact]
    public void Tcpcli03_waits_even_if_shutdown_fails_after_reset()
    {
        using var directory = new TempDirectory();
        using var listener = new Wire.Listener();
        string[] gone = ["trace=shutdown", "inject=shutdown:error=ENOTCONN"];
        using Peer client = Traced.Start(directory["log"], gone, "select/tcpcli03", "127.0.0.1", "--port", listener.Port);
        using Wire server = listener.Accept();
        Limit.Until(
            () => File.ReadAllText(directory["log"]).Contains("ENOTCONN", StringComparison.Ordinal), "the client has called shutdown");
        client.WaitUntilAsleep();
        Assert.Equal(new Outcome(128 + SIGTERM, "", ""), client.Kill(SIGTERM).Finish());
    }

    [Theory]
    [InlineData("tcpcli01", 7)]
    [InlineData("tcpcli02", 7)]
    [InlineData("tcpcli03", 19)]
    public void Wrong_arguments_print_usage_and_default_is_book_port(string program, int port)
    {
        var usage = new Outcome(1, "", $"usage: {program} <IPaddress>\n");
        Assert.Equal(usage, UnpProcess.Run($"select/{program}"));
        Assert.Equal(usage, UnpProcess.Run($"select/{program}", "127.0.0.1", "::1"));
        Assert.Equal(new Outcome(1, "", "inet_pton error for nonsense\n"), UnpProcess.Run($"select/{program}", "nonsense"));

        // TCP has no broadcast, so the kernel refuses immediately and the error shows the attempted address.
        Outcome refused = UnpProcess.Run($"select/{program}", "255.255.255.255");
        Assert.Equal((1, ""), (refused.Status, refused.Output));
        Assert.Matches($"^connect error: .* \\(255\\.255\\.255\\.255:{port}\\)\n$", refused.Error);
    }
}
