using Unp.Net.Packets;

namespace Unp.Samples.Tests.udpcksum;

/// <summary>The test is the name server: it returns each query, with or without checksum.</summary>
public sealed class UdpcksumTests : IDisposable
{
    readonly mcast.TwoHosts hosts = new();
    readonly Fd server;
    readonly Fd capture;
    readonly byte[] packet = new byte[1500];

    public UdpcksumTests()
    {
        server = mcast.TwoHosts.Bound(hosts.Second, SockAddr.Inet("192.0.2.2", 0));
        capture = hosts.Second.Socket(AF_INET, SOCK_RAW, IPPROTO_UDP);
    }

    string Port => $"{Getsockname(server).Port}";

    public void Dispose()
    {
        server.Dispose();
        capture.Dispose();
        hosts.Dispose();
    }

    [Theory]
    [InlineData("udpcksum", true)]
    [InlineData("udpcksum", false)]
    [InlineData("udpcksum-libnet", true)]
    [InlineData("udpcksum-libnet", false)]
    public void Checksum_of_reply_and_of_query_is_as_requested(string program, bool isOn)
    {
        string[] zero = isOn ? [] : ["-0"];
        using Peer peer = UnpProcess.StartIn(hosts.First, [program, .. zero, "-v", "--timeout", "60", "192.0.2.2", Port]);
        int n = Recvfrom(server, packet, 0, out SockAddr client);
        byte[] query =
        [
            0x04, 0xd2, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, .. "a"u8, 12, .. "root-servers"u8, 3, .. "net"u8, 0, 0, 1, 0, 1,
        ];
        Assert.Equal(query, packet[..n]);

        // Neither a reply to another port nor one with another number counts. Their checksums differ from that of the reply.
        Setsockopt(server, SocketOptions.NoCheck, isOn);
        Sendto(server, packet.AsSpan(0, n), 0, SockAddr.Inet("192.0.2.1", client.Port ^ 1));
        Sendto(server, [0, 0, .. packet.AsSpan(2, n - 2)], 0, client);
        Setsockopt(server, SocketOptions.NoCheck, !isOn);
        Sendto(server, packet.AsSpan(0, n), 0, client);
        Outcome outcome = peer.Finish();
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        Assert.Matches(
            $"^device = v0\ncmd = udp and src host 192.0.2.2 and src port {Port}\nsent: 36 bytes of data\n"
                + $"UDP checksums {(isOn ? "on" : "off")}\nreceived UDP checksum = {(isOn ? "[1-9a-f][0-9a-f]*" : "0")}\n$",
            outcome.Output);

        Packet captured = Packet.Decode(packet.AsSpan(0, Recvfrom(capture, packet, 0, out _)), LinkType.Raw);
        Assert.Equal(isOn ? ChecksumStatus.Valid : ChecksumStatus.Absent, captured.TransportChecksumStatus);
        Assert.Equal(client.Port, captured.Udp.Header.SourcePort);
    }

    [Fact]
    public void Source_and_interface_can_be_chosen()
    {
        hosts.First.Run("ip address add 192.0.2.77/24 dev v0");
        using Peer peer = UnpProcess.StartIn(
            hosts.First, "udpcksum", "-i", "v0", "-l", "192.0.2.77.4321", "--timeout", "60", "192.0.2.2", Port);
        int n = Recvfrom(server, packet, 0, out SockAddr client);
        Assert.Equal(SockAddr.Inet("192.0.2.77", 4321), client);
        Sendto(server, packet.AsSpan(0, n), 0, client);
        Assert.Equal(new Outcome(0, "UDP checksums on\n", ""), peer.Finish());
    }

    [Fact]
    public void Query_is_sent_three_times()
    {
        using Peer peer = UnpProcess.StartIn(hosts.First, "udpcksum", "--timeout", "0.02", "192.0.2.2", Port);
        Assert.Equal(new Outcome(1, "timeout\ntimeout\n", "no response\n"), peer.Finish());
        for (int i = 0; i < 3; i++)
            Assert.Equal(36, Recvfrom(server, packet, 0, out _));
        Assert.False(TryRecv(server, packet, out _, MSG_DONTWAIT));
    }

    [Theory]
    [InlineData("-l 1.2.3.0: an address and a port from 1 to 65535 are needed, such as 192.0.2.1.4000", "-l", "1.2.3.0")]
    [InlineData("usage: udpcksum [ -0 ] [ -i <dev> ] [ -l <a.b.c.d.p> ] [ -v ] <host> <service>")]
    public void Wrong_arguments_are_reported(string error, params string[] arguments)
    {
        string[] host = arguments.Length == 0 ? [] : ["192.0.2.2", "53"];
        Outcome outcome = UnpProcess.RunIn(hosts.First, ["udpcksum/udpcksum", .. arguments, .. host]);
        Assert.Equal((1, error), (outcome.Status, outcome.Error.TrimEnd()));
    }

    [Fact]
    public void Missing_right_is_named()
    {
        using Peer refused = RoutedHosts.StartWithoutRights(hosts.First, "udpcksum", "192.0.2.2", Port);
        Assert.Equal(new Outcome(1, "", "socket error: Operation not permitted (this needs root or CAP_NET_RAW)\n"), refused.Finish());
    }
}
