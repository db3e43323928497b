using System.Text;
using Unp.Samples.Tests.mcast;

namespace Unp.Samples.Tests.mysdr;

public class MysdrTests
{
    const string Session =
        "v=0\r\no=ann 1 1 IN IP4 192.0.2.1\r\ns=A talk\r\nc=IN IP4 224.2.1.1/127\r\nt=0 0\r\nm=audio 49170 RTP/AVP 0\r\n";

    /// <summary>socat announces a session as RFC 2974 says, to the group of the book.</summary>
    [Fact]
    public void Announcement_is_printed()
    {
        using var hosts = new TwoHosts();
        using Peer receiver = TwoHosts.Start(hosts.Second, "mysdr/mysdr", "--port", "0");
        SockAddr group = UnpProcess.Listening(receiver);
        Assert.Equal("224.2.127.254", Sock_ntop_host(group));
        using Peer announcer = TwoHosts.Start(hosts.First, "socat", ["-u", "STDIN", $"UDP4-DATAGRAM:{group},bind=192.0.2.1:9875"]);
        Assert.Equal(0, announcer.Type($"\u0020\0\u0012\u0034\u00C0\0\u0002\u0001application/sdp\0{Session}").Finish().Status);
        Assert.Equal("From 192.0.2.1:9875 hash 0x1234", receiver.ReadLine());
        Assert.Equal(new Outcome(0, "", ""), FinishAfter(receiver, $"{Session}\n"));
    }

    /// <summary>The last packet is an announcement without a type, whose authentication data has two words.</summary>
    [Fact]
    public void Packets_that_cannot_be_parsed_are_reported()
    {
        using var hosts = new TwoHosts();
        using Peer receiver = TwoHosts.Start(hosts.Second, "mysdr/mysdr", "239.255.1.2", "0", "v0");
        SockAddr group = UnpProcess.Listening(receiver);
        using Fd sender = TwoHosts.Bound(hosts.First, SockAddr.Inet("192.0.2.1", 9875));
        foreach (string packet in (string[])[
            "\x40\0\0\x01....", "\x30\0\0\x02................", "\x24\0\0\x03....", "\x22\0\0\x04....", "\x21\0\0\x05....", "\x20\0\0",
            "\x20\x09\0\x06....12345678", "\x20\x02\xAB\xCD....12345678v=0\0rest"])
            Sendto(sender, Encoding.Latin1.GetBytes(packet), 0, group);
        for (int hash = 1; hash <= 5; hash++)
            Assert.Equal($"From 192.0.2.1:9875 hash 0x{hash:x4}", receiver.ReadLine());
        Assert.Equal(["From 192.0.2.1:9875 hash 0x0006", "", "From 192.0.2.1:9875 hash 0xabcd", "v=0"],
            [receiver.ReadLine(), receiver.ReadLine(), receiver.ReadLine(), receiver.ReadLine()]);
        Outcome outcome = receiver.Kill(SIGTERM).Finish();
        Assert.Equal(
            """
            ... version field not 1 (0x40000001)
            ... IPv6
            ... can't parse this packet type (0x24000003)
            ... can't parse this packet type (0x22000004)
            ... can't parse this packet type (0x21000005)
            From 192.0.2.1:9875: ... 3 bytes are no SAP packet

            """,
            outcome.Error);
        Assert.Equal((0, ""), (outcome.Status, outcome.Output));
    }

    [Fact]
    public void Wrong_arguments_print_usage() => Assert.Equal(
        new Outcome(1, "", "usage: mysdr <mcast-addr> <port#> <interface-name>\n"), UnpProcess.Run("mysdr/mysdr", "239.255.1.2"));

    /// <summary>Reads the text, and ends the program.</summary>
    static Outcome FinishAfter(Peer receiver, string text)
    {
        foreach (string line in text.Split('\n')[..^1])
            Assert.Equal(line.TrimEnd('\r'), receiver.ReadLine());
        return receiver.Kill(SIGTERM).Finish();
    }
}
