namespace Unp.Net.Tests.Addresses;

public class PacketTests
{
    const int ETH_P_IP = 0x0800, PACKET_HOST = 0, PACKET_BROADCAST = 1, ARPHRD_ETHER = 1;

    [Fact]
    public void Address_has_layout_of_kernel()
    {
        SockAddr address = SockAddr.Packet(0x01020304, ETH_P_IP, [2, 0, 0x5E, 0x10, 0, 0xFF]);
        Assert.Equal((byte[])[17, 0, 8, 0, 4, 3, 2, 1, 0, 0, 0, 6, 2, 0, 0x5E, 0x10, 0, 0xFF, 0, 0], address.Bytes);
        Assert.Equal((0x01020304u, ETH_P_IP), (address.InterfaceIndex, address.PacketProtocol));
        Assert.Equal((0, 0), (address.PacketType, address.HardwareType));
        Assert.Equal((byte[])[2, 0, 0x5E, 0x10, 0, 0xFF], address.HardwareAddress);
        Assert.Equal("packet:16909060 protocol 0x0800 address 02:00:5e:10:00:ff", address.ToString());
        Assert.Equal("packet:2", SockAddr.Packet(2).ToString());
    }

    [Theory]
    [InlineData("packet:0")]
    [InlineData("packet:4294967295")]
    [InlineData("packet:2 protocol 0x0003")]
    [InlineData("packet:1 protocol 0xffff hatype 65535 pkttype 255 address ff")]
    [InlineData("packet:1 hatype 772 address 00:00:00:00:00:00")]
    [InlineData("packet:1 hatype 32 address 01:02:03:04:05:06:07:08:09:0a:0b:0c:0d:0e:0f:10:11:12:13:14")] // InfiniBand
    [InlineData("AF_PACKET (12 bytes): 0x110000000100000000000001")] // the hardware address is missing
    public void Text_is_parsed_back(string text)
    {
        SockAddr address = SockAddr.Parse(text);
        Assert.Equal(text, address.ToString());
        Assert.Equal(address, new SockAddr(address.Bytes));
    }

    [Theory]
    [InlineData("packet:")]
    [InlineData("packet:eth0")]
    [InlineData("packet:1 protocol 0x10000")]
    [InlineData("packet:1 hatype 65536")]
    [InlineData("packet:1 pkttype 256")]
    [InlineData("packet:1 pkttype 1 protocol 0x0800")]
    [InlineData("packet:1 address ")]
    [InlineData("packet:1 address 0")]
    [InlineData("packet:1 address 00:")]
    [InlineData("packet:1 address 00-00")]
    [InlineData("packet:1 address 0g")]
    public void Other_text_is_refused(string text) => Assert.False(SockAddr.TryParse(text, out _));

    [Fact]
    public void Longest_hardware_address_has_32_bytes()
    {
        byte[] longest = [.. Enumerable.Range(1, 32).Select(value => (byte)value)];
        SockAddr address = SockAddr.Packet(1, 0, longest);
        Assert.Equal(44, address.Length);
        Assert.Equal(longest, address.HardwareAddress);
        Assert.Equal(address, SockAddr.Parse(address.ToString()));
        Assert.Contains("32 bytes, not 33", Assert.Throws<ArgumentException>(() => SockAddr.Packet(1, 0, [.. longest, 33])).Message);
        string longer = $"packet:1 address {string.Join(':', longest.Append((byte)33).Select(value => $"{value:x2}"))}";
        Assert.False(SockAddr.TryParse(longer, out _));
    }

    [Fact]
    public void Wrong_protocol_and_missing_value_are_named()
    {
        Assert.Contains("0 to 65535", Assert.Throws<ArgumentOutOfRangeException>(() => SockAddr.Packet(1, 65536)).Message);
        Assert.Contains("0 to 65535", Assert.Throws<ArgumentOutOfRangeException>(() => SockAddr.Packet(1, -1)).Message);
        SockAddr inet = SockAddr.Loopback(AF_INET, 80);
        foreach (var (call, what) in ((Action, string)[])[
            (() => _ = inet.InterfaceIndex, "interface index"), (() => _ = inet.PacketProtocol, "packet protocol"),
            (() => _ = inet.PacketType, "packet type"), (() => _ = inet.HardwareType, "hardware type"),
            (() => _ = inet.HardwareAddress, "hardware address")])
        {
            Assert.Equal($"127.0.0.1:80 (address family 2) has no {what}.", Assert.Throws<InvalidOperationException>(call).Message);
        }
    }

    [Fact]
    public void Frame_is_sent_and_received_with_addresses()
    {
        using NetworkNamespace first = new(), second = new();
        NetworkNamespace.Join(first, "v0", second, "v0");
        first.Run("ip link set v0 address 02:00:5e:10:00:01");
        second.Run("ip link set v0 address 02:00:5e:10:00:02");
        uint own = first.Call(() => if_nametoindex("v0")), others = second.Call(() => if_nametoindex("v0"));
        using Fd sender = first.Socket(AF_PACKET, SOCK_DGRAM), receiver = second.Socket(AF_PACKET, SOCK_DGRAM);
        const int Experimental = 0x88B5; // a protocol of IEEE 802 for private use
        Bind(receiver, SockAddr.Packet(others, Experimental));

        // The kernel reports 18 bytes, and would refuse them as an address.
        SockAddr bound = Getsockname(receiver);
        Assert.Equal($"packet:{others} protocol 0x88b5 hatype 1 address 02:00:5e:10:00:02", bound.ToString());
        Assert.Equal(bound, SockAddr.Parse(bound.ToString()));
        Bind(receiver, bound);

        Sendto(sender, "one"u8, 0, SockAddr.Packet(own, Experimental, [2, 0, 0x5E, 0x10, 0, 2]));
        Sendto(sender, "all"u8, 0, SockAddr.Parse($"packet:{own} protocol 0x88b5 address ff:ff:ff:ff:ff:ff"));
        byte[] buffer = new byte[100];
        foreach (int type in (int[])[PACKET_HOST, PACKET_BROADCAST])
        {
            Assert.Equal(3, Recvfrom(receiver, buffer, 0, out SockAddr from));
            Assert.Equal((others, Experimental, type, ARPHRD_ETHER),
                (from.InterfaceIndex, from.PacketProtocol, from.PacketType, from.HardwareType));
            Assert.Equal((byte[])[2, 0, 0x5E, 0x10, 0, 1], from.HardwareAddress);
            Assert.Equal(from, SockAddr.Parse(from.ToString()));
        }
    }
}
