namespace Unp.Net.Packets.Tests;

/// <summary>Packets that several tests read.</summary>
static class Sample
{
    public static readonly Ipv4Address Source4 = Ipv4Address.Parse("192.0.2.1");
    public static readonly Ipv4Address Destination4 = Ipv4Address.Parse("198.51.100.7");
    public static readonly Ipv6Address Source6 = Ipv6Address.Parse("2001:db8::1");
    public static readonly Ipv6Address Destination6 = Ipv6Address.Parse("2001:db8:1::7");
    public static readonly MacAddress SourceMac = MacAddress.Parse("02:00:00:00:00:01");
    public static readonly MacAddress DestinationMac = MacAddress.Parse("02:00:00:00:00:02");

    public static Ipv4Header Ipv4 => new() { SourceAddress = Source4, DestinationAddress = Destination4, Identification = 0x1234 };

    public static Ipv6Header Ipv6 => new() { SourceAddress = Source6, DestinationAddress = Destination6, FlowLabel = 0x12345 };

    public static EthernetHeader Ethernet => new() { Source = SourceMac, Destination = DestinationMac };

    public static UdpHeader Udp => new() { SourcePort = 9877, DestinationPort = 53 };

    public static TcpHeader Tcp => new()
    {
        SourcePort = 40000,
        DestinationPort = 80,
        SequenceNumber = 0xfffffff0,
        AcknowledgmentNumber = 5,
        Flags = TcpFlags.Psh | TcpFlags.Ack,
        Window = 501,
    };

    /// <summary>A builder action, which a lambda can be.</summary>
    public delegate void Build(ref PacketBuilder builder);

    /// <summary>Returns what some calls of a builder make.</summary>
    public static byte[] Built(Build build)
    {
        var builder = new PacketBuilder(new byte[70_000]);
        build(ref builder);
        return builder.Written.ToArray();
    }

    public static byte[] UdpOverIpv4(string data = "hello") => Built((ref PacketBuilder builder) =>
    {
        builder.AddPayload(System.Text.Encoding.ASCII.GetBytes(data));
        builder.AddUdp(Udp);
        builder.AddIpv4(Ipv4);
    });

    public static byte[] UdpOverIpv6(string data = "hello") => Built((ref PacketBuilder builder) =>
    {
        builder.AddPayload(System.Text.Encoding.ASCII.GetBytes(data));
        builder.AddUdp(Udp);
        builder.AddIpv6(Ipv6);
    });
}
