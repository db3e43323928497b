using System.Runtime.InteropServices;

namespace Unp.Net.Tests.Messages;

/// <summary>Tests of numbers, times and unknown data in control messages.</summary>
public class ControlDataTests
{
    [Theory]
    [MemberData(nameof(Families.Internet), MemberType = typeof(Families))]
    public void Hop_limit_and_traffic_class_are_sent_and_received(int family)
    {
        const int hops = 7, traffic = 0x2B;
        using var pair = SocketPair.Udp(family, out Fd first, out Fd second);
        Setsockopt(second, family == AF_INET ? SocketOptions.IpRecvTtl : SocketOptions.Ipv6RecvHopLimit, true);
        Setsockopt(second, family == AF_INET ? SocketOptions.IpRecvTos : SocketOptions.Ipv6RecvTClass, true);
        var control = new ControlWriter(stackalloc byte[2 * ControlSpace.Number]);
        control.AddHopLimit(family, hops);
        control.AddTrafficClass(family, traffic);
        Assert.Equal(2 * ControlSpace.Number, control.Written.Length);
        Sendmsg(first, "x"u8, control: control.Written);

        int gotHops = -1, gotTraffic = -1, messages = 0;
        foreach (ControlMessage message in Recvmsg(second, new byte[1], 0, stackalloc byte[2 * ControlSpace.Number]).Control)
        {
            messages++;
            if (message.TryGetHopLimit(out int value))
                gotHops = value;
            else if (message.TryGetTrafficClass(out value))
                gotTraffic = value;
        }
        Assert.Equal((2, hops, traffic), (messages, gotHops, gotTraffic));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Timestamp_is_time_of_arrival(bool nanoseconds)
    {
        using var pair = SocketPair.Udp(AF_INET, out Fd first, out Fd second);
        Setsockopt(second, nanoseconds ? SocketOptions.TimestampNs : SocketOptions.Timestamp, true);
        DateTimeOffset before = DateTimeOffset.UtcNow;
        Sendmsg(first, "x"u8);
        ReceivedMessage received = Recvmsg(second, new byte[1], 0, stackalloc byte[ControlSpace.Timestamp]);
        DateTimeOffset after = DateTimeOffset.UtcNow;
        int messages = 0;
        foreach (ControlMessage message in received.Control)
        {
            messages++;
            Assert.True(message.TryGetTimestamp(out timespec time));
            Assert.False(message.TryGetTimestamps(out _));
            AssertBetween(before, time, after);
        }
        Assert.Equal(1, messages);
    }

    [Fact]
    public void Timestamping_reports_time_of_kernel()
    {
        using var pair = SocketPair.Udp(AF_INET, out Fd first, out Fd second);
        Setsockopt(second, SocketOptions.Timestamping, SOF_TIMESTAMPING_RX_SOFTWARE | SOF_TIMESTAMPING_SOFTWARE);

        // The kernel begins to take timestamps some time after the option was set.
        int messages = 0;
        Limit.Until(
            () =>
            {
                DateTimeOffset before = DateTimeOffset.UtcNow;
                Sendmsg(first, "x"u8);
                foreach (ControlMessage message in Recvmsg(second, new byte[1], 0, stackalloc byte[ControlSpace.Timestamping]).Control)
                {
                    messages++;
                    Assert.True(message.TryGetTimestamps(out SocketTimestamps times));
                    Assert.Equal((0, 0), (times.Hardware.tv_sec, times.Hardware.tv_nsec));
                    AssertBetween(before, times.Software, DateTimeOffset.UtcNow);
                }
                return messages > 0;
            },
            "a time came");
    }

    [Fact]
    public void Unknown_message_has_level_type_and_bytes()
    {
        using var pair = SocketPair.Udp(AF_INET, out Fd first, out Fd second);
        Setsockopt(second, SocketOptions.IpRecvTtl, true);
        Setsockopt(second, IPPROTO_IP, IP_RECVORIGDSTADDR, 1);
        Sendmsg(first, "x"u8);
        SockAddr destination = default;
        foreach (ControlMessage message in Recvmsg(second, new byte[1], 0, stackalloc byte[200]).Control)
        {
            if (message.TryGetHopLimit(out _))
                continue;
            Assert.Equal((IPPROTO_IP, IP_ORIGDSTADDR), (message.Level, message.Type));
            Assert.False(
                message.TryGetTrafficClass(out _) || message.TryGetTimestamp(out _) || message.TryGetTimestamps(out _)
                || message.TryGetCredentials(out _)
                || message.TryGetSegmentSize(out _) || message.TryGetError(out _));
            destination = new SockAddr(message.Data);
        }
        Assert.Equal(Getsockname(second), destination);
    }

    [Fact]
    public void Writer_uses_layout_of_C()
    {
        var writer = new ControlWriter(new byte[100]);
        Assert.True(writer.Written.IsEmpty);
        writer.Add(41, 50, "abcde"u8);
        writer.Add(41, 52, 7L);
        Assert.Equal(
            (byte[])
            [
                21, 0, 0, 0, 0, 0, 0, 0, 41, 0, 0, 0, 50, 0, 0, 0, .. "abcde"u8, 0, 0, 0,
                24, 0, 0, 0, 0, 0, 0, 0, 41, 0, 0, 0, 52, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0,
            ],
            writer.Written.ToArray());
        Assert.Equal(writer.Written.Length, ControlSpace.Of(5) + ControlSpace.Of(8));
    }

    [Fact]
    public void Message_that_does_not_fit_is_rejected_and_not_written()
    {
        string message = Assert.Throws<ArgumentException>("value", () =>
        {
            var writer = new ControlWriter(stackalloc byte[40]);
            writer.Add(1, 2, 3);
            try
            {
                writer.Add(1, 2, 3);
            }
            finally
            {
                Assert.Equal(24, writer.Written.Length);
            }
        }).Message;
        Assert.StartsWith("The control message needs 24 bytes, but only 16 of 40 bytes are free.", message);
        foreach (int size in (int[])[0, -1, 65536])
            Assert.Throws<ArgumentOutOfRangeException>("size", () => new ControlWriter(new byte[100]).AddSegmentSize(size));
        foreach (int count in (int[])[-1, 254])
            Assert.Throws<ArgumentOutOfRangeException>("count", () => ControlSpace.Rights(count));
        Assert.Throws<ArgumentOutOfRangeException>("size", () => ControlSpace.Of(-1));
    }

    [Fact]
    public void Malformed_control_data_is_rejected_by_kernel()
    {
        using Fd fd = Loopback.Datagram();
        SockAddr to = Getsockname(fd);
        byte[] tooLong = new byte[32];
        MemoryMarshal.Write(tooLong, 1000L);
        Assert.Equal(Errno.EINVAL, Assert.Throws<UnpException>(() => Sendmsg(fd, "x"u8, 0, to, tooLong)).Errno);
    }

    static void AssertBetween(DateTimeOffset before, timespec time, DateTimeOffset after)
    {
        DateTimeOffset at = DateTimeOffset.FromUnixTimeSeconds(time.tv_sec).AddTicks(time.tv_nsec / TimeSpan.NanosecondsPerTick);
        Assert.InRange(at, before.AddMilliseconds(-20), after.AddMilliseconds(20)); // the kernel's coarse clock may be behind
    }

    [Fact]
    public void Number_out_of_range_is_rejected_by_name()
    {
        Refused("size", 0, static (ref writer, value) => writer.AddSegmentSize(value), 65536);
        Refused("hops", 0, static (ref writer, value) => writer.AddHopLimit(AF_INET, value), 256);
        Refused("hops", -1, static (ref writer, value) => writer.AddHopLimit(AF_INET6, value), 65537);
        Refused("value", -1, static (ref writer, value) => writer.AddTrafficClass(AF_INET, value), 256);
        Refused("interfaceIndex", -1, static (ref writer, value) => writer.AddPacketInfo(SockAddr.Loopback(AF_INET6), value), int.MinValue);
        Assert.Throws<ArgumentOutOfRangeException>("size", () => ControlSpace.Of(int.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>("size", () => ControlSpace.Of(-1));
    }

    [Fact]
    public void Missing_space_names_data_parameter()
    {
        Assert.Equal("data", Full(static (ref writer) => writer.Add(1, 2, [1, 2])));
        Assert.Equal("value", Full(static (ref writer) => writer.Add(1, 2, 3)));
        Assert.Null(Full(static (ref writer) => writer.AddSegmentSize(3)));
    }

    delegate void Adding(ref ControlWriter writer);

    delegate void AddingNumber(ref ControlWriter writer, int value);

    static void Refused(string name, int low, AddingNumber add, int high)
    {
        foreach (int value in (int[])[low, high])
        {
            var refused = Assert.Throws<ArgumentOutOfRangeException>(name, () =>
            {
                var writer = new ControlWriter(new byte[200]);
                add(ref writer, value);
            });
            Assert.Contains($"{value}", refused.Message);
        }
    }

    static string? Full(Adding add) => Assert.Throws<ArgumentException>(() =>
    {
        var writer = new ControlWriter(new byte[4]);
        add(ref writer);
    }).ParamName;
}
