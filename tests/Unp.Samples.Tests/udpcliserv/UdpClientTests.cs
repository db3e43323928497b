namespace Unp.Samples.Tests.udpcliserv;

public class UdpClientTests
{
    static readonly string[] Addresses = ["127.0.0.1", "::1"];

    public static TheoryData<string, string> LineByLine =>
        new(from client in (string[])["udpcli01", "udpcli02", "udpcli03", "udpcli04"] from address in Addresses select (client, address));

    [Theory]
    [MemberData(nameof(LineByLine))]
    public void Each_line_is_sent_as_datagram_and_its_answer_printed(string program, string address)
    {
        using var server = new UdpWire(address);
        using Peer client = UnpProcess.Start($"udpcliserv/{program}", address, "--port", server.Port).Type("one\ntwo\n");
        foreach (string line in (string[])["one\n", "two\n", "no newline"])
        {
            if (!line.EndsWith('\n'))
                client.Type(line).EndInput();
            Assert.Equal(line, server.Receive(out SockAddr from));
            Assert.True(server.IsEmpty); // the next line is sent after the answer
            server.SendTo(from, $"answer to {line.TrimEnd()}\n");
            if (program == "udpcli03")
                Assert.Equal($"received reply from {address}, port {server.Port}", client.ReadLine());
            Assert.Equal($"answer to {line.TrimEnd()}", client.ReadLine());
        }
        Assert.Equal(new Outcome(0, "", ""), client.Finish());
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void Udpcli02_ignores_foreign_answer_and_prints_its_sender(string address)
    {
        using var server = new UdpWire(address);
        using var another = new UdpWire(address);
        using Peer client = UnpProcess.Start("udpcliserv/udpcli02", address, "--port", server.Port).Type("one\n");
        server.Receive(out SockAddr from);
        another.SendTo(from, "spoofed\n");
        Assert.Equal($"reply from {another.Local} (ignored)", client.ReadLine());

        client.Type("two\n");
        Assert.Equal("two\n", server.Receive());
        server.SendTo(from, "TWO\n");
        Assert.Equal(new Outcome(0, "TWO\n", ""), client.Finish());
    }

    [Fact]
    public void Udpcli01_and_udpcli03_print_foreign_answer()
    {
        foreach (string program in (string[])["udpcli01", "udpcli03"])
        {
            using var server = new UdpWire();
            using var another = new UdpWire();
            using Peer client = UnpProcess.Start($"udpcliserv/{program}", "127.0.0.1", "--port", server.Port).Type("one\n");
            server.Receive(out SockAddr from);
            another.SendTo(from, "spoofed\n");
            string who = program == "udpcli03" ? $"received reply from 127.0.0.1, port {another.Port}\n" : "";
            Assert.Equal(new Outcome(0, who + "spoofed\n", ""), client.Finish());
        }
    }

    [Fact]
    public void Udpcli04_accepts_only_its_server_and_reports_missing_server()
    {
        using var server = new UdpWire();
        using var another = new UdpWire();
        using Peer client = UnpProcess.Start("udpcliserv/udpcli04", "127.0.0.1", "--port", server.Port).Type("one\n");
        server.Receive(out SockAddr from);
        another.SendTo(from, "spoofed\n");
        server.SendTo(from, "ONE\n");
        Assert.Equal("ONE", client.ReadLine());

        server.Dispose();
        Outcome outcome = client.Type("two\n").Finish();
        Assert.Equal((1, ""), (outcome.Status, outcome.Output));
        Assert.Matches("^read error: Connection refused.*\n$", outcome.Error);
    }

    [Fact]
    public void Other_clients_wait_indefinitely_for_missing_answer()
    {
        using var server = new UdpWire();
        using Peer client = UnpProcess.Start("udpcliserv/udpcli01", "127.0.0.1", "--port", server.Port).Type("one\n").EndInput();
        server.Receive();
        server.Dispose();
        Assert.Equal(128 + SIGTERM, client.Kill(SIGTERM).WaitForExit());
    }

    [Fact]
    public void Udpcli06_and_udpcli08_send_2000_datagrams_of_their_size()
    {
        foreach (var (program, size) in ((string, int)[])[("udpcli06", 1400), ("udpcli08", 65_507)])
        {
            using var server = new UdpWire();
            using Peer client = UnpProcess.Start($"udpcliserv/{program}", "127.0.0.1", "--port", server.Port);
            string zeros = new('\0', size);
            Assert.Equal(zeros, server.Receive(out SockAddr from));
            Assert.Equal(new Outcome(0, "", ""), client.Finish());
            int received = 1;
            for (; !server.IsEmpty; received++)
            {
                Assert.Equal(zeros, server.Receive(out SockAddr sender));
                Assert.Equal(from, sender);
            }
            Assert.InRange(received, 1, 2000);
        }
    }

    [Fact]
    public void Udpcli08_requests_send_buffer_of_100_KiB()
    {
        using var directory = new TempDirectory();
        using var server = new UdpWire();
        using Peer client = Traced.Start(directory["log"], ["trace=setsockopt"], "udpcliserv/udpcli08", "127.0.0.1", "--port", server.Port);
        Assert.Equal(new Outcome(0, "", ""), client.Finish());
        Assert.Single(
            File.ReadLines(directory["log"]), call => call.Contains("SOL_SOCKET, SO_SNDBUF, [102400], 4) = 0", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("127.0.0.2", "127.0.0.1")]
    [InlineData("::1", "[::1]")]
    public void Udpcli09_prints_local_address_chosen_by_connect(string address, string local)
    {
        Loopback.Require(SockAddr.Inet(address, 0).Family);
        Outcome outcome = UnpProcess.Run("udpcliserv/udpcli09", address);
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        Assert.StartsWith($"local address {local}:", outcome.Output, StringComparison.Ordinal);
        Assert.Matches(":[1-9][0-9]*\n$", outcome.Output);
    }

    [Fact]
    public void Udpcli10_receives_as_much_as_server_has_room_for()
    {
        using Peer serving = UnpProcess.StartServer("udpcliserv/udpserv01", "127.0.0.1", out SockAddr bound);
        Assert.Equal(new Outcome(0, "received 4096 bytes\n", ""), UnpProcess.Run("udpcliserv/udpcli10", "localhost", $"{bound.Port}"));

        using var server = new UdpWire("::1");
        using Peer client = UnpProcess.Start("udpcliserv/udpcli10", "::1", server.Port);
        Assert.Equal(65_507, server.Receive(out SockAddr from).Length);
        server.SendTo(from, new string('x', 65_507));
        Assert.Equal(new Outcome(0, "received 65507 bytes\n", ""), client.Finish());
    }

    [Fact]
    public void Wrong_arguments_print_usage()
    {
        foreach (BookProgram program in Catalog.Programs.Where(program => program.Folder == "udpcliserv" && program.Usage.Length > 0))
        {
            var usage = new Outcome(1, "", $"usage: {program.Name} {program.Usage}\n");
            Assert.Equal(usage, UnpProcess.Run(program.Path));
            Assert.Equal(usage, UnpProcess.Run(program.Path, "127.0.0.1", "9", "more"));
            if (program.Name == "udpcli10")
                Assert.Equal(usage, UnpProcess.Run(program.Path, "127.0.0.1"));
            else
                Assert.Equal(new Outcome(1, "", "inet_pton error for nonsense\n"), UnpProcess.Run(program.Path, "nonsense"));
        }
        Outcome unknown = UnpProcess.Run("udpcliserv/udpcli10", "127.0.0.1", "no-such-service");
        Assert.Equal(
            new Outcome(1, "", "udp_client error for 127.0.0.1, no-such-service: Servname not supported for ai_socktype\n"), unknown);
    }

    [Theory]
    [InlineData("udpcli01", 9877, "dg_cli")]
    [InlineData("udpcli02", 7, "sendto")]
    [InlineData("udpcli03", 7, "sendto")]
    [InlineData("udpcli04", 9877, "connect")]
    [InlineData("udpcli06", 9877, "sendto")]
    [InlineData("udpcli08", 9, "sendto")]
    [InlineData("udpcli09", 9877, "connect")]
    public void Default_port_is_that_of_book(string program, int port, string function)
    {
        // A broadcast needs SO_BROADCAST, so the kernel refuses immediately and the error shows the attempted address.
        using Peer client = UnpProcess.Start($"udpcliserv/{program}", "255.255.255.255").Type("line\n");
        string where = function == "dg_cli" ? "" : $" (255.255.255.255:{port})";
        Outcome outcome = client.Finish();
        Assert.Equal((1, ""), (outcome.Status, outcome.Output));
        Assert.Matches($"^{function} error: .*{System.Text.RegularExpressions.Regex.Escape(where)}\n$", outcome.Error);
        Assert.EndsWith(
            $"(port {port})", Catalog.Programs.Single(entry => entry.Path == $"udpcliserv/{program}").Purpose, StringComparison.Ordinal);
    }
}
