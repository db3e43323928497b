namespace Unp.Samples.Tests.select;

public class SelectClientTests
{
    [Fact]
    public void The_first_loses_the_answers_that_are_on_their_way_when_its_input_ends()
    {
        using var listener = new Wire.Listener();
        using Peer client = UnpProcess.Start("select/tcpcli01", "127.0.0.1", "--port", listener.Port).Type("one\ntwo\n").EndInput();
        using Wire server = listener.Accept();
        Assert.Equal("one\ntwo\n", server.ReceiveToEnd());
        Assert.Equal(new Outcome(0, "", ""), client.Finish());
    }

    [Fact]
    public void The_second_prints_half_a_megabyte_of_a_batch()
    {
        // Fewer bytes than the buffers between the two hold: the client writes what it has read before it reads again.
        string batch = string.Concat(Enumerable.Range(0, 10_000).Select(i => $"line {i} of a batch that is long\n"));
        using Peer serving = UnpProcess.StartServer("tcpcliserv/tcpserv04", "127.0.0.1", out SockAddr listening);
        using Peer client = UnpProcess.Start("select/tcpcli02", "127.0.0.1", "--port", $"{listening.Port}");
        Task<string> printed = Task.Run(client.ReadToEnd);
        client.Type(batch).EndInput();
        Assert.Equal(batch, printed.Within());
        Assert.Equal(new Outcome(0, "", ""), client.Finish());
    }

    [Fact]
    public void The_third_sends_and_reads_nothing_and_waits_for_a_signal()
    {
        using var listener = new Wire.Listener();
        using Peer client = UnpProcess.Start("select/tcpcli03", "127.0.0.1", "--port", listener.Port);
        using Wire server = listener.Accept();
        server.Send(new string('#', 100_000));
        Assert.Equal(128 + SIGTERM, client.Kill(SIGTERM).WaitForExit());
        Assert.Equal(new Outcome(128 + SIGTERM, "", ""), client.Finish());
    }

    [Fact]
    public void The_third_waits_also_when_the_server_has_reset_the_connection_before_it_shuts_it()
    {
        using var directory = new TempDirectory();
        using var listener = new Wire.Listener();
        string[] gone = ["trace=shutdown", "inject=shutdown:error=ENOTCONN"];
        using Peer client = Traced.Start(directory["log"], gone, "select/tcpcli03", "127.0.0.1", "--port", listener.Port);
        using Wire server = listener.Accept();
        Limit.Until(() => File.ReadAllText(directory["log"]).Contains("ENOTCONN", StringComparison.Ordinal), "it has shut its side");
        client.WaitUntilAsleep();
        Assert.Equal(new Outcome(128 + SIGTERM, "", ""), client.Kill(SIGTERM).Finish());
    }

    [Theory]
    [InlineData("tcpcli01", 7)]
    [InlineData("tcpcli02", 7)]
    [InlineData("tcpcli03", 19)]
    public void Wrong_arguments_and_the_books_port(string program, int port)
    {
        var usage = new Outcome(1, "", $"usage: {program} <IPaddress>\n");
        Assert.Equal(usage, UnpProcess.Run($"select/{program}"));
        Assert.Equal(usage, UnpProcess.Run($"select/{program}", "127.0.0.1", "::1"));
        Assert.Equal(new Outcome(1, "", "inet_pton error for nonsense\n"), UnpProcess.Run($"select/{program}", "nonsense"));

        // TCP has no broadcast: the kernel refuses at once, and the error tells what was tried.
        Outcome refused = UnpProcess.Run($"select/{program}", "255.255.255.255");
        Assert.Equal((1, ""), (refused.Status, refused.Output));
        Assert.Matches($"^connect error: .* \\(255\\.255\\.255\\.255:{port}\\)\n$", refused.Error);
    }
}
