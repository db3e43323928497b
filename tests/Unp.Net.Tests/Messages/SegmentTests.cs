namespace Unp.Net.Tests.Messages;

/// <summary>Tests of datagrams that the kernel splits and combines (UDP_SEGMENT, UDP_GRO).</summary>
public class SegmentTests
{
    [Theory]
    [MemberData(nameof(Families.Internet), MemberType = typeof(Families))]
    public void Segmented_send_arrives_as_many_datagrams(int family)
    {
        using var pair = SocketPair.Udp(family, out Fd first, out Fd second);
        var control = new ControlWriter(stackalloc byte[ControlSpace.Number]);
        control.AddSegmentSize(3);
        Assert.Equal(8, Sendmsg(first, "abcdefgh"u8, control: control.Written));
        byte[] buffer = new byte[10];
        foreach (string expected in (string[])["abc", "def", "gh"])
        {
            int n = Recvmsg(second, buffer).Length;
            Assert.Equal(expected, System.Text.Encoding.ASCII.GetString(buffer, 0, n));
        }
    }

    [Theory]
    [InlineData(10, 1290, "EINVAL")]
    [InlineData(1000, 65508, "EMSGSIZE")]
    public void Kernel_limits_of_segmentation_are_reported(int segment, int size, string error)
    {
        using var pair = SocketPair.Udp(AF_INET, out Fd first, out _);
        var control = new ControlWriter(stackalloc byte[ControlSpace.Number]);
        control.AddSegmentSize(segment);
        byte[] written = control.Written.ToArray();
        Assert.Equal(error, Assert.Throws<UnpException>(() => Sendmsg(first, new byte[size], control: written)).Errno.Name);
        Assert.Equal(segment, Sendmsg(first, new byte[segment], control: written));
        string message = Assert.Throws<UnpException>(() => Setsockopt(first, SocketOptions.UdpSegment, 65536)).Message;
        Assert.Equal("setsockopt error: Invalid argument (UDP_SEGMENT = 65536)", message);
    }

    [Theory]
    [MemberData(nameof(Families.Internet), MemberType = typeof(Families))]
    public void Combined_datagrams_are_received_with_segment_size(int family)
    {
        using var pair = SocketPair.Udp(family, out Fd first, out Fd second);
        Setsockopt(second, SocketOptions.UdpGro, true);
        byte[] sent = new byte[10_050];
        Random.Shared.NextBytes(sent);
        var control = new ControlWriter(stackalloc byte[ControlSpace.Number]);
        control.AddSegmentSize(1000);
        Sendmsg(first, sent, control: control.Written);

        byte[] buffer = new byte[65_535];
        ReceivedMessage received = Recvmsg(second, buffer, 0, stackalloc byte[ControlSpace.Number]);
        Assert.Equal(sent, buffer[..received.Length]);
        int size = 0;
        foreach (ControlMessage message in received.Control)
            Assert.True(message.TryGetSegmentSize(out size));
        Assert.Equal(1000, size);
    }
}
