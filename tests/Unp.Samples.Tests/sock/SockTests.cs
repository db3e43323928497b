using System.Text.RegularExpressions;

namespace Unp.Samples.Tests.sock;

public class SockTests
{
    [Fact]
    public void A_tcp_client_copies_its_input_to_the_server_and_the_answers_to_its_output()
    {
        using Peer serving = UnpProcess.StartServer("tcpcliserv/tcpserv04", "127.0.0.1", out SockAddr listening);
        using Peer client = Sock("-v", "-h", "127.0.0.1", $"{listening.Port}");
        Assert.Matches($"^connected on 127\\.0\\.0\\.1\\.[0-9]+ to 127\\.0\\.0\\.1\\.{listening.Port}$", client.ReadErrorLine()!);
        client.Type("one\n");
        Assert.Equal("one", client.ReadLine());
        Assert.Equal(new Outcome(0, "half", "connection closed by peer\n"), client.Type("half").Finish());
    }

    [Fact]
    public void Without_h_the_end_of_input_ends_a_client()
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
    public void A_tcp_server_talks_to_one_client_and_ends_with_it(string tool, string address)
    {
        using Peer serving = UnpProcess.StartServer(["sock/sock", "-v", "-s", address, "0"], out SockAddr listening);
        using Peer client = tool == "nc" ? Peer.Start("nc", "-N", address, $"{listening.Port}") : Peer.Start("socat", "-", $"TCP4:{address}:{listening.Port}");
        client.Type("question\n");
        Assert.Equal("question", serving.ReadLine());
        Assert.Matches($"^connection on {Regex.Escape(address)}\\.{listening.Port} from {Regex.Escape(address)}\\.[0-9]+$", serving.ReadErrorLine()!);
        serving.Type("answer\n");
        Assert.Equal("answer", client.ReadLine());
        client.EndInput();
        Assert.Equal(0, serving.WaitForExit());
        Assert.Equal("connection closed by peer\n", serving.ReadErrorToEnd());
    }

    [Fact]
    public void A_source_fills_a_sink()
    {
        using Peer sink = UnpProcess.StartServer(["sock/sock", "-i", "-s", "-v", "-r", "500", "127.0.0.1", "0"], out SockAddr listening);
        Outcome source = UnpProcess.Run("sock/sock", "-i", "-v", "-n", "3", "-w700", "127.0.0.1", $"{listening.Port}");
        Assert.Equal((0, ""), (source.Status, source.Output));
        Assert.EndsWith("\nwrote 700 bytes\nwrote 700 bytes\nwrote 700 bytes\n", source.Error, StringComparison.Ordinal);
        Assert.Equal(0, sink.WaitForExit());
        string told = sink.ReadErrorToEnd();
        Assert.EndsWith("\nconnection closed by peer\n", told, StringComparison.Ordinal);
        int[] received = [.. Regex.Matches(told, "received ([0-9]+) bytes").Select(match => int.Parse(match.Groups[1].Value, null))];
        Assert.Equal(2100, received.Sum());
        Assert.All(received, n => Assert.InRange(n, 1, 500));
    }

    [Theory]
    [InlineData("-k")]
    [InlineData("-V")]
    [InlineData("-kN")]
    public void A_source_writes_the_digits_whole_in_chunks_or_by_writev(string way)
    {
        using var directory = new TempDirectory();
        using var listener = new Wire.Listener();
        using Peer source = Traced.Start(directory["log"], ["trace=write,writev,sendto"], "sock/sock", "-i", "-n", "1", "-w", "18", way, "127.0.0.1", listener.Port);
        using Wire server = listener.Accept();
        Assert.Equal("012345678901234567", server.ReceiveToEnd());
        Assert.Equal(0, source.WaitForExit());
        string[] calls = [.. File.ReadLines(directory["log"]).Where(call => call.Contains("\"01234\"", StringComparison.Ordinal) || call.Contains("\"567", StringComparison.Ordinal))];
        Assert.Equal(way == "-V" ? 1 : 4, calls.Length);
    }

    [Fact]
    public void Urgent_data_goes_before_the_write_that_was_named()
    {
        using var listener = new Wire.Listener();
        using Peer source = Sock("-i", "-n", "2", "-w", "4", "-U", "2", "-v", "127.0.0.1", listener.Port);
        using Wire server = listener.Accept();
        Assert.Equal('\0', server.ReceiveUrgent());
        Assert.Equal("01230123", server.ReceiveToEnd());
        Assert.EndsWith("wrote 4 bytes\nwrote 1 byte of urgent data\nwrote 4 bytes\n", source.Finish().Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_concurrent_server_takes_clients_until_it_is_stopped()
    {
        using Peer sink = UnpProcess.StartServer(["sock/sock", "-isF", "127.0.0.1", "0"], out SockAddr listening);
        using Wire silent = Wire.Connect(listening);
        for (int i = 0; i < 2; i++)
            Assert.Equal(new Outcome(0, "", ""), UnpProcess.Run("sock/sock", "-i", "-n1", "127.0.0.1", $"{listening.Port}"));
        Assert.Equal(new Outcome(0, "", ""), sink.Kill(SIGTERM).Finish());
    }

    [Fact]
    public void Newlines_are_carriage_returns_and_newlines_on_the_wire()
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
    public void A_carriage_return_at_the_end_is_not_lost()
    {
        using var listener = new Wire.Listener();
        using Peer client = Sock("-c", "127.0.0.1", listener.Port);
        using (Wire server = listener.Accept())
            server.Send("one\r\nlast\r");
        Assert.Equal("one\nlast\r", client.ReadToEnd());
    }

    [Fact]
    public void A_carriage_return_at_the_end_of_a_datagram_stays_in_it()
    {
        using Peer serving = UnpProcess.StartServer(["sock/sock", "-c", "-u", "-s", "-E", "0"], out SockAddr listening);
        using Fd client = Loopback.Datagram();
        foreach (string datagram in (string[])["one\r", "\ntwo\r\n", "\r", "three\r\n"])
            Sendto(client, System.Text.Encoding.ASCII.GetBytes(datagram), 0, SockAddr.Loopback(AF_INET, listening.Port));
        for (int i = 0; i < 4; i++)
            Assert.StartsWith("from ", serving.ReadErrorLine()!, StringComparison.Ordinal); // before each
        Assert.Equal("one\r\ntwo\n\rthree\n", serving.Kill(SIGTERM).ReadToEnd());
    }

    [Theory]
    [InlineData(SIGINT)]
    [InlineData(SIGTERM)]
    [InlineData(SIGHUP)]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void A_signal_gives_the_terminal_back_as_it_was(int signo)
    {
        uint lines = (uint)(ECHO | ICANON);
        using var listener = new Wire.Listener();
        using SpawnedProcess client = Forkpty(out Fd master, UnpProcess.Executable, ["sock/sock", "-C", "127.0.0.1", listener.Port]);
        using (master)
        {
            using Fd slave = Open(Ptsname(master), O_RDWR | O_NOCTTY); // to look at it when the client has ended
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
    public void Options_are_set_before_the_connection_and_told()
    {
        using var directory = new TempDirectory();
        using var listener = new Wire.Listener();
        using Peer client = Traced.Start(
            directory["log"], ["trace=setsockopt,connect"], "sock/sock", "-vNKAT", "-S", "20000", "-R30000", "-L", "5", "-X", "600", "-x", "1500", "-y", "2500", "-H", "16", "-J", "9",
            "127.0.0.1", listener.Port);
        using Wire server = listener.Accept();
        string told = client.Finish().Error;
        foreach (string line in (string[])["TCP_NODELAY set", "SO_KEEPALIVE set", "SO_REUSEADDR set", "SO_REUSEPORT set", "linger = 5", "IP_TOS = 16", "IP_TTL = 9", "SO_RCVTIMEO = 1500 ms"])
            Assert.Contains($"{line}\n", told, StringComparison.Ordinal);
        string[] calls = [.. File.ReadLines(directory["log"])];
        int connected = Array.FindIndex(calls, call => call.Contains($"htons({listener.Port})", StringComparison.Ordinal));
        string before = string.Join('\n', calls[..connected]);
        foreach (string call in (string[])
            [
                "SO_SNDBUF, [20000]", "SO_RCVBUF, [30000]", "SO_LINGER, {l_onoff=1, l_linger=5}", "TCP_MAXSEG, [600]", "TCP_NODELAY, [1]",
                "IP_TOS, [16]", "IP_TTL, [9]",
            ])
            Assert.Contains(call, before, StringComparison.Ordinal);
    }

    [Fact]
    public void A_clients_address_is_that_of_l_or_b()
    {
        using Fd free = Loopback.Listener(AF_INET);
        int port = Getsockname(free).Port;
        free.Dispose();
        using var listener = new Wire.Listener();
        using (Peer client = Sock("-v", "-A", "-l", $"127.0.0.2.{port}", "127.0.0.1", listener.Port))
        {
            Assert.Equal("SO_REUSEADDR set", client.ReadErrorLine());
            Assert.Equal($"connected on 127.0.0.2.{port} to 127.0.0.1.{listener.Port}", client.ReadErrorLine());
        }
    }

    [Fact]
    public void Datagrams_go_both_ways_with_a_server_that_tells_where_they_were_sent_to()
    {
        using Peer serving = UnpProcess.StartServer(["sock/sock", "-u", "-s", "-E", "0"], out SockAddr listening);
        using Peer client = Sock("-u", "-v", "127.0.0.1", $"{listening.Port}");
        Match connected = Regex.Match(client.ReadErrorLine()!, $"^connected on 127\\.0\\.0\\.1\\.([0-9]+) to 127\\.0\\.0\\.1\\.{listening.Port}$");
        Assert.True(connected.Success);
        client.Type("question\n");
        Assert.Equal("question", serving.ReadLine());
        Assert.Equal($"from 127.0.0.1.{connected.Groups[1].Value}, to 127.0.0.1:", serving.ReadErrorLine());
        serving.Type("answer\n");
        Assert.Equal("answer", client.ReadLine());
        Assert.Equal($"from 127.0.0.1.{listening.Port}:", client.ReadErrorLine());
        Assert.Equal(0, client.EndInput().WaitForExit());
    }

    [Fact]
    public void An_unconnected_client_hears_others_too()
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
    public void Errors_name_the_call_and_who_refuses()
    {
        SockAddr deaf = Loopback.Deaf(out Fd holder);
        using (holder)
        {
            Assert.Equal(
                new Outcome(1, "", $"connect() error for 127.0.0.1, {deaf.Port}: Connection refused\n"),
                UnpProcess.Run("sock/sock", "127.0.0.1", $"{deaf.Port}"));
        }
    }

    [Theory]
    [InlineData("unrecognized option: -2", "-2", "h", "1")]
    [InlineData("option requires an argument: -n", "-in")]
    [InlineData("-n many: a number from 0 up is wanted", "-i", "-n", "many", "127.0.0.1", "7")]
    [InlineData("can't specify -o with TCP, or for a server", "-o", "127.0.0.1", "7")]
    [InlineData("can't specify -h with -u: UDP has no half-close", "-hu", "127.0.0.1", "7")]
    [InlineData("missing <host> and/or <port>, or too much", "127.0.0.1")]
    [InlineData("missing <port>, or too much", "-s")]
    public void What_makes_no_sense_is_told(string reason, params string[] arguments)
    {
        Outcome outcome = UnpProcess.Run(["sock/sock", .. arguments]);
        Assert.Equal((1, ""), (outcome.Status, outcome.Output));
        Assert.Equal(reason, outcome.Error.TrimEnd().Split('\n')[^1]);
    }

    static Peer Sock(params string[] arguments) => UnpProcess.Start(["sock/sock", .. arguments]);
}
