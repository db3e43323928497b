using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Unp.Net.Packets.Tests;

public class Ipv4Tests
{
    static readonly byte[] Known = Convert.FromHexString("450000732b0a4000401189e1c0a80001c0a800c7");

    [Fact]
    public void Fields_have_meaning_of_RFC_791()
    {
        byte[] bytes = [.. Known, .. new byte[95]];
        Assert.True(Ipv4Packet.TryRead(bytes, out Ipv4Packet packet));
        ref readonly Ipv4Header header = ref packet.Header;
        Assert.Equal((4, 5, 0, 0x73), (header.Version, header.Ihl, header.TypeOfService, header.TotalLength));
        Assert.Equal((0x2b0a, true, false, 0), (header.Identification, header.DontFragment, header.MoreFragments, header.FragmentOffset));
        Assert.Equal((64, IPPROTO_UDP), (header.TimeToLive, header.Protocol));
        Assert.Equal(("192.168.0.1", "192.168.0.199"), ($"{header.SourceAddress}", $"{header.DestinationAddress}"));
        Assert.Equal((115, 95, 95, false), (packet.Length, packet.PayloadLength, packet.Payload.Length, packet.IsTruncated));
    }

    [Fact]
    public void Header_checksum_is_verified()
    {
        byte[] bytes = Sample.UdpOverIpv4();
        Assert.True(Ipv4Packet.TryRead(bytes, out Ipv4Packet packet) && packet.IsHeaderChecksumValid);
        bytes[8]--;
        Assert.True(Ipv4Packet.TryRead(bytes, out packet) && !packet.IsHeaderChecksumValid);
    }

    [Fact]
    public void Capture_limit_shows_as_length_on_wire()
    {
        byte[] bytes = Sample.UdpOverIpv4("0123456789");
        Assert.True(Ipv4Packet.TryRead(bytes.AsSpan(..30), out Ipv4Packet packet));
        Assert.Equal((true, 38, 18, 10), (packet.IsTruncated, packet.Length, packet.PayloadLength, packet.Payload.Length));
    }

    [Theory]
    [InlineData(0, 0x44)] // IHL 4
    [InlineData(0, 0x65)] // version 6
    [InlineData(3, 19)] // total length below the header's
    public void Lying_header_is_refused(int at, byte value)
    {
        byte[] bytes = Sample.UdpOverIpv4();
        bytes[at] = value;
        Assert.False(Ipv4Packet.TryRead(bytes, out Ipv4Packet packet));
        Assert.Equal((0, 0), (packet.Length, packet.Payload.Length));
        Assert.Equal(DecodeStatus.Malformed, Packet.Decode(bytes, LinkType.Ipv4).Status);
    }

    [Fact]
    public void Header_is_refused_at_each_shorter_length()
    {
        byte[] bytes = Sample.Built((ref PacketBuilder builder) => builder.AddIpv4(Sample.Ipv4, [7, 3, 4, 0]));
        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.False(Ipv4Packet.TryRead(bytes.AsSpan(..length), out _));
            Assert.Equal(DecodeStatus.Truncated, Packet.Decode(bytes.AsSpan(..length), LinkType.Ipv4).Status);
        }
        Assert.True(Ipv4Packet.TryRead(bytes, out _));
    }

    [Fact]
    public void Length_0_of_segmentation_offload_means_all_bytes()
    {
        byte[] bytes = Sample.UdpOverIpv4("0123456789");
        MemoryMarshal.AsRef<Ipv4Header>(bytes.AsSpan()).TotalLength = 0;
        Assert.True(Ipv4Packet.TryRead(bytes, out Ipv4Packet packet));
        Assert.Equal((38, 18, false), (packet.Length, packet.Payload.Length, packet.IsTruncated));
        Packet decoded = Packet.Decode(bytes, LinkType.Raw);
        Assert.Equal((DecodeStatus.Complete, 10, false), (decoded.Status, decoded.Payload.Length, decoded.HasExcessLength));
        Assert.Equal(ChecksumStatus.Unknown, decoded.TransportChecksumStatus);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Raw_socket_of_macos_is_restored(bool isReduced)
    {
        byte[] bytes = Sample.Built((ref PacketBuilder builder) =>
        {
            builder.AddPayload("hello"u8);
            builder.AddUdp(Sample.Udp);
            Ipv4Header header = Sample.Ipv4;
            header.DontFragment = true;
            builder.AddIpv4(header);
        });
        byte[] received = [.. bytes];
        MemoryMarshal.Write(received.AsSpan(2), (ushort)(isReduced ? bytes.Length - 20 : bytes.Length));
        MemoryMarshal.Write(received.AsSpan(6), BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(6)));
        Ipv4Header.RestoreNetworkOrder(received);
        Assert.Equal(bytes, received);
        Assert.Throws<ArgumentException>(() => Ipv4Header.RestoreNetworkOrder(new byte[19]));
    }

    [Fact]
    public void Options_are_enumerated_without_padding()
    {
        HeaderOptionsWriter options = HeaderOptionsWriter.ForIpv4(new byte[40]);
        options.AddPadding(1);
        options.Add((int)Ipv4OptionType.RecordRoute, [4, 0, 0, 0, 0]);
        options.Add((int)Ipv4OptionType.RouterAlert, [0, 0]);
        byte[] bytes = Built(options.Written);
        Assert.True(Ipv4Packet.TryRead(bytes, out Ipv4Packet packet));
        var types = new List<int>();
        foreach (HeaderOption option in packet.Options)
            types.Add(option.Type);
        Assert.Equal([7, 148], types);
        Assert.True(packet.Options.IsWellFormed);
        Assert.True(packet.Options.TryGet(148, out HeaderOption alert) && alert.Data.SequenceEqual(new byte[2]));
        Assert.False(packet.Options.TryGet(99, out alert));
        Assert.Equal((0, 0), (alert.Type, alert.Bytes.Length));
    }

    [Theory]
    [InlineData("07000000")] // length 0
    [InlineData("07010000")] // length below the type and length
    [InlineData("07050400")] // longer than the header
    [InlineData("01010107")] // no length
    public void Lying_option_ends_enumeration(string options)
    {
        byte[] bytes = Built(Convert.FromHexString(options));
        Assert.True(Ipv4Packet.TryRead(bytes, out Ipv4Packet packet));
        Assert.False(packet.Options.IsWellFormed);
        Assert.False(packet.Options.MoveNext());
    }

    [Theory]
    [InlineData(4, "203.0.113.9")]
    [InlineData(8, "203.0.113.9")]
    [InlineData(12, "198.51.100.7")] // the route has been passed
    public void Pseudo_header_has_last_address_of_source_route(byte pointer, string final)
    {
        byte[] bytes = Sample.Built((ref PacketBuilder builder) =>
        {
            builder.AddUdp(Sample.Udp);
            HeaderOptionsWriter route = HeaderOptionsWriter.ForIpv4(stackalloc byte[40]);
            route.Add((int)Ipv4OptionType.LooseSourceRoute, [pointer, 10, 0, 0, 1, 203, 0, 113, 9]);
            builder.AddIpv4(Sample.Ipv4, route.Written);
        });
        Assert.True(Ipv4Packet.TryRead(bytes, out Ipv4Packet packet));
        Assert.Equal($"192.0.2.1 > {final}", $"{packet.PseudoHeader}");
        Assert.Equal(ChecksumStatus.Valid, Packet.Decode(bytes, LinkType.Raw).TransportChecksumStatus);
    }

    [Fact]
    public void Value_that_does_not_fit_is_refused_by_name()
    {
        var header = new Ipv4Header();
        Assert.Contains("0 to 8191",
            Assert.Throws<ArgumentOutOfRangeException>("FragmentOffset", () => header.FragmentOffset = 8192).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("Dscp", () => header.Dscp = 64);
        Assert.Throws<ArgumentOutOfRangeException>("Ecn", () => header.Ecn = -1);
    }

    static byte[] Built(ReadOnlySpan<byte> options)
    {
        var builder = new PacketBuilder(new byte[100]);
        builder.AddIpv4(Sample.Ipv4, options);
        return builder.Written.ToArray();
    }
}
