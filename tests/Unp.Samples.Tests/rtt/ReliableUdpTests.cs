namespace Unp.Samples.Tests.rtt;

public class ReliableUdpTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void Each_line_is_echoed_and_traced(string address)
    {
        using Peer serving = UnpProcess.StartServer("udpcliserv/udpserv01", address, out SockAddr bound);
        using Peer client = UnpProcess.Start("rtt/udpcli01", address, "--port", $"{bound.Port}").Type("one\ntwo\n");
        Outcome outcome = client.Finish();
        Assert.Equal((0, "one\ntwo\n"), (outcome.Status, outcome.Output));
        string[] trace = outcome.Error.TrimEnd('\n').Split('\n');
        Assert.Equal("send    1: rtt = 0.000, srtt = 0.000, rttvar = 0.750, rto = 3.000", trace[0]);
        Assert.Equal("recv    1", trace[1]);
        Assert.Matches(@"^send    2: rtt = \d\.\d{3}, srtt = \d\.\d{3}, rttvar = \d\.\d{3}, rto = \d\.\d{3}$", trace[2]);
        Assert.Equal("recv    2", trace[3]);
        Assert.Equal(4, trace.Length);
    }

    /// <summary>The firewall of a separate host drops each third request.</summary>
    [Fact]
    public void Lost_lines_are_sent_again()
    {
        Peer.Require("nft");
        using var host = new NetworkNamespace();
        host.Run(
            """
            nft 'add table ip lossy
            add chain ip lossy in { type filter hook input priority 0; }
            add rule ip lossy in udp dport 9877 numgen inc mod 3 0 drop'
            """);
        using Peer server = Peer.Start("nsenter", $"--net={host.Path}", UnpProcess.Executable, "udpcliserv/udpserv01");
        host.Run("for i in $(seq 200); do ss -uln | grep -q :9877 && exit 0; sleep 0.1; done; exit 1");
        using Peer client = Peer.Start(
            "nsenter", $"--net={host.Path}", UnpProcess.Executable, "rtt/udpcli01", "127.0.0.1", "--port", "9877");
        Outcome outcome = client.Type("one\ntwo\nthree\n").Finish();
        Assert.Equal((0, "one\ntwo\nthree\n"), (outcome.Status, outcome.Output));
        Assert.Contains(
            "dg_send_recv: timeout, retransmitting\nsend    1: rtt = 0.000, srtt = 0.000, rttvar = 0.750, rto = 6.000\n", outcome.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_arguments_print_usage()
    {
        var usage = new Outcome(1, "", "usage: udpcli01 <IPaddress>\n");
        Assert.Equal(usage, UnpProcess.Run("rtt/udpcli01"));
        Assert.Equal(usage, UnpProcess.Run("rtt/udpcli01", "127.0.0.1", "more"));
        Assert.Equal(new Outcome(1, "", "inet_pton error for nonsense\n"), UnpProcess.Run("rtt/udpcli01", "nonsense"));
    }
}
