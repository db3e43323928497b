namespace Unp.Samples.Tests.packets;

public class SynTests
{
    [Theory]
    [InlineData("192.0.2.2", "1460")]
    [InlineData("192.0.2.2", "1460", "--frame")]
    [InlineData("2001:db8::2", "1440")]
    [InlineData("2001:db8::2", "1440", "--frame")]
    public void Kernel_answers_for_open_and_closed_port(string address, string mss, params string[] mode)
    {
        using var hosts = new mcast.TwoHosts();
        using Fd listener = hosts.Second.Socket(SockAddr.Inet(address, 0).Family, SOCK_STREAM);
        Bind(listener, SockAddr.Inet(address, 0));
        int port = Getsockname(listener).Port;
        string frame = mode.Length == 0 ? "" : "[0-9a-f:]{17} > [0-9a-f:]{17} on v0\n";

        Outcome closed = UnpProcess.RunIn(hosts.First, ["packets/syn", .. mode, address, $"{port}"]);
        Assert.Equal((1, ""), (closed.Status, closed.Error));
        string syn = $"{frame}.* > .*:{port}: SYN, seq [0-9]+, win 65535, mss {mss}\n";
        Assert.Matches($"^{syn}.*: RST ACK, seq 0, ack [0-9]+, win 0\nport {port} is closed\n$", closed.Output);

        Listen(listener);
        Outcome open = UnpProcess.RunIn(hosts.First, ["packets/syn", .. mode, address, $"{port}"]);
        Assert.Equal((0, ""), (open.Status, open.Error));
        Assert.Matches(
            $"^{syn}.*:{port} > .*: SYN ACK, seq [0-9]+, ack [0-9]+, win [0-9]+, mss {mss}\n"
                + $".*: RST, seq [0-9]+, win 0\nport {port} is open\n$", open.Output);
    }

    [Fact]
    public void Silent_host_is_asked_three_times()
    {
        using var hosts = new mcast.TwoHosts();
        RoutedHosts.Filter(hosts.Second, "input", "meta l4proto tcp drop");
        Outcome outcome = UnpProcess.RunIn(hosts.First, "packets/syn", "--timeout", "0.02", "192.0.2.2", "80");
        Assert.Equal((1, "no answer from 192.0.2.2:80\n"), (outcome.Status, outcome.Error));
        Assert.Equal(3, outcome.Output.Split("SYN, seq").Length - 1);
    }

    [Fact]
    public void Missing_right_is_named()
    {
        using var host = new NetworkNamespace();
        using Peer refused = RoutedHosts.StartWithoutRights(host, "packets/syn", "127.0.0.1", "80");
        Assert.Equal(new Outcome(1, "", "socket error: Operation not permitted (this needs root or CAP_NET_RAW)\n"), refused.Finish());
    }
}
