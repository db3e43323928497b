using System.Buffers.Binary;
using Unp.Samples.Tests.mcast;

namespace Unp.Samples.Tests.ssntp;

public class SsntpTests
{
    const uint JAN_1970 = 2208988800;

    /// <summary>chronyd sends the time of this machine, so the difference is only the delay of this test.</summary>
    [Theory]
    [InlineData("224.0.1.1", "0.0.0.0")]
    [InlineData("ff05::101", "[::]")]
    public void Broadcast_of_chronyd_has_no_clock_difference(string group, string wildcard)
    {
        using var directory = new TempDirectory();
        using var hosts = new TwoHosts();
        using Peer client = TwoHosts.Start(hosts.Second, "ssntp/ssntp", group, "--port", "0");
        SockAddr listening = UnpProcess.Listening(client);
        Assert.Equal($"{wildcard}:{listening.Port}", $"{listening}");
        Assert.Equal($"joined {group} on v0", client.ReadLine()); // C prints the port if it is not 0
        File.WriteAllText(directory["conf"], $"""
            port 123
            cmdport 0
            local stratum 3
            broadcast 1 {group} {listening.Port}
            pidfile {directory["pid"]}
            """);
        using Peer server = TwoHosts.Start(hosts.First, "chronyd", ["-x", "-d", "-u", "root", "-f", directory["conf"]]);
        Assert.Equal("", client.ReadLine());
        string line = client.ReadLine()!;
        Assert.Matches("^v4, mode 5, strat 3, clock difference = [0-9]+ usec$", line);
        Assert.InRange(long.Parse(line.Split(' ')[^2], null), 0, 20_000_000);
    }

    [Fact]
    public void Difference_client_and_short_packet_are_printed()
    {
        using var hosts = new TwoHosts();
        using Peer client = TwoHosts.Start(hosts.Second, "ssntp/ssntp", "224.0.1.1", "--port", "0");
        int port = UnpProcess.Listening(client).Port;
        using Fd sender = TwoHosts.Bound(hosts.First, SockAddr.Inet("192.0.2.1", 0));
        SockAddr group = SockAddr.Inet("224.0.1.1", port);

        Sendto(sender, new byte[47], 0, group);
        Sendto(sender, Packet(mode: 3, DateTimeOffset.UnixEpoch), 0, group);
        DateTimeOffset sent = DateTimeOffset.UtcNow;
        Sendto(sender, Packet(mode: 5, sent.AddHours(1)), 0, group);
        Sendto(sender, Packet(mode: 5, sent.AddYears(-20)), 0, group);
        Assert.Equal("joined 224.0.1.1 on v0", client.ReadLine());
        Assert.Equal(["", "packet too small: 47 bytes", "", "v3, mode 3, strat 7, client"], Lines(4));
        Within(-3_600_000_000);
        Within((sent - sent.AddYears(-20)).Ticks / 10);

        string[] Lines(int count) => [.. Enumerable.Range(0, count).Select(_ => client.ReadLine()!)];

        void Within(long expected)
        {
            string line = Lines(2)[1];
            Assert.Matches("^v3, mode 5, strat 7, clock difference = -?[0-9]+ usec$", line);
            Assert.InRange(long.Parse(line.Split(' ')[^2], null), expected - 1, expected + 20_000_000);
        }
    }

    static byte[] Packet(byte mode, DateTimeOffset time)
    {
        byte[] packet = new byte[48];
        packet[0] = (byte)(3 << 3 | mode);
        packet[1] = 7;
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(40), (uint)(time.ToUnixTimeSeconds() + JAN_1970));
        double fraction = time.Ticks % TimeSpan.TicksPerSecond / (double)TimeSpan.TicksPerSecond;
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(44), (uint)(fraction * 4294967296));
        return packet;
    }
}
