namespace Unp.Samples.Tests.ioctl;

/// <summary>Tests of arp in a network namespace, whose cache <c>ip neigh</c> also shows.</summary>
public sealed class ArpTests : IDisposable
{
    readonly NetworkNamespace host = new();

    public ArpTests() => host.Run("""
        ip link add v1 type veth peer name v2
        ip link set v2 up
        ip link set v1 up
        ip addr add 192.0.2.1/24 dev v1
        """);

    public void Dispose() => host.Dispose();

    [Fact]
    public void Entry_is_set_listed_looked_up_and_deleted()
    {
        const string Nine = "? (192.0.2.9) at 02:00:00:00:00:09 [ether] PERM on v1\n";
        Assert.Equal(new Outcome(0, "", ""), Arp("-s", "192.0.2.9", "02:00:00:00:00:09"));
        Assert.Equal("192.0.2.9 dev v1 lladdr 02:00:00:00:00:09 PERMANENT", host.Run("ip -4 neigh").Trim());
        Assert.Equal(new Outcome(0, Nine, ""), Arp("-a"));
        Assert.Equal(new Outcome(0, Nine, ""), Arp("192.0.2.9"));
        Assert.Equal(new Outcome(0, Nine, ""), Arp("-i", "v1", "192.0.2.9"));

        Assert.Equal(new Outcome(0, "", ""), Arp("-i", "v1", "-s", "192.0.2.10", "02-00-00-00-00-0A", "temp"));
        string[] both = [Nine, "? (192.0.2.10) at 02:00:00:00:00:0a [ether] on v1\n"];
        Assert.Equal(both.Order(), Arp().Output.Split('\n')[..^1].Select(line => $"{line}\n").Order());
        Assert.Equal("", Arp("-i", "v2").Output);

        Assert.Equal(new Outcome(0, "", ""), Arp("-d", "192.0.2.9"));
        Assert.DoesNotContain("192.0.2.9 ", host.Run("ip -4 neigh show nud permanent"));
        Assert.Equal(
            new Outcome(1, "", "ioctl error: No such device or address (SIOCDARP 192.0.2.9)\n"), Arp("-d", "192.0.2.9"));
    }

    [Fact]
    public void Published_entry_is_set_and_deleted()
    {
        Assert.Equal(new Outcome(0, "", ""), Arp("-i", "v1", "-s", "192.0.2.20", "02:00:00:00:00:20", "pub"));
        Assert.StartsWith("192.0.2.20 dev v1 ", host.Run("ip neigh show proxy"), StringComparison.Ordinal);
        Assert.Equal("? (192.0.2.20) at * PERM PUB on v1\n", Arp("-a").Output);
        Assert.Equal(new Outcome(0, "", ""), Arp("-i", "v1", "-d", "192.0.2.20", "pub"));
        Assert.Equal("", host.Run("ip neigh show proxy"));
    }

    [Fact]
    public void Unanswered_address_is_incomplete()
    {
        using Fd sockfd = host.Socket(AF_INET, SOCK_DGRAM);
        Sendto(sockfd, "x"u8, 0, SockAddr.Inet("192.0.2.30", 9));
        Assert.Equal("? (192.0.2.30) at <incomplete> on v1\n", Arp("-a").Output);
    }

    [Theory]
    [InlineData("192.0.2.99 -- no entry", "192.0.2.99")]
    [InlineData("192.0.2.99 -- no entry on v1", "-i", "v1", "192.0.2.99")]
    [InlineData("ioctl error: No such device (SIOCGARP 192.0.2.9 nope0)", "-i", "nope0", "192.0.2.9")]
    [InlineData("if_nametoindex error: No such device (nope0)", "-i", "nope0", "-a")]
    [InlineData("ioctl error: Network is unreachable (SIOCSARP 203.0.113.1)", "-s", "203.0.113.1", "02:00:00:00:00:01")]
    [InlineData("02:00 is not an Ethernet address", "-s", "192.0.2.9", "02:00")]
    [InlineData("::1 is not an IPv4 address", "::1")]
    [InlineData("inet_pton error for nonsense", "nonsense")]
    [InlineData("usage: arp [ -i <interface> ] [ -a ]", "-x")]
    [InlineData("usage: arp [ -i <interface> ] [ -a ]", "-s", "192.0.2.9", "02:00:00:00:00:01", "perm")]
    [InlineData("usage: arp [ -i <interface> ] [ -a ]", "-d")]
    public void Wrong_arguments_are_reported(string error, params string[] arguments)
    {
        Outcome outcome = Arp(arguments);
        Assert.Equal((1, "", error), (outcome.Status, outcome.Output, outcome.Error.Split('\n')[0]));
    }

    Outcome Arp(params string[] arguments) => UnpProcess.RunIn(host, ["ioctl/arp", .. arguments]);
}
