using System.Buffers.Binary;

namespace Unp.Net.Packets.Tests;

/// <summary>The views have the values that tshark prints, for packets of the builder and of the kernel.</summary>
public class TsharkTests
{
    const int BuiltCount = 5000;

    [Fact]
    public void Fields_of_built_packets_equal_those_of_tshark() =>
        AssertEqual([.. Enumerable.Range(0, BuiltCount).Select(seed => new RandomPacket(seed).Build())]);

    [Fact]
    public void Fields_of_kernel_packets_equal_those_of_tshark()
    {
        List<byte[]> packets = Traffic();
        Assert.InRange(packets.Count, 30, 1000);
        var layers = default(PacketLayers);
        foreach (byte[] packet in packets)
            layers |= Packet.Decode(packet, LinkType.Ethernet).Layers;
        Assert.Equal(PacketLayers.Ethernet | PacketLayers.Arp | PacketLayers.Ipv4 | PacketLayers.Ipv6 | PacketLayers.Icmp
            | PacketLayers.Icmpv6 | PacketLayers.Udp | PacketLayers.Tcp, layers);
        AssertEqual(packets);
    }

    static void AssertEqual(List<byte[]> packets)
    {
        string[] names = [.. TsharkFields.All.Select(field => field.Name)];
        List<string[]> lines = Tshark.Decode(packets, LinkType.Ethernet, names);
        Assert.Equal(packets.Count, lines.Count);
        int compared = 0;
        for (int i = 0; i < packets.Count; i++)
        {
            Packet packet = Packet.Decode(packets[i], LinkType.Ethernet);
            for (int j = 0; j < names.Length; j++)
            {
                // An ICMP error quotes a packet, whose fields tshark prints too.
                if (IsError(packet) && names[j].Split('.')[0] is "udp" or "tcp")
                    continue;
                string value = TsharkFields.All[j].Value(packet);
                Assert.True(value == lines[i][j],
                    $"packet {i}: {names[j]} is {value}, and of tshark {lines[i][j]}: {Convert.ToHexString(packets[i])}");
                compared += value.Length > 0 ? 1 : 0;
            }
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"{packets.Count} packets, {compared} values");
    }

    static bool IsError(Packet packet) => packet.Icmp.IsError || packet.Icmpv6.IsError;

    /// <summary>Captures what two hosts exchange: UDP with fragments, TCP, echoes and errors, over IPv4 and IPv6.</summary>
    static List<byte[]> Traffic()
    {
        using var first = new NetworkNamespace();
        using var second = new NetworkNamespace();
        NetworkNamespace.Join(first, "v1", second, "v2");
        first.Run("ip address add 192.0.2.1/24 dev v1; ip address add 2001:db8::1/64 dev v1 nodad");
        second.Run("ip address add 192.0.2.2/24 dev v2; ip address add 2001:db8::2/64 dev v2 nodad");
        const int ETH_P_ALL = 3;
        using Fd capture = second.Socket(AF_PACKET, SOCK_RAW, Htons(ETH_P_ALL));
        Setsockopt(capture, SocketOptions.RcvBufForce, 4 << 20);
        foreach (SockAddr host in (SockAddr[])[SockAddr.Inet("192.0.2.2", 0), SockAddr.Inet("2001:db8::2", 0)])
        {
            ExchangeUdp(first, second, host);
            ExchangeTcp(first, second, host);
            ExchangeEcho(first, host);
            CauseError(first, host);
        }
        List<byte[]> packets = [];
        byte[] buffer = new byte[128 * 1024];
        while (TryRecv(capture, buffer, out int length, MSG_DONTWAIT))
            packets.Add(buffer[..length]);
        return packets;
    }

    static void ExchangeUdp(NetworkNamespace first, NetworkNamespace second, SockAddr host)
    {
        using Fd server = second.Socket(host.Family, SOCK_DGRAM);
        Bind(server, host);
        using Fd client = first.Socket(host.Family, SOCK_DGRAM);
        Connect(client, Getsockname(server));
        byte[] buffer = new byte[5000];
        foreach (int size in (int[])[0, 1, 100, 4000])
        {
            Send(client, TestData.Bytes(size), 0);
            Assert.Equal(size, Recvfrom(server, buffer, 0, out SockAddr from));
            Sendto(server, buffer.AsSpan(..size), 0, from);
            Assert.Equal(size, Recv(client, buffer, 0));
        }
    }

    static void ExchangeTcp(NetworkNamespace first, NetworkNamespace second, SockAddr host)
    {
        using Fd listener = second.Socket(host.Family, SOCK_STREAM);
        Bind(listener, host);
        Listen(listener, 5);
        using Fd client = first.Socket(host.Family, SOCK_STREAM);
        Connect(client, Getsockname(listener));
        using Fd server = Accept(listener);
        byte[] buffer = new byte[20_000];
        Writen(client, TestData.Bytes(buffer.Length));
        Assert.Equal(buffer.Length, Readn(server, buffer));
        Writen(server, buffer.AsSpan(..100));
        Assert.Equal(100, Readn(client, buffer.AsSpan(..100)));
        Shutdown(client, SHUT_WR);
        Assert.Equal(0, Read(server, buffer));
    }

    static void ExchangeEcho(NetworkNamespace first, SockAddr host)
    {
        bool isIpv6 = host.Family == AF_INET6;
        using Fd icmp = first.Socket(host.Family, SOCK_RAW, isIpv6 ? IPPROTO_ICMPV6 : IPPROTO_ICMP);
        var builder = new PacketBuilder(new byte[100]);
        builder.AddPayload("echo"u8);
        if (isIpv6)
            builder.AddIcmpv6(new Icmpv6Header { Type = Icmpv6Type.EchoRequest, Identifier = 5, SequenceNumber = 6 });
        else
            builder.AddIcmp(new IcmpHeader { Type = IcmpType.Echo, Identifier = 5, SequenceNumber = 6 });
        Sendto(icmp, builder.Written, 0, host);
        byte[] buffer = new byte[1000];
        while (true)
        {
            ReadOnlySpan<byte> received = buffer.AsSpan(..Recv(icmp, buffer, 0));
            if (isIpv6 ? Icmpv6Message.TryRead(received, out Icmpv6Message v6) && v6.Header.Type == Icmpv6Type.EchoReply
                : Ipv4Packet.TryRead(received, out Ipv4Packet ip) && IcmpMessage.TryRead(ip.Payload, out IcmpMessage v4)
                    && v4.Header is { Type: IcmpType.EchoReply, Identifier: 5, SequenceNumber: 6 })
                return;
        }
    }

    static void CauseError(NetworkNamespace first, SockAddr host)
    {
        using Fd client = first.Socket(host.Family, SOCK_DGRAM);
        Connect(client, host.Family == AF_INET6 ? SockAddr.Inet("2001:db8::2", 9) : SockAddr.Inet("192.0.2.2", 9));
        Send(client, "unreachable"u8, 0);
        Assert.Equal(Errno.ECONNREFUSED, Assert.Throws<UnpException>(() => Recv(client, new byte[10], 0)).Errno);
    }

    internal static int Htons(int number) => BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness((ushort)number) : number;
}
