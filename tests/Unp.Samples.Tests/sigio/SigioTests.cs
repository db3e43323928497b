using System.Text.RegularExpressions;
using Unp.Samples.Tests.udpcliserv;

namespace Unp.Samples.Tests.sigio;

public class SigioTests
{
    [Fact]
    public void Each_datagram_of_burst_is_answered_and_SIGHUP_prints_counts()
    {
        const int Count = 200; // as many as the receive buffer holds
        using Peer serving = UnpProcess.StartServer("sigio/udpserv01", "127.0.0.1", out SockAddr bound);
        using var first = new UdpWire();
        using var second = new UdpWire();

        // The stopped server receives the whole burst, which is much longer than its own queue.
        serving.Stop();
        for (int i = 0; i < Count; i++)
            (i % 2 == 0 ? first : second).SendTo(bound, $"datagram {i}");
        serving.Kill(SIGCONT);
        for (int i = 0; i < Count; i++)
            Assert.Equal($"datagram {i}", (i % 2 == 0 ? first : second).Receive());

        // A batch is counted when the next read finds no datagram, possibly after the last answer is sent.
        long[] cntread = [];
        Limit.Until(
            () => (cntread = Histogram(serving)).Select((readings, datagrams) => readings * datagrams).Sum() == Count, "all were counted");
        Assert.InRange(cntread[8], Count / 8 - 1, Count / 8);
        Assert.Equal(new Outcome(0, "", ""), serving.Kill(SIGTERM).Finish());
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void Client_and_server_work_together(string address)
    {
        using Peer serving = UnpProcess.StartServer("sigio/udpserv01", address, out SockAddr bound);
        using Peer client = UnpProcess.Start("sigio/udpcli01", address, "--port", $"{bound.Port}").Type("one\ntwo\nhalf");
        Assert.Equal(new Outcome(0, "one\ntwo\nhalf", ""), client.Finish());

        using var wire = new UdpWire(address);
        foreach (string sent in (string[])["", "\0\xff", new string('x', 4096)])
            Assert.Equal(sent, wire.SendTo(bound, sent).Receive());
        Assert.Equal(4096, wire.SendTo(bound, new string('y', 65_000)).Receive().Length);
    }

    [Fact]
    public void Wrong_arguments_print_usage()
    {
        var usage = new Outcome(1, "", "usage: udpcli01 <IPaddress>\n");
        Assert.Equal(usage, UnpProcess.Run("sigio/udpcli01"));
        Assert.Equal(usage, UnpProcess.Run("sigio/udpcli01", "127.0.0.1", "9877"));
        Assert.Equal(new Outcome(1, "", "inet_pton error for nonsense\n"), UnpProcess.Run("sigio/udpcli01", "nonsense"));
    }

    /// <summary>The counters that the server prints on SIGHUP: how many batches had 0, 1... datagrams.</summary>
    static long[] Histogram(Peer serving)
    {
        serving.Kill(SIGHUP);
        return [.. Enumerable.Range(0, 9).Select(datagrams =>
        {
            Match line = Regex.Match(serving.ReadLine()!, $@"^cntread\[{datagrams}\] = ([0-9]+)$");
            return long.Parse(line.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
        })];
    }
}
