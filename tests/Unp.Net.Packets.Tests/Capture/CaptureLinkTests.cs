using System.Diagnostics;

namespace Unp.Net.Packets.Tests;

/// <summary>Captures of a link between two hosts: VLAN tags, interfaces that go down, promiscuous mode, groups.</summary>
public sealed class CaptureLinkTests : IDisposable
{
    readonly NetworkNamespace first = new();
    readonly NetworkNamespace second = new();

    public CaptureLinkTests() => NetworkNamespace.Join(first, "v1", second, "v2");

    public void Dispose()
    {
        first.Dispose();
        second.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Vlan_tag_is_at_its_place(bool isRing)
    {
        foreach (byte[] tags in (byte[][])[[0x81, 0, 0x60, 5], [0x88, 0xa8, 0, 7, 0x81, 0, 0x0f, 0xff]])
        {
            using var capture = new TestCapture(second, isRing, "v2", new() { Direction = CaptureDirection.Received });
            byte[] frame = Frame(tags);
            SendFrame(frame);
            CapturedPacket packet = ReadMarked(capture);
            Assert.Equal(frame, packet.Data);
            Assert.Equal(frame.Length, packet.WireLength);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Vlan_tag_is_restored_only_if_addresses_are_captured(bool isRing)
    {
        foreach (int length in (int[])[11, 12, 13, 16])
        {
            BpfProgram filter = BpfProgram.Parse($"ldb [vlanp]\njeq #1 jt 2 jf 3\nret #{length}\nret #0");
            using var capture = new TestCapture(second, isRing, "v2", new() { Filter = filter });
            byte[] frame = Frame([0x81, 0, 0, 5]);
            SendFrame(frame);
            CapturedPacket packet = capture.Read();
            Assert.Equal(length < 12 ? frame[..length] : frame[..(length + 4)], packet.Data);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Vlan_tag_follows_cooked_header(bool isRing)
    {
        using var capture = new TestCapture(second, isRing, null, new() { Direction = CaptureDirection.Received });
        byte[] frame = Frame([0x81, 0, 0, 5]);
        SendFrame(frame);
        CapturedPacket packet = ReadMarked(capture);
        Assert.Equal([0x81, 0], packet.Data[..2].ToArray());
        Assert.Equal(frame.AsSpan(14), packet.Data[20..]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Interface_that_goes_down_is_reported_once_and_returns(bool isRing)
    {
        using var capture = new TestCapture(second, isRing, "v2", Marked);
        second.Run("ip link set v2 down");
        Assert.True(capture.Wait(Limit.Default));
        UnpException e = Assert.Throws<UnpException>(() => capture.TryRead(out _));
        Assert.Equal(Errno.ENETDOWN, e.Errno);
        Assert.Contains("interface v2", e.Message, StringComparison.Ordinal);
        Assert.False(capture.Wait(TimeSpan.Zero));
        Assert.False(capture.TryRead(out _));
        AssertReceivesAgain(capture);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Capture_continues_while_interface_is_down(bool isRing)
    {
        second.Run("ip link set v2 down");
        using var capture = new TestCapture(second, isRing, "v2", Marked with { ContinuesWhileDown = true });
        for (int i = 0; i < 3; i++)
        {
            Assert.False(capture.TryRead(out _));
            Assert.False(capture.Wait(TimeSpan.Zero)); // a poll that still reports the error would spin
            AssertReceivesAgain(capture);
            second.Run("ip link set v2 down");
            Assert.True(capture.Wait(Limit.Default));
        }
        second.Run("ip link delete v2");
        UnpException e = Assert.Throws<UnpException>(() =>
        {
            while (!capture.TryRead(out _))
                capture.Wait(Limit.Default);
        });
        Assert.Equal(Errno.ENODEV, e.Errno);
        Assert.Contains("v2", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Interface_that_is_down_is_refused(bool isRing)
    {
        second.Run("ip link set v2 down");
        UnpException e = Assert.Throws<UnpException>(() => new TestCapture(second, isRing, "v2"));
        Assert.Equal(Errno.ENETDOWN, e.Errno);
        Assert.Contains("v2", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Poller_reports_packets_and_lost_interface()
    {
        using var capture = new TestCapture(second, isRing: true, "v2", Marked);
        using Poller poller = Poller.Create();
        poller.Add(capture.Descriptor, PollEvents.Readable);
        var events = new PollEvent[1];
        SendFrame(Frame([]));
        Assert.Equal(1, poller.Wait(events, Limit.Default));
        Assert.True(capture.TryRead(out _));
        Assert.False(capture.TryRead(out _));
        Assert.Equal(0, poller.Wait(events, TimeSpan.Zero));
        second.Run("ip link set v2 down");
        Assert.Equal(1, poller.Wait(events, Limit.Default));
        Assert.True((events[0].Events & PollEvents.Error) != 0);
        Assert.Throws<UnpException>(() => capture.TryRead(out _));
        Assert.Equal(0, poller.Wait(events, TimeSpan.Zero));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Promiscuous_mode_ends_with_capture(bool isRing)
    {
        using (new TestCapture(second, isRing, "v2", new() { IsPromiscuous = true }))
            Assert.Contains("promiscuity 1", second.Run("ip -d link show v2"), StringComparison.Ordinal);
        Assert.Contains("promiscuity 0", second.Run("ip -d link show v2"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Members_of_group_share_packets(bool isRing)
    {
        CaptureOptions options = Marked with { Fanout = new() { Group = 7, Mode = FanoutMode.RoundRobin } };
        using var one = new TestCapture(second, isRing, "v2", options);
        using var two = new TestCapture(second, isRing, "v2", options);
        const int Count = 40;
        SendFrame(Frame([]), Count);
        int ofOne = 0, ofTwo = 0;
        Limit.Until(
            () =>
            {
                ofOne += one.TryRead(out _) ? 1 : 0;
                ofTwo += two.TryRead(out _) ? 1 : 0;
                return ofOne + ofTwo == Count;
            },
            "each packet is received");
        Assert.Equal(Count, one.Statistics.Received + two.Statistics.Received);
        Assert.InRange(ofOne, Count / 4, Count * 3 / 4); // the hosts send frames of IPv6, too, which also count for the turn
        UnpException e = Assert.Throws<UnpException>(
            () => new TestCapture(second, isRing, "v2", options with { Fanout = new() { Group = 7, Mode = FanoutMode.Flow } }));
        Assert.Equal(Errno.EINVAL, e.Errno);
        Assert.Contains("group 7", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tunnel_has_raw_packets()
    {
        second.Run("ip tuntap add t0 mode tun; ip link set t0 up");
        using var capture = new TestCapture(second, isRing: true, "t0");
        Assert.Equal(LinkType.Raw, capture.LinkType);
    }

    static CaptureOptions Marked => new() { Filter = BpfProgram.Compile("ether proto 0x88b5") };

    /// <summary>Returns a frame of the EtherType for local experiments.</summary>
    static byte[] Frame(ReadOnlySpan<byte> tags) =>
    [
        0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2, 0, 0, 0, 0, 1, .. tags, 0x88, 0xb5, .. TestData.Bytes(60),
    ];

    void AssertReceivesAgain(TestCapture capture)
    {
        second.Run("ip link set v2 up");
        long start = Stopwatch.GetTimestamp();
        do
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < Limit.Default, "the link is not up again");
            SendFrame(Frame([])); // the link drops frames until both ends are up
        }
        while (!capture.TryRead(out _) && !capture.Wait(TimeSpan.FromMilliseconds(50)));
        while (capture.TryRead(out _))
        {
        }
    }

    void SendFrame(byte[] frame, int count = 1)
    {
        using Fd socket = first.Socket(AF_PACKET, SOCK_RAW);
        SockAddr link = SockAddr.Packet(first.Call(() => If_nametoindex("v1")));
        for (int i = 0; i < count; i++)
            Sendto(socket, frame, 0, link);
    }

    /// <summary>Waits for the next frame of <see cref="Frame"/>, because the hosts send frames of IPv6, too.</summary>
    static CapturedPacket ReadMarked(TestCapture capture)
    {
        CapturedPacket packet;
        do
            packet = capture.Read();
        while (packet.Data.IndexOf((ReadOnlySpan<byte>)[0x88, 0xb5]) < 0);
        return packet;
    }
}
