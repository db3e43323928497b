using System.Net;
using Unp.Samples.inetd;

namespace Unp.Samples.Tests.inetd;

/// <summary>Tests of configuration lines and of the limit per minute.</summary>
public sealed class InetdConfigTests : IDisposable
{
    static readonly string Me = Environment.UserName;

    readonly TempDirectory directory = new();
    readonly List<string> complaints = [];

    public void Dispose() => directory.Dispose();

    [Fact]
    public void Every_form_is_parsed()
    {
        List<InetdEntry> entries = Read($"""
            # comment
            echo           stream tcp  nowait      {Me} internal

            *:echo         dgram  udp6 wait.10     {Me} internal echo
            [::1]:7777     stream tcp6 nowait.1000 {Me} /bin/sh sh
            	-c 'a "b" c' "d 'e'" f"g h"i
            10.1.2.3:ftp   dgram  udp4 wait        {Me} /usr/sbin/in.x
            """);
        Assert.Empty(complaints);
        Assert.Equal(4, entries.Count);
        Assert.Equal(("echo/tcp", false, null, null), (entries[0].Key, entries[0].IsWait, entries[0].MaxPerMinute, entries[0].Program));
        Assert.Equal(["echo"], entries[0].Arguments);
        Assert.Equal(("echo/udp6", true, 10, null), (entries[1].Key, entries[1].IsWait, entries[1].MaxPerMinute, entries[1].Host));
        Assert.Equal(("::1", "7777", "/bin/sh", 1000), (entries[2].Host, entries[2].Service, entries[2].Program, entries[2].MaxPerMinute));
        Assert.Equal(["sh", "-c", "a \"b\" c", "d 'e'", "fg hi"], entries[2].Arguments);
        Assert.Equal(["/usr/sbin/in.x"], entries[3].Arguments);
        Assert.Equal(("10.1.2.3", $"{directory["conf"]}:7"), (entries[3].Host, entries[3].Where));
    }

    [Theory]
    [InlineData("echo", "1 words, but at least 6 are needed: service, socket type, protocol, wait or nowait, user, program")]
    [InlineData("echo stream sctp nowait root internal", "the protocol sctp must be one of tcp, tcp4, tcp6, udp, udp4, udp6")]
    [InlineData("echo raw tcp nowait root internal", "the socket type raw must be stream or dgram")]
    [InlineData("echo dgram tcp nowait root internal", "the protocol tcp does not match the socket type dgram")]
    [InlineData("echo stream udp nowait root internal", "the protocol udp does not match the socket type stream")]
    [InlineData("echo stream tcp maybe root internal", "maybe must be wait or nowait")]
    [InlineData("echo stream tcp nowait.x root internal", "nowait.x: the limit of starts per minute after the point must be a number")]
    [InlineData("echo stream tcp nowait.-1 root internal", "nowait.-1: the limit of starts per minute after the point must be a number")]
    [InlineData("echo dgram udp nowait root /bin/cat",
        "a dgram service with a program must be wait, because all of its clients share one socket")]
    [InlineData("echo stream tcp wait root internal", "an internal stream service must be nowait")]
    [InlineData("ftp stream tcp nowait root internal", "the internal service ftp must be one of echo, discard, chargen, daytime, time")]
    [InlineData("7 stream tcp nowait root internal qotd", "the internal service qotd must be one of echo, discard, chargen, daytime, time")]
    [InlineData("echo stream tcp nowait root cat", "the program cat must be an absolute path or internal")]
    [InlineData("echo stream tcp nowait no-such-user /bin/cat", "there is no user no-such-user")]
    [InlineData("echo stream tcp nowait root:no-such-group /bin/cat", "there is no group no-such-group")]
    [InlineData("echo stream tcp nowait root /bin/sh sh -c 'unfinished", "the closing ' is missing")]
    [InlineData("::1:echo stream tcp6 nowait root internal", "::1:echo: an IPv6 address must be in brackets")]
    [InlineData(":echo stream tcp nowait root internal", ":echo must have the form address:service")]
    [InlineData("echo stream tcp nowait root internal \0", "the line must not contain a NUL")]
    [InlineData("first stream tcp nowait root internal time", "first/tcp is already defined at FILE:1")]
    public void Invalid_line_is_reported_with_file_and_line(string line, string complaint)
    {
        List<InetdEntry> entries = Read($"first stream tcp nowait root internal echo\n{line}\nlast stream tcp nowait root internal echo\n");
        Assert.Equal(["first", "last"], entries.Select(entry => entry.Service));
        Assert.Equal([$"{directory["conf"]}:2: {complaint.Replace("FILE", directory["conf"], StringComparison.Ordinal)}"], complaints);
    }

    [Fact]
    public void Minute_starts_with_first_request_and_then_restarts()
    {
        var clock = new ManualClock();
        var rate = new RateLimit(clock);
        Assert.Equal([true, true, false, false], Enumerable.Range(0, 4).Select(_ => rate.Count(2)));
        clock.Now += TimeSpan.FromSeconds(20);
        Assert.Equal(TimeSpan.FromSeconds(40), rate.Rest);
        Assert.False(rate.Count(2));
        clock.Now += TimeSpan.FromSeconds(40);
        Assert.Equal([true, true, false], Enumerable.Range(0, 3).Select(_ => rate.Count(2)));
        Assert.True(rate.Count(0));
    }

    [Fact]
    public void Each_source_has_its_own_limit_per_minute()
    {
        var clock = new ManualClock();
        var rate = new RateLimit(clock);
        IPAddress one = IPAddress.Loopback, other = IPAddress.IPv6Loopback;
        Assert.Equal((true, false), (rate.Count(one, 1, out bool isFirst), isFirst));
        Assert.Equal((false, true), (rate.Count(one, 1, out isFirst), isFirst));
        Assert.Equal((false, false), (rate.Count(one, 1, out isFirst), isFirst));
        Assert.Equal((true, false), (rate.Count(other, 1, out isFirst), isFirst));
        Assert.True(rate.Count(one, 0, out _));
        clock.Now += RateLimit.Period;
        Assert.True(rate.Count(one, 1, out _));
    }

    List<InetdEntry> Read(string text)
    {
        File.WriteAllText(directory["conf"], text);
        return InetdConfig.Read(directory["conf"], complaints.Add);
    }

    sealed class ManualClock : TimeProvider
    {
        public TimeSpan Now { get; set; } = TimeSpan.FromHours(1);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
