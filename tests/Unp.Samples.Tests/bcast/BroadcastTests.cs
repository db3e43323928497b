using Unp.Samples.Tests.udpcliserv;

namespace Unp.Samples.Tests.bcast;

/// <summary>
/// Tests the six forms of the broadcast client, and forces the moment at which the wrong ones lose the signal (UNP 20.5).
/// </summary>
public class BroadcastTests
{
    // The tests send the signal themselves.
    const string Never = "3600";

    static readonly string[] Waits = ["recvfrom", "select", "pselect6"];

    static readonly string[] Programs = ["udpcli01", "udpcli02", "udpcli03", "udpcli04", "udpcli05", "udpcli06"];

    public static TheoryData<string> Clients => [.. Programs];

    [Theory]
    [MemberData(nameof(Clients))]
    public void Replies_are_printed_until_signal(string program)
    {
        using var server = new UdpWire();
        using var another = new UdpWire();
        using Peer client = Start(program, server, Never).Type("one\ntwo\n");
        Assert.Equal("one\n", server.Receive(out SockAddr from));
        server.SendTo(from, "ONE\n");
        another.SendTo(from, "and one\n");
        Assert.Equal("from 127.0.0.1: ONE", client.ReadLine());
        Assert.Equal("from 127.0.0.1: and one", client.ReadLine());
        client.WaitUntilIn(Waits).KillFirstThread(SIGALRM);

        Assert.Equal("two\n", server.Receive(out _));
        client.EndInput().WaitUntilIn(Waits).KillFirstThread(SIGALRM);
        Assert.Equal(new Outcome(0, "", ""), client.Finish());
    }

    /// <summary>The wrong forms could lose the alarm on a busy machine.</summary>
    [Theory]
    [InlineData("udpcli04")]
    [InlineData("udpcli05")]
    [InlineData("udpcli06")]
    public void Own_alarm_ends_wait(string program)
    {
        using var server = new UdpWire();
        using Peer client = Start(program, server, "1").Type("one\ntwo\n").EndInput();
        Assert.Equal("one\n", server.Receive(out _));
        Assert.Equal("two\n", server.Receive(out _));
        Assert.Equal(new Outcome(0, "", ""), client.Finish());
    }

    /// <summary>The signal arrives while the client prints, because its output is a full pipe.</summary>
    [Theory]
    [InlineData("udpcli01", false)]
    [InlineData("udpcli03", false)]
    [InlineData("udpcli04", true)]
    [InlineData("udpcli05", true)]
    [InlineData("udpcli06", true)]
    public void Signal_outside_wait_is_lost_by_wrong_forms(string program, bool isKept)
    {
        const int Replies = 20; // more than the pipe holds, less than the socket holds
        using var server = new UdpWire();
        using Peer client = Start(program, server, Never).Type("one\ntwo\n");
        Assert.Equal("one\n", server.Receive(out SockAddr from));
        string reply = new('x', 4000);
        for (int i = 0; i < Replies; i++)
            server.SendTo(from, $"{reply}\n");
        client.WaitUntilIn("write").KillFirstThread(SIGALRM);
        if (program == "udpcli05")
            Assert.Equal("two\n", server.Receive(out _)); // it leaves the printing
        Task<string> output = Task.Run(client.ReadToEnd);
        if (isKept && program != "udpcli05")
            Assert.Equal("two\n", server.Receive(out _));
        client.WaitUntilIn(Waits);
        if (!isKept)
        {
            Assert.True(server.IsEmpty);
            client.KillFirstThread(SIGALRM);
            Assert.Equal("two\n", server.Receive(out _));
        }

        client.EndInput().WaitUntilIn(Waits).KillFirstThread(SIGALRM);
        int complete = output.Within().Split('\n').Count(line => line == $"from 127.0.0.1: {reply}");
        Assert.Equal(0, client.WaitForExit());
        if (program == "udpcli05")
            Assert.InRange(complete, Replies - 2, Replies - 1); // the rest of the line is lost, and the next line continues it
        else
            Assert.Equal(Replies, complete);
    }

    /// <summary>A stalled test can miss the sleep of one second, so it tries again with the next line.</summary>
    [Fact]
    public void Udpcli02_loses_signal_during_its_sleep()
    {
        using var server = new UdpWire();
        using Peer client = Start("udpcli02", server, Never);
        bool isLost = false;
        for (int attempt = 0; attempt < 5 && !isLost; attempt++)
        {
            client.Type("line\n");
            Assert.Equal("line\n", server.Receive(out SockAddr from));
            client.WaitUntilIn("recvfrom");
            server.SendTo(from, "reply\n");
            client.WaitUntilIn("futex").KillFirstThread(SIGALRM);
            Assert.Equal("from 127.0.0.1: reply", client.ReadLine());
            client.Type("next\n");
            isLost = client.WaitUntilIn("recvfrom") is not null && server.IsEmpty;
            if (!isLost)
                Assert.Equal("next\n", server.Receive(out _));
            client.WaitUntilIn("recvfrom").KillFirstThread(SIGALRM);
            if (isLost)
                Assert.Equal("next\n", server.Receive(out _));
        }
        Assert.True(isLost);
    }

    [Fact]
    public void Hosts_of_network_answer_broadcast()
    {
        using NetworkNamespace asking = new(), first = new(), second = new();
        asking.Run("ip link add br0 type bridge; ip link set br0 up; ip addr add 10.9.7.1/24 brd + dev br0");
        Peer[] servers = [Attach(first, 2), Attach(second, 3)];
        try
        {
            using Peer client = On(asking, "bcast/udpcli04", "10.9.7.255", "--port", "9877", "--seconds", Never).Type("one\n");
            string?[] lines = [client.ReadLine(), client.ReadLine()];
            Assert.Equal(["from 10.9.7.2: one", "from 10.9.7.3: one"], lines.Order());

            // Linux fragments a broadcast. Other systems, and Linux if asked, refuse it.
            string large = new('x', 2000);
            client.KillFirstThread(SIGALRM).Type($"{large}\n");
            lines = [client.ReadLine(), client.ReadLine()];
            Assert.Equal([$"from 10.9.7.2: {large}", $"from 10.9.7.3: {large}"], lines.Order());

            asking.Run("ip link set br0 mtu 1400");
            using Peer refused = On(asking, "bcast/udpcli01", "10.9.7.255", "--port", "9877", "--dont-fragment").Type($"{large}\n");
            const string Reason = "sendto error: Message too long (10.9.7.255:9877): 2001 bytes of data, and the MTU of br0 is 1400\n";
            Assert.Equal(new Outcome(1, "", Reason), refused.Finish());
        }
        finally
        {
            foreach (Peer server in servers)
                server.Dispose();
        }

        Peer Attach(NetworkNamespace host, int number)
        {
            NetworkNamespace.Join(asking, $"to{number}", host, "eth0");
            asking.Run($"ip link set to{number} master br0");
            host.Run($"ip addr add 10.9.7.{number}/24 brd + dev eth0");
            Peer server = On(host, "udpcliserv/udpserv01");
            host.Run("for i in $(seq 200); do ss -uln | grep -q :9877 && exit 0; sleep 0.1; done; exit 1");
            return server;
        }

        static Peer On(NetworkNamespace host, params string[] command) =>
            Peer.Start("nsenter", [$"--net={host.Path}", UnpProcess.Executable, .. command]);
    }

    [Fact]
    public void Wrong_arguments_print_usage()
    {
        foreach (string program in Programs)
        {
            var usage = new Outcome(1, "", $"usage: {program} <IPaddress>\n");
            Assert.Equal(usage, UnpProcess.Run($"bcast/{program}"));
            Assert.Equal(usage, UnpProcess.Run($"bcast/{program}", "127.0.0.1", "more"));
        }
    }

    static Peer Start(string program, UdpWire server, string seconds) =>
        UnpProcess.Start($"bcast/{program}", "127.0.0.1", "--port", server.Port, "--seconds", seconds);
}
