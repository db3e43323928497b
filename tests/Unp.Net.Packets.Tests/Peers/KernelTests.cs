namespace Unp.Net.Packets.Tests;

/// <summary>The kernel accepts what the builder makes. Its checks of lengths and checksums are independent of this library.</summary>
public sealed class KernelTests : IDisposable
{
    const int ETH_P_ALL = 3;

    static readonly Ipv4Address First4 = Ipv4Address.Parse("192.0.2.1");
    static readonly Ipv4Address Second4 = Ipv4Address.Parse("192.0.2.2");
    static readonly Ipv6Address First6 = Ipv6Address.Parse("2001:db8::1");
    static readonly Ipv6Address Second6 = Ipv6Address.Parse("2001:db8::2");

    readonly NetworkNamespace first = new();
    readonly NetworkNamespace second = new();
    readonly Fd link;

    public KernelTests()
    {
        NetworkNamespace.Join(first, "v1", second, "v2");
        second.Run("ip link set v2 address 02:00:00:00:00:02; "
            + "ip address add 192.0.2.2/24 dev v2; ip address add 2001:db8::2/64 dev v2 nodad; "
            + "ip neighbour add 2001:db8::1 lladdr 02:00:00:00:00:01 dev v2; ip neighbour add 192.0.2.1 lladdr 02:00:00:00:00:01 dev v2");
        link = first.Socket(AF_PACKET, SOCK_RAW, TsharkTests.Htons(ETH_P_ALL));
        Bind(link, SockAddr.Packet(first.Call(() => If_nametoindex("v1")), ETH_P_ALL));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Kernel_reassembles_fragments_of_datagram(bool isIpv6)
    {
        using Fd server = second.Socket(isIpv6 ? AF_INET6 : AF_INET, SOCK_DGRAM);
        Bind(server, SockAddr.Inet(isIpv6 ? "2001:db8::2" : "192.0.2.2", 9877));
        byte[] data = TestData.Bytes(5000);
        byte[] datagram = Sample.Built((ref PacketBuilder builder) =>
        {
            builder.AddPayload(data);
            builder.AddUdp(new UdpHeader { SourcePort = 53, DestinationPort = 9877 });
            if (!isIpv6)
                builder.AddIpv4(new Ipv4Header { SourceAddress = First4, DestinationAddress = Second4, Identification = 7 });
            else
                builder.AddIpv6(new Ipv6Header { SourceAddress = First6, DestinationAddress = Second6 });
        });
        var fragmenter = new IpFragmenter(datagram, 1280, 7);
        byte[] fragment = new byte[1280];
        int count = 0;
        for (; fragmenter.TryWriteNext(fragment, out int length); count++)
            Send(fragment.AsSpan(..length), isIpv6 ? EtherType.Ipv6 : EtherType.Ipv4);
        Assert.InRange(count, 4, 5);
        byte[] received = new byte[6000];
        Assert.Equal(data.Length, Recvfrom(server, received, 0, out SockAddr from));
        Assert.Equal(data, received[..data.Length]);
        Assert.Equal(53, from.Port);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Kernel_answers_built_syn(bool isIpv6)
    {
        using Fd listener = second.Socket(isIpv6 ? AF_INET6 : AF_INET, SOCK_STREAM);
        Bind(listener, SockAddr.Inet(isIpv6 ? "2001:db8::2" : "192.0.2.2", 80));
        Listen(listener, 1);
        Send(Sample.Built((ref PacketBuilder builder) =>
        {
            HeaderOptionsWriter options = HeaderOptionsWriter.ForTcp(stackalloc byte[40]);
            options.AddNumber((int)TcpOptionKind.MaximumSegmentSize, (ushort)1000);
            options.AddNumber((int)TcpOptionKind.WindowScale, (byte)3);
            var header = new TcpHeader { SourcePort = 4000, DestinationPort = 80, SequenceNumber = 41, Flags = TcpFlags.Syn, Window = 900 };
            builder.AddTcp(header, options.Written);
            if (!isIpv6)
                builder.AddIpv4(new Ipv4Header { SourceAddress = First4, DestinationAddress = Second4 });
            else
                builder.AddIpv6(new Ipv6Header { SourceAddress = First6, DestinationAddress = Second6 });
        }), isIpv6 ? EtherType.Ipv6 : EtherType.Ipv4);
        Packet answer = Await(packet => packet.Tcp.Header.SourcePort == 80);
        Assert.Equal((TcpFlags.Syn | TcpFlags.Ack, 42u), (answer.Tcp.Header.Flags, answer.Tcp.Header.AcknowledgmentNumber));
        Assert.NotNull(answer.Tcp.MaximumSegmentSize);
        Assert.NotNull(answer.Tcp.WindowScale);
    }

    [Fact]
    public void Kernel_answers_built_arp_request()
    {
        Send(Sample.Built((ref PacketBuilder builder) => builder.AddArp(ArpOpcode.Request, Sample.SourceMac, First4, default, Second4)),
            EtherType.Arp);
        Packet answer = Await(packet => packet.Arp.Header.Opcode == ArpOpcode.Reply);
        Assert.Equal(Sample.DestinationMac, new MacAddress(answer.Arp.SenderHardwareAddress));
        Assert.Equal(Second4, new Ipv4Address(answer.Arp.SenderProtocolAddress));
    }

    [Fact]
    public void Kernel_answers_built_echo_with_extension_headers()
    {
        Send(Sample.Built((ref PacketBuilder builder) =>
        {
            builder.AddPayload("hello"u8);
            builder.AddIcmpv6(new Icmpv6Header { Type = Icmpv6Type.EchoRequest, Identifier = 5 });
            builder.AddIpv6Options(IPPROTO_DSTOPTS, default);
            builder.AddIpv6Fragment(new Ipv6FragmentHeader { Identification = 9 });
            builder.AddIpv6Options(IPPROTO_HOPOPTS, [5, 2, 0, 0]);
            builder.AddIpv6(new Ipv6Header { SourceAddress = First6, DestinationAddress = Second6 });
        }), EtherType.Ipv6);
        Packet answer = Await(packet => packet.Icmpv6.Header.Type == Icmpv6Type.EchoReply);
        Assert.Equal(("hello", 5), (System.Text.Encoding.ASCII.GetString(answer.Payload), answer.Icmpv6.Header.Identifier));
        Assert.Equal(ChecksumStatus.Valid, answer.TransportChecksumStatus);
    }

    public void Dispose()
    {
        link.Dispose();
        first.Dispose();
        second.Dispose();
    }

    void Send(ReadOnlySpan<byte> packet, EtherType type)
    {
        var builder = new PacketBuilder(new byte[2000]);
        builder.AddPayload(packet);
        builder.AddEthernet(new EthernetHeader { Source = Sample.SourceMac, Destination = Sample.DestinationMac, EtherType = type });
        Libunp.Send(link, builder.Written, 0);
    }

    delegate bool IsWanted(Packet packet);

    /// <summary>Returns the next packet of the link that is wanted. The socket has a time limit.</summary>
    Packet Await(IsWanted isWanted)
    {
        byte[] buffer = new byte[2000];
        while (true)
        {
            int length = Recv(link, buffer, 0);
            Packet packet = Packet.Decode(buffer.AsSpan(..length), LinkType.Ethernet);
            if (packet.Status == DecodeStatus.Complete && isWanted(packet))
                return packet;
        }
    }
}
