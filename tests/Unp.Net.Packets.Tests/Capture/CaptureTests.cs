namespace Unp.Net.Packets.Tests;

/// <summary>Both kinds of captures on a loopback.</summary>
public sealed class CaptureTests : IDisposable
{
    readonly NetworkNamespace host = new();
    readonly Traffic traffic;

    public CaptureTests() => traffic = new Traffic(host);

    public void Dispose()
    {
        traffic.Dispose();
        host.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Packets_of_loopback_are_read_once_and_in_order(bool isRing)
    {
        // The ring of 32 KiB wraps several times.
        using TestCapture capture = Open(isRing, new() { BlockSize = 8192, BlockCount = 4 });
        for (int sent = 0; sent < 640; sent += 32)
        {
            traffic.Send(32);
            for (int i = 0; i < 32; i++)
                Assert.Equal(sent + i, capture.ReadNumber());
        }
        Assert.False(capture.TryRead(out _));
        Assert.Equal(0, capture.Statistics.Dropped);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Packet_has_time_lengths_interface_and_headers(bool isRing)
    {
        using TestCapture capture = Open(isRing);
        long before = Now();
        traffic.Send();
        CapturedPacket packet = capture.Read();
        Assert.InRange(packet.Time.Nanoseconds, before, Now());
        Assert.Equal((142, 142), (packet.Data.Length, packet.WireLength));
        Assert.Equal(LinkType.Ethernet, packet.LinkType);
        Assert.Equal(host.Call(() => If_nametoindex("lo")), packet.InterfaceIndex);
        Assert.False(packet.IsSent || packet.HasDeviceTime);
        Assert.Equal(ARPHRD_LOOPBACK, packet.Address.HardwareType);
        Assert.Equal(100, packet.Decode().Payload.Length);
        Assert.Contains("142 of 142 bytes", packet.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, CaptureDirection.Both, false)]
    [InlineData(true, CaptureDirection.Received, false)]
    [InlineData(true, CaptureDirection.Sent, true)]
    [InlineData(false, CaptureDirection.Both, false)]
    [InlineData(false, CaptureDirection.Received, false)]
    [InlineData(false, CaptureDirection.Sent, true)]
    public void Direction_selects_packets(bool isRing, CaptureDirection direction, bool isSent)
    {
        using TestCapture capture = Open(isRing, new() { Direction = direction });
        traffic.Send(3);
        for (int i = 0; i < 3; i++)
        {
            CapturedPacket packet = capture.Read();
            Assert.Equal(isSent, packet.IsSent);
            Assert.Equal(i, packet.Data[^1]);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Packet_is_cut_to_snap_length_even_within_header(bool isRing)
    {
        foreach (int length in (int[])[1, 5, 13, 20, 141])
        {
            using TestCapture capture = Open(isRing, new() { SnapLength = length });
            traffic.Send();
            CapturedPacket packet = capture.Read();
            Assert.Equal((length, 142), (packet.Data.Length, packet.WireLength));
            Assert.True(packet.Decode().IsCut);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Filter_applies_from_first_packet_on(bool isRing)
    {
        using var other = new Traffic(host);
        for (int i = 0; i < 5; i++)
        {
            other.Send(10);
            using TestCapture capture = Open(isRing);
            other.Send(10);
            traffic.Send();
            Assert.Equal(i, capture.ReadNumber());
            Assert.Equal(2, capture.Statistics.Received); // the loopback counts what it sends, too
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Counters_are_sums_although_kernel_resets_them(bool isRing)
    {
        using TestCapture capture = Open(isRing, new() { Direction = CaptureDirection.Received });
        for (int i = 1; i <= 3; i++)
        {
            traffic.Send(10);
            for (int number = 0; number < 10; number++)
                capture.ReadNumber();
            Assert.Equal(new CaptureStatistics(10 * i, 0), capture.Statistics);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Packets_that_are_not_read_are_counted_as_dropped(bool isRing)
    {
        using TestCapture capture = Open(isRing, new() { BlockSize = 4096, BlockCount = 2, Direction = CaptureDirection.Received });
        if (!isRing)
            Setsockopt(capture.Descriptor, SocketOptions.RcvBuf, 4096);
        traffic.Send(100);
        CaptureStatistics statistics = capture.Statistics;
        Assert.Equal(100, statistics.Received);
        Assert.InRange(statistics.Dropped, 1, 99);
        Assert.Equal(isRing, statistics.Freezes > 0);
        for (int i = 0; i < statistics.Received - statistics.Dropped; i++)
            Assert.Equal(i, capture.ReadNumber());
    }

    [Theory]
    [InlineData(true, "udp")]
    [InlineData(false, "udp")]
    [InlineData(true, "udp and greater 0")]
    [InlineData(false, "udp and greater 0")]
    public void Capture_of_all_interfaces_has_cooked_header(bool isRing, string filter)
    {
        BpfProgram program = BpfProgram.Compile($"{filter} and {traffic.Filter} and not tcp", LinkType.LinuxSll2);
        using var capture = new TestCapture(host, isRing, null, new() { Filter = program, SnapLength = 100 });
        Assert.Equal(LinkType.LinuxSll2, capture.LinkType);
        traffic.Send();
        CapturedPacket packet = capture.Read();
        Assert.Equal((100, 148), (packet.Data.Length, packet.WireLength));
        Packet decoded = packet.Decode();
        Assert.True(decoded.Has(PacketLayers.LinuxSll2 | PacketLayers.Ipv4 | PacketLayers.Udp));
        Assert.Equal(packet.InterfaceIndex, decoded.LinuxSll2.InterfaceIndex);
        Assert.Equal((772, 0, 6), (decoded.LinuxSll2.ArphrdType, decoded.LinuxSll2.PacketType, decoded.LinuxSll2.AddressLength));
        Assert.True(program.Accepts(packet.Data));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Error_names_missing_capability(bool isRing)
    {
        UnpException e = Assert.Throws<UnpException>(() => CapabilityLimit.WithoutCapabilities<IDisposable>(
            () => isRing ? new PacketCapture("lo") : new PacketSocket("lo")));
        Assert.Equal(Errno.EPERM, e.Errno);
        Assert.Contains("CAP_NET_RAW", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Descriptor_does_not_reach_children(bool isRing)
    {
        using TestCapture capture = Open(isRing);
        Assert.Equal(FD_CLOEXEC, Fcntl(capture.Descriptor, F_GETFD) & FD_CLOEXEC);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Reading_allocates_nothing(bool isRing)
    {
        using TestCapture capture = Open(isRing, new() { Direction = CaptureDirection.Received, SnapLength = 1000 });
        Setsockopt(capture.Descriptor, SOL_SOCKET, SO_RCVBUFFORCE, 8 << 20);
        traffic.Send(3300);
        capture.ReadNumber();
        AllocationCheck.AssertFree("TryRead", () =>
        {
            while (!capture.TryRead(out _))
                capture.Wait(Limit.Default);
        });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Unknown_interface_is_named(bool isRing)
    {
        UnpException e = Assert.Throws<UnpException>(() => new TestCapture(host, isRing, "nowhere7"));
        Assert.Equal(Errno.ENODEV, e.Errno);
        Assert.Contains("nowhere7", e.Message, StringComparison.Ordinal);
    }

    TestCapture Open(bool isRing, CaptureOptions? options = null) =>
        new(host, isRing, "lo", (options ?? new()) with { Filter = BpfProgram.Compile(traffic.Filter) });

    static long Now() => (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).Ticks * 100;
}
