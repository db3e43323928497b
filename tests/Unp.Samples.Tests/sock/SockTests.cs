using System.Text.RegularExpressions;
using Unp.Samples.Tests.udpcliserv;

namespace Unp.Samples.Tests.sock;

public class SockTests
{
    [Fact]
    public void Tcp_client_copies_input_to_server_and_answers_to_output()
    {
        using Peer serving = UnpProcess.StartServer("tcpcliserv/tcpserv04", "127.0.0.1", out SockAddr listening);
        using Peer client = Sock("-v", "-h", "127.0.0.1", $"{listening.Port}");
        Assert.Matches($"^connected on 127\\.0\\.0\\.1\\.[0-9]+ to 127\\.0\\.0\\.1\\.{listening.Port}$", client.ReadErrorLine()!);
        client.Type("one\n");
        Assert.Equal("one", client.ReadLine());
        Assert.Matches("^TCP_MAXSEG = [0-9]+$", client.ReadErrorLine()!);
        Assert.Equal(new Outcome(0, "half", "connection closed by peer\n"), client.Type("half").Finish());
    }

    [Fact]
    public void Client_without_h_ends_at_end_of_input()
    {
        using var listener = new Wire.Listener();
        using Peer client = Sock("127.0.0.1", listener.Port);
        using Wire server = listener.Accept();
        server.Send("before\n");
        Assert.Equal("before", client.ReadLine());
        Assert.Equal(new Outcome(0, "", ""), client.Type("last").Finish());
        Assert.Equal("last", server.ReceiveToEnd());
    }

    [Theory]
    [InlineData("nc", "127.0.0.1")]
    [InlineData("socat", "127.0.0.1")]
    [InlineData("nc", "::1")]
    public void Tcp_server_serves_one_client_and_ends_with_it(string tool, string address)
    {
        using Peer serving = UnpProcess.StartServer(["sock/sock", "-v", "-s", address, "0"], out SockAddr listening);
        using Peer client = tool == "nc"
            ? Peer.Start("nc", "-N", address, $"{listening.Port}")
            : Peer.Start("socat", "-", $"TCP4:{address}:{listening.Port}");
        client.Type("question\n");
        Assert.Equal("question", serving.ReadLine());
        Assert.Matches(
            $"^connection on {Regex.Escape(address)}\\.{listening.Port} from {Regex.Escape(address)}\\.[0-9]+$", serving.ReadErrorLine()!);
        serving.Type("answer\n");
        Assert.Equal("answer", client.ReadLine());
        client.EndInput();
        Assert.Equal(0, serving.WaitForExit());
        Assert.Matches("^TCP_MAXSEG = [0-9]+\nconnection closed by peer\n$", serving.ReadErrorToEnd());
    }

    [Fact]
    public void Source_fills_sink()
    {
        using Peer sink = UnpProcess.StartServer(["sock/sock", "-i", "-s", "-v", "-r", "500", "127.0.0.1", "0"], out SockAddr listening);
        Outcome source = UnpProcess.Run("sock/sock", "-i", "-v", "-n", "3", "-w700", "127.0.0.1", $"{listening.Port}");
        Assert.Equal((0, ""), (source.Status, source.Output));
        Assert.EndsWith("\nwrote 700 bytes\nwrote 700 bytes\nwrote 700 bytes\n", source.Error, StringComparison.Ordinal);
        Assert.Equal(0, sink.WaitForExit());
        string log = sink.ReadErrorToEnd();
        Assert.EndsWith("\nconnection closed by peer\n", log, StringComparison.Ordinal);
        int[] received = [.. Regex.Matches(log, "received ([0-9]+) bytes").Select(match => int.Parse(match.Groups[1].Value, null))];
        Assert.Equal(2100, received.Sum());
        Assert.All(received, n => Assert.InRange(n, 1, 500));
    }

    [Theory]
    [InlineData()]
    [InlineData("-k")]
    [InlineData("-u")]
    public void Source_sends_printable_characters_in_order(params string[] options)
    {
        string pattern = string.Concat(Enumerable.Range(0, 200).Select(i => (char)(' ' + i % 95)));
        if (options is ["-u"])
        {
            using var receiver = new UdpWire();
            Assert.Equal(0, UnpProcess.Run("sock/sock", "-u", "-i", "-n1", "-w200", "127.0.0.1", receiver.Port).Status);
            Assert.Equal(pattern, receiver.Receive());
            return;
        }
        using var listener = new Wire.Listener();
        using Peer source = Sock(["-i", "-n2", "-w", "200", .. options, "127.0.0.1", listener.Port]);
        using Wire server = listener.Accept();
        Assert.Equal(pattern + pattern, server.ReceiveToEnd());
        Assert.Equal(new Outcome(0, "", ""), source.Finish());
    }

    [Theory]
    [InlineData("-k")]
    [InlineData("-V")]
    public void Input_is_written_in_chunks_or_by_writev(string way)
    {
        using var directory = new TempDirectory();
        using var listener = new Wire.Listener();
        using Peer client = Traced.Start(
            directory["log"], ["trace=write,writev,sendto"], "sock/sock", "-v", way, "127.0.0.1", listener.Port);
        using Wire server = listener.Accept();
        string log = client.Type("chunk").Finish().Error;
        Assert.Equal("chunk", server.ReceiveToEnd());
        Assert.Contains("iov[ 0].iov_base = 0, iov[ 0].iov_len = 1\niov[ 1].iov_base = 1, ", log, StringComparison.Ordinal);
        string chunk = way == "-V" ? "iov_base=\"c\"" : "\"h\", 1";
        Assert.Single(File.ReadLines(directory["log"]), call => call.Contains(chunk, StringComparison.Ordinal));
    }

    [Fact]
    public void Chunks_of_long_input_are_at_most_1024()
    {
        using var listener = new Wire.Listener();
        using Peer client = Sock("-v", "-V", "-r", "5000", "127.0.0.1", listener.Port);
        using Wire server = listener.Accept();
        string log = client.Type(new string('x', 3000)).Finish().Error;
        Assert.Equal(new string('x', 3000), server.ReceiveToEnd());
        Assert.Contains("iov[999].iov_base = bb5, iov[999].iov_len = 3\n", log, StringComparison.Ordinal);
    }

    [Fact]
    public void Urgent_data_is_sent_before_named_write()
    {
        using var listener = new Wire.Listener();
        using Peer source = Sock("-i", "-n", "2", "-w", "4", "-U", "2", "-v", "127.0.0.1", listener.Port);
        using Wire server = listener.Accept();
        Assert.Equal('\x2', server.ReceiveUrgent());
        Assert.Equal(" !\"# !\"#", server.ReceiveToEnd());
        Assert.EndsWith("wrote 4 bytes\nwrote 1 byte of urgent data\nwrote 4 bytes\n", source.Finish().Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Concurrent_server_accepts_clients_until_stopped()
    {
        using Peer sink = UnpProcess.StartServer(["sock/sock", "-isF", "127.0.0.1", "0"], out SockAddr listening);
        using Wire silent = Wire.Connect(listening);
        for (int i = 0; i < 2; i++)
            Assert.Equal(new Outcome(0, "", ""), UnpProcess.Run("sock/sock", "-i", "-n1", "127.0.0.1", $"{listening.Port}"));
        Assert.Equal(new Outcome(0, "", ""), sink.Kill(SIGTERM).Finish());
    }

    [Fact]
    public void Newlines_are_sent_as_CRLF()
    {
        using var listener = new Wire.Listener();
        using Peer client = Sock("-c", "127.0.0.1", listener.Port).Type("one\ntwo\n");
        using Wire server = listener.Accept();
        Assert.Equal("one\r\ntwo\r\n", server.Receive(10));
        server.Send("ONE\r\nT\rW\r");
        Assert.Equal("ONE", client.ReadLine());
        server.Send("\nO\r\n");
        server.Dispose();
        Assert.Equal("T\rW\nO\n", client.ReadToEnd());
    }

    [Fact]
    public void Carriage_return_at_end_is_not_lost()
    {
        using var listener = new Wire.Listener();
        using Peer client = Sock("-c", "127.0.0.1", listener.Port);
        using (Wire server = listener.Accept())
            server.Send("one\r\nlast\r");
        Assert.Equal("one\nlast\r", client.ReadToEnd());
    }

    [Fact]
    public void Carriage_return_at_end_of_datagram_stays_in_it()
    {
        using var server = new UdpWire();
        using Peer client = Sock("-c", "-u", "127.0.0.1", server.Port).Type("question\n");
        Assert.Equal("question\r\n", server.Receive(out SockAddr from));
        foreach (string datagram in (string[])["one\r", "\ntwo\r\n", "\r", "three\r\n", ""])
            server.SendTo(from, datagram);
        Assert.Equal("one\r\ntwo\n\rthree\n", client.ReadToEnd());
    }

    [Theory]
    [InlineData(SIGINT)]
    [InlineData(SIGTERM)]
    [InlineData(SIGHUP)]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void Signal_restores_terminal(int signo)
    {
        uint lines = (uint)(ECHO | ICANON);
        using var listener = new Wire.Listener();
        using SpawnedProcess client = Forkpty(out Fd master, UnpProcess.Executable, ["sock/sock", "-C", "127.0.0.1", listener.Port]);
        using (master)
        {
            using Fd slave = Open(Ptsname(master), O_RDWR | O_NOCTTY); // inspects the terminal after the client has ended
            using Wire server = listener.Accept();
            Limit.Until(() => (Tcgetattr(slave).c_lflag & lines) == 0, "characters come one by one");
            if (signo == SIGINT)
                Write(master, "\x3"u8);
            else
                client.Kill(signo);
            Assert.Equal(signo, Limit.Run(client.Wait).TermSignal);
            Assert.Equal(lines, Tcgetattr(slave).c_lflag & lines);
        }
    }

    [Fact]
    public void Options_are_set_and_printed_in_order_of_original()
    {
        using var directory = new TempDirectory();
        using var listener = new Wire.Listener();
        using Peer client = Traced.Start(
            directory["log"], ["trace=setsockopt,connect"], "sock/sock", "-vNKATY", "-S", "20000", "-R30000", "-L", "5", "-X", "600",
            "-x", "1500", "-y", "2500", "-H", "16", "-J", "9", "-Q", "1", "127.0.0.1", listener.Port);
        using Wire server = listener.Accept();
        string log = client.Finish().Error;
        Assert.Matches(
            "^SO_RCVBUF = 60000\nSO_SNDBUF = 40000\nSO_DONTROUTE set\nIP_TOS set to 16\nIP_TTL set to 9\nTCP_MAXSEG = [0-9]+\n"
            + "connected on 127.0.0.1.[0-9]+ to 127.0.0.1.[0-9]+\nSO_DONTROUTE set\nTCP_MAXSEG = [0-9]+\n"
            + "SO_KEEPALIVE set\nTCP_NODELAY set\nTCP_MAXSEG = [0-9]+\nlinger on, time = 5\n"
            + "SO_RCVTIMEO: 1.50[0-9]{4}\nSO_SNDTIMEO: 2.50[0-9]{4}\n"
            + "pausing before close\n$",
            log);
        string[] calls = [.. File.ReadLines(directory["log"])];
        int connected = Array.FindIndex(calls, call => call.Contains($"htons({listener.Port})", StringComparison.Ordinal));
        string before = string.Join('\n', calls[..connected]), after = string.Join('\n', calls[connected..]);
        foreach (string call in (string[])
            [
                "SO_REUSEADDR, [1]", "SO_REUSEPORT, [1]", "SO_SNDBUF, [20000]", "SO_RCVBUF, [30000]", "TCP_MAXSEG, [600]",
                "IP_TOS, [16]", "IP_TTL, [9]",
            ])
            Assert.Contains(call, before, StringComparison.Ordinal);
        foreach (string call in (string[])["SO_LINGER, {l_onoff=1, l_linger=5}", "TCP_NODELAY, [1]", "SO_KEEPALIVE, [1]"])
            Assert.Contains(call, after, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("IP_TOS not set (228)", "-H", "999")]
    [InlineData("IP_TTL setsockopt error: Invalid argument", "-J", "999")]
    [InlineData("IP_ADD_MEMBERSHIP setsockopt error: Protocol error", "-j", "224.0.0.5")]
    [InlineData("invalid multicast address: x", "-j", "x")]
    public void Option_that_kernel_refuses_is_named(string reason, string option, string value)
    {
        using var listener = new Wire.Listener();
        Assert.Equal(new Outcome(1, "", $"{reason}\n"), UnpProcess.Run("sock/sock", option, value, "127.0.0.1", listener.Port));
    }

    [Fact]
    public void Server_prints_options_of_connection()
    {
        using Peer serving = UnpProcess.StartServer(["sock/sock", "-vNs", "127.0.0.1", "0"], out SockAddr listening);
        using (Wire client = Wire.Connect(listening))
            client.EndSending();
        Assert.Matches(
            "^connection on 127.0.0.1.[0-9]+ from 127.0.0.1.[0-9]+\nTCP_NODELAY set\nTCP_MAXSEG = [0-9]+\nconnection closed by peer\n$",
            serving.ReadErrorToEnd());
        Assert.Equal(0, serving.WaitForExit());
    }

    [Fact]
    public void Peek_prints_data_twice()
    {
        using var listener = new Wire.Listener();
        using Peer client = Sock("-Z", "127.0.0.1", listener.Port);
        using (Wire server = listener.Accept())
        {
            server.Send("hello\n");
            Assert.Equal("hello", client.ReadLine());
            Assert.Equal("hello", client.ReadLine());
        }
        Assert.Equal("", client.ReadToEnd());
    }

    [Fact]
    public void Sink_peeks_before_each_read()
    {
        using Peer sink = UnpProcess.StartServer(["sock/sock", "-isvZ", "127.0.0.1", "0"], out SockAddr listening);
        using (Wire client = Wire.Connect(listening))
            client.Send("12345");
        string log = sink.ReadErrorToEnd();
        Assert.EndsWith("\nreceived 5 bytes (MSG_PEEK)\nreceived 5 bytes\nconnection closed by peer\n", log, StringComparison.Ordinal);
    }

    [Fact]
    public void Udp_sink_ends_at_empty_datagram()
    {
        using Peer sink = UnpProcess.StartServer(["sock/sock", "-iusv", "127.0.0.1", "0"], out SockAddr listening);
        using var client = new UdpWire();
        client.SendTo(listening, "12345").SendTo(listening, "");
        Assert.Equal("received 5 bytes\nconnection closed by peer\n", sink.ReadErrorToEnd());
        Assert.Equal(0, sink.WaitForExit());
    }

    [Theory]
    [InlineData(false, "127.0.0.1", "-v", "PORT")]
    [InlineData(false, "127.0.0.1", "PORT", "-v")]
    [InlineData(true, "127.0.0.1", "-v", "PORT")]
    [InlineData(true, "127.0.0.1", "PORT", "-v")]
    public void Options_may_follow_operands_unless_POSIXLY_CORRECT(bool isPosix, params string[] arguments)
    {
        using Fd listenfd = Loopback.Listener();
        string[] command = ["sock/sock", .. arguments.Select(argument => argument == "PORT" ? $"{Getsockname(listenfd).Port}" : argument)];
        var posix = new Dictionary<string, string> { ["POSIXLY_CORRECT"] = "1" };
        using Peer client = isPosix ? UnpProcess.StartWith(posix, command) : UnpProcess.Start(command);
        Outcome outcome = client.Finish();
        Assert.Equal(isPosix ? 1 : 0, outcome.Status);
        Assert.StartsWith(isPosix ? "usage: " : "connected on ", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-l 127.0.0.2.PORT")]
    [InlineData("-l 127.0.0.2.1 -b PORT")]
    [InlineData("-b 1 -l 127.0.0.2.PORT")]
    public void Client_uses_last_named_local_port(string options)
    {
        using Fd free = Loopback.Listener(AF_INET);
        int port = Getsockname(free).Port;
        free.Dispose();
        using var listener = new Wire.Listener();
        string[] letters = options.Replace("PORT", $"{port}", StringComparison.Ordinal).Split(' ');
        using Peer client = Sock(["-v", "-A", .. letters, "127.0.0.1", listener.Port]);
        Assert.Equal($"connected on 127.0.0.2.{port} to 127.0.0.1.{listener.Port}", client.ReadErrorLine());
    }

    [Theory]
    [InlineData("-v", "from 127.0.0.1: ")]
    [InlineData("-vE", "from 127.0.0.1, to 127.0.0.1: ")]
    [InlineData("-E", "")]
    public void Udp_server_prints_sender_before_datagram(string options, string head)
    {
        using Peer serving = UnpProcess.StartServer(["sock/sock", "-us", options, "-r10", "127.0.0.1", "0"], out SockAddr listening);
        using Peer client = Sock("-u", "-v", "127.0.0.1", $"{listening.Port}");
        Assert.Matches($"^connected on [0-9.]+\\.[0-9]+ to 127\\.0\\.0\\.1\\.{listening.Port}$", client.ReadErrorLine()!);
        client.Type("question\n");
        Assert.Equal($"{head}question", serving.ReadLine());
        client.Type("twelve bytes");
        Assert.Equal($"{head}(datagram truncated)", serving.ReadLine());
        serving.Type("answer\n");
        Assert.Equal("answer", client.ReadLine());
        Assert.Equal(new Outcome(0, "", ""), client.Finish());
        Assert.Equal(new Outcome(0, "twelve byt", options == "-vE" ? "IP_RECVDSTADDR set\n" : ""), serving.Kill(SIGTERM).Finish());
    }

    [Fact]
    public void Connected_udp_client_ends_at_empty_datagram()
    {
        using var server = new UdpWire();
        using Peer client = Sock("-u", "-Z", "127.0.0.1", server.Port).Type("question\n");
        Assert.Equal("question\n", server.Receive(out SockAddr from));
        server.SendTo(from, "answer\n").SendTo(from, "");
        Assert.Equal("answer\nanswer\n", client.ReadToEnd());
        Assert.Equal(0, client.WaitForExit());
    }

    [Fact]
    public void Udp_source_without_bytes_sends_empty_datagrams()
    {
        using var receiver = new UdpWire();
        Assert.Equal(new Outcome(0, "", "wrote 0 bytes\n"), Verbose("-u", "-i", "-n1", "-w0", receiver.Port));
        Assert.Equal("", receiver.Receive());
    }

    [Fact]
    public void Unconnected_client_receives_from_other_senders()
    {
        using Fd server = Loopback.Datagram();
        using Peer client = Sock("-uo", "127.0.0.1", $"{Getsockname(server).Port}").Type("question\n");
        Span<byte> buffer = stackalloc byte[100];
        Assert.Equal(9, Recvfrom(server, buffer, 0, out SockAddr from));
        using Fd other = Loopback.Datagram();
        Sendto(other, "from another\n"u8, 0, from);
        Assert.Equal("from another", client.ReadLine());
        Assert.Equal(new Outcome(0, "", ""), client.Finish());
    }

    [Fact]
    public void Errors_name_call_and_refusing_address()
    {
        SockAddr deaf = Loopback.Deaf(out Fd holder);
        using (holder)
        {
            Assert.Equal(
                new Outcome(1, "", "connect() error: Connection refused\n"),
                UnpProcess.Run("sock/sock", "127.0.0.1", $"{deaf.Port}"));
        }
    }

    [Theory]
    [InlineData("getservbyname() error for: 0/tcp", "127.0.0.1", "0")]
    [InlineData("getservbyname() error for: none/udp", "-u", "127.0.0.1", "none")]
    [InlineData("getservbyname() error for: none/tcp", "-s", "none")]
    [InlineData("invalid hostname: no.such.host.invalid", "no.such.host.invalid", "7")]
    [InlineData("invalid host name for server: no.such.host.invalid", "-s", "no.such.host.invalid", "7")]
    public void Unknown_host_or_service_is_named(string reason, params string[] arguments) =>
        Assert.Equal(new Outcome(1, "", $"{reason}\n"), UnpProcess.Run(["sock/sock", .. arguments]));

    [Fact]
    public void Source_continues_after_write_error_with_W()
    {
        SockAddr deaf = Loopback.Deaf(out Fd holder);
        using (holder)
        {
            Outcome outcome = UnpProcess.Run("sock/sock", "-u", "-i", "-W", "-n4", "-w9", "-p20", "127.0.0.1", $"{deaf.Port}");
            Assert.Equal((0, ""), (outcome.Status, outcome.Output));
            Assert.Contains("write returned -1, expected 9: Connection refused\n", outcome.Error, StringComparison.Ordinal);
            outcome = UnpProcess.Run("sock/sock", "-u", "-i", "-n4", "-w9", "-p20", "127.0.0.1", $"{deaf.Port}");
            Assert.Equal(new Outcome(1, "", "write returned -1, expected 9: Connection refused\n"), outcome);
        }
    }

    [Theory]
    [InlineData("unrecognized option: -2", "-2", "h", "1")]
    [InlineData("option requires an argument: -n", "-in")]
    [InlineData("-n many: the value must be a number of at least 0", "-i", "-n", "many", "127.0.0.1", "7")]
    [InlineData("can't specify -h and -u", "-hu", "127.0.0.1", "7")]
    [InlineData("can't specify -D and -u", "-Du", "127.0.0.1", "7")]
    [InlineData("can't specify -L and -u", "-u", "-L", "0", "127.0.0.1", "7")]
    [InlineData("can't specify -N and -u", "-u", "127.0.0.1", "7", "-N")]
    [InlineData("can't specify -f with TCP", "-f", "127.0.0.1.7", "127.0.0.1", "7")]
    [InlineData("missing <hostname> and/or <port>", "127.0.0.1")]
    [InlineData("missing <hostname> and/or <port>", "127.0.0.1", "7", "8")]
    [InlineData("missing <port>", "-s")]
    public void Invalid_arguments_are_reported(string reason, params string[] arguments)
    {
        Outcome outcome = UnpProcess.Run(["sock/sock", .. arguments]);
        Assert.Equal((1, ""), (outcome.Status, outcome.Output));
        Assert.Equal(reason, outcome.Error.TrimEnd().Split('\n')[^1]);
    }

    static Outcome Verbose(params string[] arguments)
    {
        Outcome outcome = UnpProcess.Run(["sock/sock", "-v", .. arguments[..^1], "127.0.0.1", arguments[^1]]);
        int connected = outcome.Error.IndexOf('\n', StringComparison.Ordinal);
        return outcome with { Error = outcome.Error[(connected + 1)..] };
    }

    static Peer Sock(params string[] arguments) => UnpProcess.Start(["sock/sock", .. arguments]);
}
