namespace Unp.Net.Tests.Messages;

/// <summary>Many datagrams in one call, cut and put together by the kernel (UDP_SEGMENT, UDP_GRO).</summary>
public class SegmentTests
{
    [Theory]
    [MemberData(nameof(Families.Internet), MemberType = typeof(Families))]
    public void One_send_is_many_datagrams(int family)
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
    [MemberData(nameof(Families.Internet), MemberType = typeof(Families))]
    public void They_are_received_as_one_with_their_size(int family)
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
