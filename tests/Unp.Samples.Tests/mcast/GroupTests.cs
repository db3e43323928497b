namespace Unp.Samples.Tests.mcast;

public class GroupTests
{
    [Theory]
    [InlineData("239.255.1.2", "192.0.2.1", "192.0.2.2")]
    [InlineData("ff05::1:2", "[2001:db8::1]", "[2001:db8::2]")]
    public void Hosts_hear_each_other_but_not_themselves(string group, string one, string two)
    {
        using var hosts = new TwoHosts();
        using Peer first = Start(hosts.First), second = Start(hosts.Second);
        for (int i = 0; i < 3; i++)
        {
            Assert.Matches($"^from {Regex(two)}:[0-9]+: {Regex(Gethostname())}, {second.Id}$", first.ReadLine()!);
            Assert.Matches($"^from {Regex(one)}:[0-9]+: {Regex(Gethostname())}, {first.Id}$", second.ReadLine()!);
        }
        Assert.Equal(0, first.Kill(SIGTERM).Finish().Status);

        Peer Start(NetworkNamespace host) => TwoHosts.Start(host, "mcast/sendrecv", group, "9877", "--interval", "0.05");

        static string Regex(string text) => System.Text.RegularExpressions.Regex.Escape(text);
    }

    [Fact]
    public void Address_that_is_no_group_is_refused() => Assert.Equal(
        new Outcome(1, "", "mcast_join error: Invalid argument (127.0.0.1 is not a multicast address)\n"),
        UnpProcess.Run("mcast/sendrecv", "127.0.0.1", "0"));

    /// <summary>Another program on the receiver's host has joined the group for all sources, so that all datagrams arrive.</summary>
    [Theory]
    [InlineData("232.1.2.3", "192.0.2.1", "192.0.2.9/24")]
    [InlineData("ff35::1:2", "2001:db8::1", "2001:db8::9/64")]
    public void Only_named_source_is_heard(string groupText, string source, string otherSource)
    {
        using var hosts = new TwoHosts();
        hosts.First.Run($"ip address add {otherSource} dev v0 {(otherSource.Contains(':') ? "nodad" : "")}");
        using Peer receiver = TwoHosts.Start(hosts.Second, "mcast/ssm", source, groupText, "0", "v0");
        SockAddr group = UnpProcess.Listening(receiver);
        Assert.Equal(groupText, Sock_ntop_host(group));
        using Fd all = hosts.Second.Socket(group.Family, SOCK_DGRAM);
        Setsockopt(all, SocketOptions.ReuseAddr, true);
        Bind(all, group);
        hosts.Second.Call(() => Mcast_join(all, group, "v0"));

        using Fd wrong = TwoHosts.Bound(hosts.First, SockAddr.Inet(otherSource.Split('/')[0], 0));
        using Fd right = TwoHosts.Bound(hosts.First, SockAddr.Inet(source, 0));
        foreach (var (fd, text) in ((Fd, string)[])[(wrong, "wrong"), (right, "right"), (wrong, "wrong"), (right, "last")])
        {
            hosts.First.Call(() => Mcast_set_if(fd, "v0"));
            Sendto(fd, System.Text.Encoding.ASCII.GetBytes($"{text}\n"), 0, group);
        }
        string from = Sock_ntop(Getsockname(right));
        Assert.Equal([$"from {from}: right", $"from {from}: last"], [receiver.ReadLine(), receiver.ReadLine()]);
        Assert.Equal(6, Recvfrom(all, new byte[10], 0, out _)); // the first one: "wrong"
        Assert.Equal(new Outcome(0, "", ""), receiver.Kill(SIGTERM).Finish());
    }

    [Theory]
    [InlineData("192.0.2.1", "ff35::1:2", "lo", "Address family not supported by protocol (ff35::1:2 from 192.0.2.1 on lo)")]
    [InlineData("192.0.2.1", "127.0.0.1", "lo", "Invalid argument (127.0.0.1 is not a multicast address from 192.0.2.1 on lo)")]
    [InlineData("192.0.2.1", "232.1.2.3", "no0", "No such device or address (232.1.2.3 from 192.0.2.1 on no0)")]
    public void Wrong_group_or_interface_is_reported(string source, string group, string ifname, string error) => Assert.Equal(
        new Outcome(1, "", $"mcast_join_source_group error: {error}\n"), UnpProcess.Run("mcast/ssm", source, group, "0", ifname));
}
