using System.Runtime.InteropServices;

namespace Unp.Net.Packets.Tests;

public class TransportTests
{
    [Fact]
    public void Udp_length_decides_about_payload()
    {
        byte[] bytes = [0x26, 0x95, 0, 53, 0, 11, 0, 0, 1, 2, 3, 4];
        Assert.True(UdpDatagram.TryRead(bytes, out UdpDatagram datagram));
        Assert.Equal((9877, 53, 11, false, 3),
            (datagram.Header.SourcePort, datagram.Header.DestinationPort, datagram.Length, datagram.IsTruncated, datagram.Payload.Length));
        bytes[5] = 200;
        Assert.True(UdpDatagram.TryRead(bytes, out datagram));
        Assert.Equal((200, true, 4), (datagram.Length, datagram.IsTruncated, datagram.Payload.Length));
        bytes[5] = 0;
        Assert.True(UdpDatagram.TryRead(bytes, out datagram));
        Assert.Equal((12, false), (datagram.Length, datagram.IsTruncated));
        bytes[5] = 7;
        Assert.False(UdpDatagram.TryRead(bytes, out datagram));
        Assert.Equal((0, 0), (datagram.Length, datagram.Payload.Length));
        Assert.False(UdpDatagram.TryRead(bytes.AsSpan(..7), out _));
    }

    [Fact]
    public void Tcp_fields_and_options_are_read()
    {
        byte[] bytes = Syn();
        Assert.True(TcpSegment.TryRead(bytes, out TcpSegment segment));
        ref readonly TcpHeader header = ref segment.Header;
        Assert.Equal((40000, 80, 0xfffffff0, 5u),
            (header.SourcePort, header.DestinationPort, header.SequenceNumber, header.AcknowledgmentNumber));
        Assert.Equal((15, 60, TcpFlags.Syn | TcpFlags.Ece | TcpFlags.Cwr, 501),
            (header.DataOffset, header.HeaderLength, header.Flags, header.Window));
        Assert.Equal((1460, 7, true, (1u, 2u)),
            (segment.MaximumSegmentSize, segment.WindowScale, segment.IsSackPermitted, segment.Timestamps));
        Assert.True(segment.TryGetFastOpenCookie(out ReadOnlySpan<byte> cookie));
        Assert.Equal("cook"u8, cookie);
        Assert.True(segment.Options.TryGet((int)TcpOptionKind.Mptcp, out HeaderOption mptcp));
        Assert.Equal(new byte[] { 0, 1 }, mptcp.Data);
        Assert.Equal(0, segment.SackBlocks.Length);
        Assert.Equal("data"u8, segment.Payload);
    }

    [Fact]
    public void Tcp_segment_without_options_has_none()
    {
        byte[] bytes = Sample.Built((ref PacketBuilder builder) => builder.AddTcp(Sample.Tcp));
        Assert.True(TcpSegment.TryRead(bytes, out TcpSegment segment));
        Assert.Null(segment.MaximumSegmentSize);
        Assert.Null(segment.WindowScale);
        Assert.Null(segment.Timestamps);
        Assert.False(segment.IsSackPermitted || segment.TryGetFastOpenCookie(out _));
        segment = default;
        Assert.Equal((0, 0, 0), (segment.Header.SourcePort, segment.Payload.Length, segment.Options.Bytes.Length));
    }

    [Fact]
    public void Sack_blocks_and_experimental_cookie_are_read()
    {
        byte[] bytes = Sample.Built((ref PacketBuilder builder) =>
        {
            HeaderOptionsWriter options = HeaderOptionsWriter.ForTcp(stackalloc byte[40]);
            options.Add((int)TcpOptionKind.Sack, [0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 1, 0, 0, 0, 2, 0]);
            options.Add((int)TcpOptionKind.Experiment, [0xf9, 0x89, 9, 9, 9, 9]);
            builder.AddTcp(Sample.Tcp, options.Written);
        });
        Assert.True(TcpSegment.TryRead(bytes, out TcpSegment segment));
        Assert.Equal("1-2 256-512", string.Join(' ', segment.SackBlocks.ToArray()));
        Assert.True(segment.TryGetFastOpenCookie(out ReadOnlySpan<byte> cookie));
        Assert.Equal(new byte[] { 9, 9, 9, 9 }, cookie);
    }

    [Fact]
    public void Tcp_option_of_wrong_size_counts_as_absent()
    {
        byte[] bytes = Sample.Built((ref PacketBuilder builder) => builder.AddTcp(Sample.Tcp, [2, 3, 5, 3, 2, 0, 0, 0]));
        Assert.True(TcpSegment.TryRead(bytes, out TcpSegment segment));
        Assert.Equal((null, null), (segment.MaximumSegmentSize, segment.WindowScale));
    }

    [Theory]
    [InlineData(0x40)]
    [InlineData(0xf0)]
    public void Lying_data_offset_is_refused(byte offset)
    {
        byte[] bytes = Sample.Built((ref PacketBuilder builder) => builder.AddTcp(Sample.Tcp));
        bytes[12] = offset;
        Assert.False(TcpSegment.TryRead(bytes, out _));
        Assert.False(TcpSegment.TryRead(bytes.AsSpan(..19), out _));
    }

    [Fact]
    public void Sctp_chunks_are_read()
    {
        byte[] bytes = SctpAssociation();
        Assert.True(SctpPacket.TryRead(bytes, out SctpPacket packet));
        Assert.Equal((5000, 7, 0xabcdu), (packet.Header.SourcePort, packet.Header.DestinationPort, packet.Header.VerificationTag));
        SctpChunks chunks = packet.Chunks;
        Assert.True(chunks.IsWellFormed);
        Assert.True(chunks.MoveNext());
        Assert.Equal(SctpChunkType.Init, chunks.Current.Type);
        Assert.True(chunks.Current.TryRead(out SctpInitFields init));
        Assert.Equal((1u, 2u, 3, 4, 5u), (init.InitiateTag, init.AdvertisedReceiverWindowCredit, init.NumberOfOutboundStreams,
            init.NumberOfInboundStreams, init.InitialTsn));
        Assert.True(chunks.Current.Parameters.TryGet(5, out HeaderOption address));
        Assert.Equal(Sample.Source4.Bytes, address.Data);
        Assert.True(chunks.Current.Parameters.TryGet(0x8008, out HeaderOption extensions));
        Assert.Equal(3, extensions.Data.Length);
        Assert.True(chunks.MoveNext());
        Assert.True(chunks.Current.TryRead(out SctpSackFields sack));
        Assert.Equal((9u, 1), (sack.CumulativeTsnAck, sack.NumberOfGapAckBlocks));
        Assert.Equal("2-3", string.Join(' ', chunks.Current.GapAckBlocks.ToArray()));
        Assert.True(chunks.MoveNext());
        Assert.True(chunks.Current.TryRead(out SctpDataFields data));
        Assert.Equal((10u, 1, 2, 3u, 3), (data.Tsn, data.StreamIdentifier, data.StreamSequenceNumber, data.PayloadProtocolIdentifier,
            chunks.Current.Flags));
        Assert.Equal("hello"u8, chunks.Current.UserData);
        Assert.False(chunks.MoveNext());
        Assert.False(chunks.Current.TryRead(out data));
        Assert.Equal(default, chunks.Current.Type);
    }

    [Theory]
    [InlineData("00030003")]
    [InlineData("00030000")]
    [InlineData("00030014")]
    [InlineData("0003")]
    public void Lying_sctp_chunk_ends_enumeration(string chunk)
    {
        byte[] bytes = [.. new byte[12], .. Convert.FromHexString(chunk)];
        Assert.True(SctpPacket.TryRead(bytes, out SctpPacket packet));
        Assert.False(packet.Chunks.IsWellFormed);
        Assert.False(packet.Chunks.MoveNext());
        Assert.False(SctpPacket.TryRead(bytes.AsSpan(..11), out packet));
        Assert.Equal(0, packet.Payload.Length);
    }

    [Fact]
    public void Crc32c_has_check_value() => Assert.Equal(0xe3069283, TransportChecksum.Crc32c(0, "123456789"u8));

    [Fact]
    public void Computed_udp_checksum_0_is_sent_as_ffff()
    {
        // The data is chosen so that the sum is 0.
        byte[] bytes = Sample.Built((ref PacketBuilder builder) =>
        {
            builder.AddPayload([0, 0]);
            builder.AddUdp(Sample.Udp);
            builder.AddIpv4(Sample.Ipv4);
        });
        ushort sum = Packet.Decode(bytes, LinkType.Raw).Udp.Header.Checksum;
        bytes = Sample.Built((ref PacketBuilder builder) =>
        {
            builder.AddPayload([(byte)(sum >> 8), (byte)sum]);
            builder.AddUdp(Sample.Udp);
            builder.AddIpv4(Sample.Ipv4);
        });
        Packet packet = Packet.Decode(bytes, LinkType.Raw);
        Assert.Equal((0xffff, ChecksumStatus.Valid), (packet.Udp.Header.Checksum, packet.TransportChecksumStatus));
    }

    [Fact]
    public void Udp_checksum_0_means_none_in_ipv4_only()
    {
        byte[] bytes = Sample.UdpOverIpv4();
        MemoryMarshal.AsRef<UdpHeader>(bytes.AsSpan(20)).Checksum = 0;
        Assert.Equal(ChecksumStatus.Absent, Packet.Decode(bytes, LinkType.Raw).TransportChecksumStatus);
        bytes = Sample.UdpOverIpv6();
        MemoryMarshal.AsRef<UdpHeader>(bytes.AsSpan(40)).Checksum = 0;
        Assert.Equal(ChecksumStatus.Invalid, Packet.Decode(bytes, LinkType.Raw).TransportChecksumStatus);
    }

    [Fact]
    public void Changed_byte_makes_checksum_invalid()
    {
        byte[][] packets =
        [
            Sample.UdpOverIpv4(), Sample.UdpOverIpv6(), Transport(IPPROTO_TCP), Transport(IPPROTO_ICMP), Transport(IPPROTO_SCTP),
            Sample.Built((ref PacketBuilder builder) =>
            {
                builder.AddIcmpv6(new Icmpv6Header { Type = Icmpv6Type.EchoRequest, Identifier = 1 });
                builder.AddIpv6(Sample.Ipv6);
            }),
        ];
        Assert.All(packets, bytes =>
        {
            Assert.Equal(ChecksumStatus.Valid, Packet.Decode(bytes, LinkType.Raw).TransportChecksumStatus);
            bytes[^1] ^= 1;
            Assert.Equal(ChecksumStatus.Invalid, Packet.Decode(bytes, LinkType.Raw).TransportChecksumStatus);
            Assert.Equal(ChecksumStatus.Unknown, Packet.Decode(bytes.AsSpan(..^1), LinkType.Raw, bytes.Length).TransportChecksumStatus);
        });
    }

    [Fact]
    public void Pseudo_header_without_addresses_is_refused()
    {
        byte[] segment = new byte[20];
        Assert.Throws<ArgumentException>("pseudoHeader", () => TransportChecksum.Compute(default, IPPROTO_TCP, segment));
        Assert.Throws<ArgumentException>("pseudoHeader", () => TransportChecksum.Verify(default, IPPROTO_ICMPV6, segment));
        Assert.Equal(ChecksumStatus.Invalid, TransportChecksum.Verify(default, IPPROTO_ICMP, [8, .. new byte[7]]));
    }

    [Fact]
    public void Checksum_of_wrong_argument_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("protocol", () => TransportChecksum.Compute(default, IPPROTO_IGMP, new byte[20]));
        Assert.Throws<ArgumentException>("segment", () => TransportChecksum.Compute(default, IPPROTO_TCP, new byte[19]));
        Assert.Equal(ChecksumStatus.Unknown, TransportChecksum.Verify(default, IPPROTO_IGMP, new byte[20]));
        Assert.Equal(ChecksumStatus.Unknown, TransportChecksum.Verify(default, IPPROTO_TCP, new byte[19]));
    }

    internal static byte[] Transport(int protocol) => Sample.Built((ref PacketBuilder builder) =>
    {
        builder.AddPayload("hello"u8);
        if (protocol == IPPROTO_TCP)
            builder.AddTcp(Sample.Tcp);
        else if (protocol == IPPROTO_ICMP)
            builder.AddIcmp(new IcmpHeader { Type = IcmpType.Echo, Identifier = 7, SequenceNumber = 8 });
        else
            builder.AddSctp(new SctpHeader { SourcePort = 1 });
        builder.AddIpv4(Sample.Ipv4);
    });

    internal static byte[] Syn() => Sample.Built((ref PacketBuilder builder) =>
    {
        HeaderOptionsWriter options = HeaderOptionsWriter.ForTcp(stackalloc byte[40]);
        options.AddNumber((int)TcpOptionKind.MaximumSegmentSize, (ushort)1460);
        options.Add((int)TcpOptionKind.SackPermitted);
        options.Add((int)TcpOptionKind.Timestamps, [0, 0, 0, 1, 0, 0, 0, 2]);
        options.AddPadding(1);
        options.AddNumber((int)TcpOptionKind.WindowScale, (byte)7);
        options.Add((int)TcpOptionKind.FastOpen, "cook"u8);
        options.Add((int)TcpOptionKind.Mptcp, [0, 1]);
        options.AddPadding(10);
        builder.AddPayload("data"u8);
        TcpHeader header = Sample.Tcp;
        header.Flags = TcpFlags.Syn | TcpFlags.Ece | TcpFlags.Cwr;
        builder.AddTcp(header, options.Written);
    });

    internal static byte[] SctpAssociation() => Sample.Built((ref PacketBuilder builder) =>
    {
        HeaderOptionsWriter parameters = HeaderOptionsWriter.ForSctp(stackalloc byte[40]);
        parameters.Add(5, Sample.Source4.Bytes);
        parameters.Add(0x8008, [192, 193, 194]);
        var data = new SctpDataFields { Tsn = 10, StreamIdentifier = 1, StreamSequenceNumber = 2, PayloadProtocolIdentifier = 3 };
        builder.AddSctpChunk(SctpChunkType.Data, 3, data, "hello"u8);
        builder.AddSctpChunk(SctpChunkType.Sack, 0, new SctpSackFields { CumulativeTsnAck = 9, NumberOfGapAckBlocks = 1 }, [0, 2, 0, 3]);
        var init = new SctpInitFields
        {
            InitiateTag = 1,
            AdvertisedReceiverWindowCredit = 2,
            NumberOfOutboundStreams = 3,
            NumberOfInboundStreams = 4,
            InitialTsn = 5,
        };
        builder.AddSctpChunk(SctpChunkType.Init, 0, init, parameters.Written);
        builder.AddSctp(new SctpHeader { SourcePort = 5000, DestinationPort = 7, VerificationTag = 0xabcd });
    });
}
