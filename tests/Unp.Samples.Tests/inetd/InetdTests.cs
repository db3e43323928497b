using System.Buffers.Binary;
using Unp.Samples.inetd;
using Unp.Samples.Tests.udpcliserv;

namespace Unp.Samples.Tests.inetd;

/// <summary>Tests of inetd with third-party clients.</summary>
public class InetdTests
{
    [Fact]
    public void Internal_stream_services_follow_RFCs()
    {
        using var inetd = new InetdProcess("""
            # The services that need no program
            127.0.0.1:0  stream  tcp   nowait  root  internal  echo
            127.0.0.2:0  stream  tcp4  nowait  root  internal  discard
            127.0.0.3:0  stream  tcp   nowait  root  internal  chargen
            127.0.0.4:0  stream  tcp   nowait  root  internal  daytime
            127.0.0.5:0  stream  tcp   nowait  root  internal  time
            """);
        using (Peer echo = Netcat(inetd.Next(), "-N"))
            Assert.Equal("hello\n", echo.Type("hello\n").Finish().Output);
        SockAddr discard = inetd.Next();
        using (Peer nothing = Netcat(discard, "-N"))
            Assert.Equal("", nothing.Type("hello\n").Finish().Output);
        SockAddr chargen = inetd.Next();
        using (Wire characters = Wire.Connect(chargen))
        {
            Assert.StartsWith(" !\"#$%&'()*+,-./0123", characters.Receive(74), StringComparison.Ordinal);
            Assert.EndsWith("defgh\r\n", characters.Receive(74), StringComparison.Ordinal);
            string later = characters.Receive(74 * 95 * 3);
            Assert.Equal(later[..(74 * 95)], later[(74 * 95 * 2)..]);
            characters.Reset();
        }
        using (Peer daytime = Netcat(inetd.Next(), "-d"))
            Assert.Matches("^.{24}\r\n$", daytime.Finish().Output);
        using (Wire time = Wire.Connect(inetd.Next()))
            AssertIsNow(time.ReceiveToEnd());
        Assert.Equal(new Outcome(0, "", ""), inetd.Stop());
    }

    [Fact]
    public void Slow_client_of_internal_service_blocks_no_other()
    {
        using var inetd = new InetdProcess(
            "127.0.0.1:0 stream tcp nowait root internal echo\n127.0.0.2:0 stream tcp nowait root internal chargen\n");
        SockAddr echo = inetd.Next();
        using Wire neverReads = Wire.Connect(inetd.Next());
        using Wire silent = Wire.Connect(echo);
        using Wire client = Wire.Connect(echo);
        Assert.Equal("still here", client.Send("still here").Receive(10));
    }

    [Fact]
    public void Internal_datagram_services_follow_RFCs()
    {
        using var inetd = new InetdProcess("""
            127.0.0.1:0  dgram  udp   wait    root  internal  echo
            127.0.0.2:0  dgram  udp4  nowait  root  internal  discard
            127.0.0.3:0  dgram  udp   wait    root  internal  chargen
            127.0.0.4:0  dgram  udp   wait    root  internal  daytime
            127.0.0.5:0  dgram  udp   wait    root  internal  time
            """);
        using var client = new UdpWire();
        SockAddr echo = inetd.Next();
        Assert.Equal("", client.SendTo(echo, "").Receive());
        using (Peer socat = Peer.Start("socat", "-t", "1", "-", $"UDP4:{echo}"))
            Assert.Equal("to socat\n", socat.Type("to socat\n").Finish().Output);
        SockAddr discard = inetd.Next();
        Assert.Equal("after it", client.SendTo(discard, "nothing").SendTo(echo, "after it").Receive());
        Assert.InRange(client.SendTo(inetd.Next(), "x").Receive().Length, 0, 512);
        Assert.Matches("^.{24}\r\n$", client.SendTo(inetd.Next(), "").Receive());
        AssertIsNow(client.SendTo(inetd.Next(), "").Receive());
    }

    [Theory]
    [InlineData(7)]
    [InlineData(13)]
    [InlineData(19)]
    [InlineData(37)]
    public void Datagram_from_port_of_answering_service_is_ignored(int port)
    {
        foreach (string name in InternalService.Names)
            Assert.Null(InternalService.ReplyToDatagram(name, "x"u8, SockAddr.Inet("127.0.0.1", port)));
        Assert.Equal("x"u8.ToArray(), InternalService.ReplyToDatagram("echo", "x"u8, SockAddr.Inet("127.0.0.1", 4711)));
    }

    [Fact]
    public void Program_gets_connection_as_standard_files_and_its_arguments()
    {
        using var inetd = new InetdProcess("""
            127.0.0.1:0  stream  tcp  nowait  root  /bin/sh  called -c
              'echo "$0 $1|$2"; ls /proc/self/fd; read line; echo "got $line" >&2' "two  words" ''
            [::1]:0      stream  tcp  nowait  root  /bin/cat
            """.Replace("root", Environment.UserName, StringComparison.Ordinal));
        using Peer client = Netcat(inetd.Next(), "-N");

        // Descriptor 3 is that of the listing.
        Assert.Equal("two  words |\n0\n1\n2\n3\ngot a line\n", client.Type("a line\n").Finish().Output);
        Loopback.Require(AF_INET6);
        using Wire six = Wire.Connect(inetd.Next());
        Assert.Equal("by IPv6", six.Send("by IPv6").EndSending().ReceiveToEnd());
        Limit.Until(() => inetd.Children.Length == 0, "no child left");
    }

    [Theory]
    [InlineData("nobody", "65534 nogroup nogroup")]
    [InlineData("nobody:daemon", "65534 daemon daemon")]
    [InlineData("nobody.daemon", "65534 daemon daemon")]
    [InlineData("daemon", "1 daemon daemon")]
    public void Program_permanently_runs_as_user_of_its_line(string user, string who)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root may change its user");
        using var inetd = new InetdProcess($"""
            127.0.0.1:0  stream  tcp  nowait  {user}  /bin/sh  sh -c
              'echo $(id -u) $(id -gn) $(id -Gn); grep SigIgn /proc/self/status; grep -E "^(Uid|CapEff)" /proc/self/status; cat'
            """);
        using Peer client = Netcat(inetd.Next(), "-N");
        string uid = who.Split(' ')[0];
        Assert.Equal(
            $"{who}\nSigIgn:\t0000000000000000\nUid:\t{uid}\t{uid}\t{uid}\t{uid}\nCapEff:\t0000000000000000\ntyped\n",
            client.Type("typed\n").Finish().Output);
    }

    [Fact]
    public void Datagram_program_gets_socket_and_is_restarted_for_later_ones()
    {
        using var inetd = new InetdProcess(
            $"127.0.0.1:0 dgram udp wait {Environment.UserName} /bin/sh sh -c 'dd bs=100 count=1 2>/dev/null >>DIR/out'");
        SockAddr service = inetd.Next();
        using var client = new UdpWire();
        foreach (string datagram in (string[])["first ", "second ", "third "])
        {
            client.SendTo(service, datagram);
            Limit.Until(
                () => File.Exists(inetd["out"]) && File.ReadAllText(inetd["out"]).EndsWith(datagram, StringComparison.Ordinal), datagram);
        }
        Assert.Equal("first second third ", File.ReadAllText(inetd["out"]));
    }

    [Fact]
    public void Waiting_stream_program_accepts_and_is_replaced_when_killed()
    {
        using var inetd = new InetdProcess(
            $"127.0.0.1:0 stream tcp wait {Environment.UserName} {UnpProcess.Executable} unp inetd/tcpechosrv\n");
        SockAddr service = inetd.Next();
        for (int round = 0; round < 2; round++)
        {
            using Wire first = Wire.Connect(service);
            using Wire second = Wire.Connect(service);
            Assert.Equal("second", second.Send("second\n").Receive(6));
            Assert.Equal("first", first.Send("first\n").Receive(5));
            int program = Assert.Single(Started(inetd.Id));
            Kill(program, SIGKILL);
            Assert.Matches(": Killed; retrying in [12] s$", inetd.ReadErrorLine());
        }
    }

    [Fact]
    public void Invalid_lines_are_reported_and_others_apply()
    {
        using var inetd = new InetdProcess("""
            echo stream tcp nowait
            127.0.0.1:0  stream  tcp  nowait  root  internal  echo
            127.0.0.2:0  stream  tcp  perhaps root  internal  echo
            no-such-service-anywhere  stream  tcp  nowait  root  internal  echo
            127.0.0.3:0  stream  tcp  nowait  root  internal  daytime
            """);
        Assert.StartsWith($"{inetd.File}:1: 4 words, but at least 6 are needed", inetd.ReadErrorLine(), StringComparison.Ordinal);
        Assert.Equal($"{inetd.File}:3: perhaps must be wait or nowait", inetd.ReadErrorLine());
        using Wire echo = Wire.Connect(inetd.Next());
        Assert.Equal("x", echo.Send("x").Receive(1));
        Assert.Matches($"^{inetd.File}:4: no-such-service-anywhere/tcp: getaddrinfo error .*; retrying in 1 s$", inetd.ReadErrorLine());
        using Wire daytime = Wire.Connect(inetd.Next());
        Assert.Equal(26, daytime.ReceiveToEnd().Length);
    }

    [Fact]
    public void SIGHUP_rereads_configuration_and_keeps_connections()
    {
        const string Kept = "127.0.0.1:0 stream tcp nowait root internal echo\n";
        using var inetd = new InetdProcess($"{Kept}127.0.0.2:0 stream tcp nowait root internal echo\n");
        SockAddr kept = inetd.Next(), gone = inetd.Next();
        using Wire before = Wire.Connect(kept);
        using Wire ofGone = Wire.Connect(gone);
        Assert.Equal("ab", before.Send("a").Receive(1) + ofGone.Send("b").Receive(1));

        inetd.Write(
            $"not a line\n{Kept.Replace("echo", "daytime", StringComparison.Ordinal)}127.0.0.3:0 stream tcp nowait root internal time\n");
        inetd.Reload();
        Assert.StartsWith($"{inetd.File}:1: 3 words", inetd.ReadErrorLine(), StringComparison.Ordinal);
        using Wire added = Wire.Connect(inetd.Next());
        AssertIsNow(added.ReceiveToEnd());
        Assert.Equal("cd", before.Send("c").Receive(1) + ofGone.Send("d").Receive(1));
        using (Wire changed = Wire.Connect(kept))
            Assert.Equal(26, changed.ReceiveToEnd().Length);
        using Fd refused = Socket(AF_INET, SOCK_STREAM);
        Assert.Equal((-1, Errno.ECONNREFUSED), (connect(refused, gone), Errno.Last));

        File.Delete(inetd.File);
        inetd.Reload();
        Assert.StartsWith($"{inetd.File}: ", inetd.ReadErrorLine(), StringComparison.Ordinal);
        using Wire still = Wire.Connect(kept);
        Assert.Equal(26, still.ReceiveToEnd().Length);
    }

    [Fact]
    public void Repeatedly_dying_program_is_started_less_and_less_often()
    {
        using var inetd = new InetdProcess(
            $"127.0.0.1:0 dgram udp wait {Environment.UserName} /bin/false\n127.0.0.2:0 stream tcp nowait root internal daytime\n");
        SockAddr dying = inetd.Next(), other = inetd.Next();
        using var client = new UdpWire();
        client.SendTo(dying, "never read");
        Assert.Equal($"{inetd.File}:1: 127.0.0.1:0/udp: /bin/false: exit status 1; retrying in 1 s", inetd.ReadErrorLine());
        Assert.EndsWith("exit status 1; retrying in 2 s", inetd.ReadErrorLine(), StringComparison.Ordinal);
        Assert.Empty(inetd.Children);
        using Wire fine = Wire.Connect(other);
        Assert.Equal(26, fine.ReceiveToEnd().Length);
    }

    [Fact]
    public void Missing_program_is_reported()
    {
        using var inetd = new InetdProcess($"127.0.0.1:0 stream tcp nowait {Environment.UserName} /no/such/program\n");
        using Wire client = Wire.Connect(inetd.Next());
        Assert.Equal("", client.ReceiveToEnd());
        Assert.Matches(": posix_spawn error: No such file or directory \\(/no/such/program\\); retrying in 1 s$", inetd.ReadErrorLine());
    }

    [Fact]
    public void Service_over_rate_limit_is_paused_and_others_continue()
    {
        using var inetd = new InetdProcess("""
            127.0.0.1:0  stream  tcp  nowait.3  root  internal  daytime
            127.0.0.2:0  stream  tcp  nowait.0  root  internal  daytime
            """, "-R", "1");
        SockAddr limited = inetd.Next(), unlimited = inetd.Next();
        for (int i = 0; i < 3; i++)
            Assert.Equal(26, Ask(limited).Length);
        using Wire waits = Wire.Connect(limited);
        Assert.Matches("^.*:1: 127.0.0.1:0/tcp: more than 3 starts per minute; pausing for (60|[45].) s$", inetd.ReadErrorLine());
        for (int i = 0; i < 10; i++)
            Assert.Equal(26, Ask(unlimited).Length);
    }

    [Fact]
    public void Address_over_rate_limit_is_refused_and_others_are_not()
    {
        using var inetd = new InetdProcess(
            "127.0.0.1:0 stream tcp nowait root internal daytime\n127.0.0.2:0 dgram udp wait root internal daytime\n", "-C", "2");
        SockAddr tcp = inetd.Next(), udp = inetd.Next();
        Assert.Equal((26, 26, 0, 0), (Ask(tcp).Length, Ask(tcp).Length, Ask(tcp).Length, Ask(tcp).Length));
        Assert.Equal($"{inetd.File}:1: 127.0.0.1:0/tcp: more than 2 starts per minute from 127.0.0.1; refusing it", inetd.ReadErrorLine());
        using (Peer other = Peer.Start("nc", "-d", "-s", "127.0.0.9", $"{tcp.Address}", $"{tcp.Port}"))
            Assert.Equal(26, other.Finish().Output.Length);

        // Every datagram except the third is answered.
        using var client = new UdpWire();
        for (int i = 0; i < 3; i++)
            client.SendTo(udp, "");
        Assert.Matches("from 127.0.0.1; refusing it$", inetd.ReadErrorLine());
        Assert.Equal((26, 26, true), (client.Receive().Length, client.Receive().Length, client.IsEmpty));
    }

    [Fact]
    public void Program_without_option_is_daemon_with_pid_file()
    {
        using var directory = new TempDirectory();
        using var log = new LogSocket(directory["log"]);
        File.WriteAllText(directory["conf"], "127.0.0.1:0 stream tcp nowait root internal daytime\nbad\n");
        using Peer first = UnpProcess.StartWith(
            new Dictionary<string, string> { ["UNP_SYSLOG"] = directory["log"] }, "inetd/inetd", "-p", directory["pid"], directory["conf"]);
        Outcome outcome = first.Finish();
        Assert.Equal((0, ""), (outcome.Status, outcome.Output));
        int daemon = ProgramOptions.Number(File.ReadAllText(directory["pid"]).Trim());
        try
        {
            // Until the daemon is ready, the terminal also shows the log lines.
            string[] said = outcome.Error.Split('\n');
            Assert.StartsWith($"{directory["conf"]}:2: 1 words", said[0], StringComparison.Ordinal);
            Assert.Equal(
                [$"<30>inetd[{daemon}]: {said[0]}", $"<30>inetd[{daemon}]: {said[1]}"], [log.ReceiveUndated(), log.ReceiveUndated()]);
            Assert.Equal(26, Ask(SockAddr.Parse(said[1]["listening on ".Length..])).Length);
            Kill(daemon, SIGHUP);
            Assert.Contains("conf:2: 1 words", log.ReceiveUndated(), StringComparison.Ordinal);
        }
        finally
        {
            Kill(daemon, SIGTERM);
        }
        Limit.Until(() => !Proc.IsUnp(daemon) && !File.Exists(directory["pid"]), "inetd has ended");
    }

    [Fact]
    public void Missing_configuration_is_immediate_error() =>
        Assert.Equal(new Outcome(1, "", "/no/such/file: no such file\n"), UnpProcess.Run("inetd/inetd", "/no/such/file"));

    static int[] Started(int parent) =>
    [
        .. Directory.GetDirectories($"/proc/{parent}/task")
            .SelectMany(task => File.ReadAllText($"{task}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(ProgramOptions.Number),
    ];

    static string Ask(SockAddr service)
    {
        using Wire client = Wire.Connect(service);
        return client.ReceiveToEnd();
    }

    static Peer Netcat(SockAddr service, string option) => Peer.Start("nc", option, $"{service.Address}", $"{service.Port}");

    static void AssertIsNow(string answer)
    {
        const uint Seconds1900To1970 = 2208988800;
        uint seconds = BinaryPrimitives.ReadUInt32BigEndian(System.Text.Encoding.Latin1.GetBytes(answer));
        Assert.InRange(
            (long)seconds - Seconds1900To1970,
            DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 20,
            DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 1);
    }
}
