using System.Buffers.Binary;

namespace Unp.Net.Packets.Tests;

/// <summary>The choices for one packet, all of which a seed decides.</summary>
sealed class RandomPacket
{
    static readonly int[] Transports = [IPPROTO_UDP, IPPROTO_TCP, IPPROTO_ICMP, IPPROTO_ICMPV6, IPPROTO_SCTP];

    readonly Random random;

    public RandomPacket(int seed)
    {
        random = new Random(seed);
        IsIpv6 = random.Next(2) == 0;
        Transport = Transports[random.Next(Transports.Length)];
        if (Transport == IPPROTO_ICMP)
            IsIpv6 = false;
        if (Transport == IPPROTO_ICMPV6)
            IsIpv6 = true;
        IsArp = random.Next(20) == 0;
        Tags = random.Next(4) == 0 ? random.Next(1, 3) : 0;
        Data = Bytes(random.Next(4) == 0 ? random.Next(1400) : random.Next(64));
        Ethernet = new EthernetHeader { Source = new MacAddress(Bytes(6)), Destination = new MacAddress(Bytes(6)) };
        Ipv4 = new Ipv4Header
        {
            TypeOfService = Byte(),
            Identification = Short(),
            DontFragment = random.Next(2) == 0,
            TimeToLive = Byte(),
            SourceAddress = new Ipv4Address(Bytes(4)),
            DestinationAddress = new Ipv4Address(Bytes(4)),
        };
        Ipv6 = new Ipv6Header
        {
            TrafficClass = Byte(),
            FlowLabel = random.Next(1 << 20),
            HopLimit = Byte(),
            SourceAddress = new Ipv6Address(Bytes(16)),
            DestinationAddress = new Ipv6Address(Bytes(16)),
        };
        Udp = new UdpHeader { SourcePort = Port(), DestinationPort = Port() };
        Tcp = new TcpHeader
        {
            SourcePort = Port(),
            DestinationPort = Port(),
            SequenceNumber = Int(),
            AcknowledgmentNumber = Int(),
            Flags = (TcpFlags)random.Next(0x200),
            Window = Short(),
            UrgentPointer = Short(),
        };
        Icmp = new IcmpHeader
        {
            Type = random.Next(2) == 0 ? IcmpType.Echo : IcmpType.EchoReply,
            Identifier = Short(),
            SequenceNumber = Short(),
        };
        Icmpv6 = new Icmpv6Header { Type = Icmpv6Type.EchoRequest, Identifier = Short(), SequenceNumber = Short() };
        Sctp = new SctpHeader { SourcePort = Port(), DestinationPort = Port(), VerificationTag = Int() };
        SctpData = new SctpDataFields
        {
            Tsn = Int(),
            StreamIdentifier = Short(),
            StreamSequenceNumber = Short(),
            PayloadProtocolIdentifier = 99,
        };
        MaximumSegmentSize = random.Next(2) == 0 ? Short() : null;
        WindowScale = random.Next(2) == 0 ? random.Next(15) : null;
        Timestamps = random.Next(2) == 0 ? (Int(), Int()) : null;
        HasHopByHop = random.Next(3) == 0;
        HasDestinationOptions = random.Next(3) == 0;
        HasFragment = random.Next(5) == 0;
        FragmentIdentification = Int();
    }

    public bool IsIpv6 { get; }

    public int Transport { get; }

    public bool IsArp { get; }

    public int Tags { get; }

    public byte[] Data { get; }

    public EthernetHeader Ethernet { get; }

    public Ipv4Header Ipv4 { get; }

    public Ipv6Header Ipv6 { get; }

    public UdpHeader Udp { get; }

    public TcpHeader Tcp { get; }

    public IcmpHeader Icmp { get; }

    public Icmpv6Header Icmpv6 { get; }

    public SctpHeader Sctp { get; }

    public SctpDataFields SctpData { get; }

    public int? MaximumSegmentSize { get; }

    public int? WindowScale { get; }

    public (uint Value, uint EchoReply)? Timestamps { get; }

    public bool HasHopByHop { get; }

    public bool HasDestinationOptions { get; }

    public bool HasFragment { get; }

    public uint FragmentIdentification { get; }

    /// <summary>Builds the packet in a buffer that has other bytes before.</summary>
    public byte[] Build(byte fill = 0)
    {
        byte[] buffer = new byte[2000];
        Array.Fill(buffer, fill);
        var builder = new PacketBuilder(buffer);
        if (IsArp)
            builder.AddArp(ArpOpcode.Reply, Ethernet.Source, Ipv4.SourceAddress, Ethernet.Destination, Ipv4.DestinationAddress);
        else
            BuildIp(ref builder);
        for (int i = 1; i <= Tags; i++)
            builder.AddVlanTag(new VlanTag { VlanId = 10 * i, TagProtocolId = i == 2 ? EtherType.ServiceVlan : EtherType.Vlan });
        builder.AddEthernet(Ethernet);
        return builder.Written.ToArray();
    }

    void BuildIp(ref PacketBuilder builder)
    {
        if (Transport != IPPROTO_SCTP)
            builder.AddPayload(Data);
        switch (Transport)
        {
            case IPPROTO_UDP:
                builder.AddUdp(Udp);
                break;
            case IPPROTO_TCP:
                builder.AddTcp(Tcp, TcpOptions());
                break;
            case IPPROTO_ICMP:
                builder.AddIcmp(Icmp);
                break;
            case IPPROTO_ICMPV6:
                builder.AddIcmpv6(Icmpv6);
                break;
            default:
                builder.AddSctpChunk(SctpChunkType.Data, 3, SctpData, [1, .. Data]);
                builder.AddSctp(Sctp);
                break;
        }
        if (!IsIpv6)
        {
            builder.AddIpv4(Ipv4);
            return;
        }
        if (HasDestinationOptions)
            builder.AddIpv6Options(IPPROTO_DSTOPTS, new byte[Data.Length % 20]);
        if (HasFragment)
            builder.AddIpv6Fragment(new Ipv6FragmentHeader { Identification = FragmentIdentification });
        if (HasHopByHop)
            builder.AddIpv6Options(IPPROTO_HOPOPTS, [5, 2, 0, 0]);
        builder.AddIpv6(Ipv6);
    }

    byte[] TcpOptions()
    {
        HeaderOptionsWriter options = HeaderOptionsWriter.ForTcp(stackalloc byte[40]);
        if (MaximumSegmentSize is { } size)
            options.AddNumber((int)TcpOptionKind.MaximumSegmentSize, (ushort)size);
        if (WindowScale is { } shift)
            options.AddNumber((int)TcpOptionKind.WindowScale, (byte)shift);
        if (Timestamps is { } times)
        {
            Span<byte> data = stackalloc byte[8];
            BinaryPrimitives.WriteUInt32BigEndian(data, times.Value);
            BinaryPrimitives.WriteUInt32BigEndian(data[4..], times.EchoReply);
            options.Add((int)TcpOptionKind.Timestamps, data);
        }
        return options.Written.ToArray();
    }

    byte[] Bytes(int count)
    {
        byte[] bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    byte Byte() => (byte)random.Next(256);

    ushort Short() => (ushort)random.Next(65536);

    /// <summary>Returns a port for which tshark has no dissector, so it decodes no further than the transport header.</summary>
    ushort Port() => (ushort)random.Next(60_100, 60_900);

    uint Int() => (uint)random.NextInt64(1L << 32);
}
