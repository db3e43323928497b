namespace Unp.Samples.Tests.debug;

/// <summary>Tests of the small programs in the folders debug and test.</summary>
public class SystemTests
{
    [Fact]
    public void Linux_queues_one_connection_more_than_backlog()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "systems interpret the backlog differently");
        string[] expected =
            [.. Enumerable.Range(0, 15).Select(backlog => $"backlog = {backlog}: timeout, {backlog + 1} connections completed\n")];
        Assert.Equal(new Outcome(0, string.Concat(expected), ""), UnpProcess.Run("debug/backlog", "--port", "0", "--patience", "0.2"));
    }

    [Fact]
    public void Select_reports_urgent_data_as_exception_and_end_as_readable()
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
    public void Interrupted_connect_continues_and_select_reports_outcome()
    {
        using var full = new FullListener(SockAddr.Loopback(AF_INET));
        using Peer client = UnpProcess.Start("debug/test04", "127.0.0.1", "--port", $"{full.Address.Port}");
        Assert.Equal("connect interrupted", NextButAlarms(client));

        // Accepting one connection frees one place, so one of the kernel's next two attempts succeeds.
        Accept(full.Fd).Dispose();
        Assert.Equal("select: readable False, writable True", NextButAlarms(client));
        using (Fd connfd = Accept(full.Fd))
            Write(connfd, "the time\r\n"u8);
        Assert.Equal("the time", NextButAlarms(client));
        Assert.Equal(new Outcome(0, "", ""), client.Finish());
    }

    [Fact]
    public void Uninterrupted_connect_is_reported()
    {
        using Peer server = UnpProcess.StartServer("intro/daytimetcpsrv", "127.0.0.1", out SockAddr address);
        Assert.Matches(
            "^connect was not interrupted\n.{24}\r\n$", UnpProcess.Run("debug/test04", "127.0.0.1", "--port", $"{address.Port}").Output);
    }

    [Fact]
    public void Refused_connect_names_address()
    {
        SockAddr deaf = Loopback.Deaf(out Fd holder);
        using (holder)
        {
            Assert.Equal(
                new Outcome(1, "", $"connect error: Connection refused ({deaf})\n"),
                UnpProcess.Run("debug/test04", "127.0.0.1", "--port", $"{deaf.Port}"));
        }
    }

    [Fact]
    public void Accept_is_restarted_after_signal()
    {
        using Peer server = UnpProcess.StartServer("test/accept_eintr", "127.0.0.1", out SockAddr address);
        for (int i = 0; i < 2; i++)
        {
            server.WaitUntilAsleep();
            server.Kill(SIGINT);
            Assert.Equal("received SIGINT", server.ReadLine());
            using Wire client = Wire.Connect(address);
            Assert.Equal("", client.ReceiveToEnd());
        }
        Assert.Equal(new Outcome(0, "", ""), server.Kill(SIGTERM).Finish());
    }

    [Fact]
    public void Tisfdtype_prints_1_for_each_socket()
    {
        const string Made = "TCP socket: 1\nUDP socket: 1\n";
        Assert.Equal(new Outcome(0, $"stdin: 0\nstdout: 0\nstderr: 0\n{Made}", ""), UnpProcess.Run("test/tisfdtype"));
        using Peer socat = Peer.Start("socat", "-t", "20", "-", $"EXEC:{UnpProcess.Executable} test/tisfdtype");
        Assert.Equal(new Outcome(0, $"stdin: 1\nstdout: 1\nstderr: 0\n{Made}", ""), socat.Finish());
    }

    [Theory]
    [InlineData("treadline1")]
    [InlineData("treadline2")]
    [InlineData("treadline3")]
    public void Each_variant_counts_lines(string program)
    {
        using var directory = new TempDirectory();
        File.WriteAllText(directory["lines"], string.Concat(Enumerable.Range(0, 1000).Select(i => $"line {i}\n")) + "half");
        using Peer shell = Peer.Start("sh", "-c", $"exec {UnpProcess.Executable} test/{program} <{directory["lines"]}");
        Outcome outcome = shell.Finish();
        Assert.Equal(new Outcome(0, "1001 lines\n", ""), outcome);
    }

    [Fact]
    public void Tshutdown_sends_input_and_then_counts_received_bytes()
    {
        using var listener = new Wire.Listener();
        using Peer client = UnpProcess.Start("test/tshutdown", "127.0.0.1", listener.Port);
        using (Wire server = listener.Accept())
        {
            Assert.Equal("connected", client.ReadErrorLine());
            client.Type("question").EndInput();
            Assert.Equal("question", server.Receive(8));
            server.Send("answer\n");
            Assert.Equal("answer", client.ReadLine());
            server.Send("last");
        }
        Assert.Equal(new Outcome(0, "last", "total: 11 bytes read from socket\n"), client.Finish());
    }

    /// <summary>Reads the next line that is not printed by the signal handler, whose lines may appear anywhere.</summary>
    static string? NextButAlarms(Peer program)
    {
        string? line;
        do
            line = program.ReadLine();
        while (line == "SIGALRM received");
        return line;
    }
}
