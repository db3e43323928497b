namespace Unp.Samples.Tests.debug;

/// <summary>Small programs that show what the system and the library do: folders debug and test.</summary>
public class SystemTests
{
    [Fact]
    public void Linux_holds_one_connection_more_than_the_backlog()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "each system makes its own of the backlog");
        string[] expected = [.. Enumerable.Range(0, 15).Select(backlog => $"backlog = {backlog}: timeout, {backlog + 1} connections completed\n")];
        Assert.Equal(new Outcome(0, string.Concat(expected), ""), UnpProcess.Run("debug/backlog", "--port", "0", "--patience", "0.2"));
    }

    [Fact]
    public void Urgent_data_is_an_exception_to_select_and_the_end_is_readable()
    {
        using var listener = new Wire.Listener();
        using Peer client = UnpProcess.Start("debug/test02", "127.0.0.1", listener.Port);
        using Wire server = listener.Accept();
        server.Send("data");
        Assert.Equal("readable: 4 bytes", client.ReadLine());
        server.SendUrgent("!");
        Assert.Equal("exception: 1 byte of urgent data", client.ReadLine());
        server.Send("more");
        Assert.Equal("readable: 4 bytes", client.ReadLine());
        server.Dispose();
        Assert.Equal(new Outcome(0, "readable: EOF\n", ""), client.Finish());
    }

    [Fact]
    public void Interrupted_connect_goes_on_by_itself_and_select_tells_its_outcome()
    {
        using var full = new FullListener(SockAddr.Loopback(AF_INET));
        using Peer client = UnpProcess.Start("debug/test04", "127.0.0.1", "--port", $"{full.Address.Port}");
        Assert.Equal("connect interrupted", NextButAlarms(client));

        // Room for one: the kernel's next attempt, or the one after that, gets through.
        Accept(full.Fd).Dispose();
        Assert.Equal("select: readable False, writable True", NextButAlarms(client));
        using (Fd connfd = Accept(full.Fd))
            Write(connfd, "the time\r\n"u8);
        Assert.Equal("the time", NextButAlarms(client));
        Assert.Equal(new Outcome(0, "", ""), client.Finish());
    }

    [Fact]
    public void Connect_that_nothing_interrupts_says_so()
    {
        using Peer server = UnpProcess.StartServer("intro/daytimetcpsrv", "127.0.0.1", out SockAddr address);
        Assert.Matches("^connect was not interrupted\n.{24}\r\n$", UnpProcess.Run("debug/test04", "127.0.0.1", "--port", $"{address.Port}").Output);
    }

    [Fact]
    public void Accept_is_restarted_after_a_signal()
    {
        using Peer server = UnpProcess.StartServer("test/accept_eintr", "127.0.0.1", out SockAddr address);
        Assert.Equal("calling accept", server.ReadLine());
        server.WaitUntilAsleep();
        server.Kill(SIGINT);
        Assert.Equal("SIGINT received", server.ReadLine());
        using Wire client = Wire.Connect(address);
        Assert.Equal(new Outcome(0, $"accept has returned {client.Local}\n", ""), server.Finish());
    }

    [Fact]
    public void Sockets_are_told_from_what_is_none()
    {
        Outcome outcome = UnpProcess.Run("test/tisfdtype");
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        Assert.EndsWith("UDP socket: a socket\n/dev/null: no socket\n", outcome.Output, StringComparison.Ordinal);
        using Peer shell = Peer.Start("sh", "-c", $"exec {UnpProcess.Executable} test/tisfdtype </dev/null");
        Assert.StartsWith("standard input: no socket\n", shell.Finish().Output, StringComparison.Ordinal);

        using Peer socat = Peer.Start("socat", "-t", "20", "-", $"EXEC:{UnpProcess.Executable} test/tisfdtype");
        Assert.StartsWith("standard input: a socket\nstandard output: a socket\n", socat.Finish().Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("treadline1")]
    [InlineData("treadline2")]
    [InlineData("treadline3")]
    public void Lines_are_counted_in_each_way(string program)
    {
        using var directory = new TempDirectory();
        File.WriteAllText(directory["lines"], string.Concat(Enumerable.Range(0, 1000).Select(i => $"line {i}\n")) + "half");
        using Peer shell = Peer.Start("sh", "-c", $"exec {UnpProcess.Executable} test/{program} <{directory["lines"]}");
        Outcome outcome = shell.Finish();
        Assert.Equal((0, "1001 lines\n"), (outcome.Status, outcome.Output));
        Assert.Matches("^[0-9]+\\.[0-9]{3} s\n$", outcome.Error);
    }

    [Fact]
    public void Half_closed_connection_still_brings_what_the_server_sends()
    {
        using var listener = new Wire.Listener();
        using Peer client = UnpProcess.Start("test/tshutdown", "127.0.0.1", listener.Port);
        using Wire server = listener.Accept();
        Assert.Equal("", server.ReceiveToEnd());
        server.Send("still here");
        Assert.Matches("^10 bytes after [0-9]+\\.[0-9] s$", client.ReadLine()!);
        server.Dispose();
        Assert.Matches("^EOF after [0-9]+\\.[0-9] s\n$", client.Finish().Output);
    }

    /// <summary>The handler runs beside the program, so that its lines can be anywhere.</summary>
    static string? NextButAlarms(Peer program)
    {
        string? line;
        do
            line = program.ReadLine();
        while (line == "SIGALRM received");
        return line;
    }
}
