using System.Runtime.InteropServices;

namespace Unp.Net.Packets.Tests;

public class IcmpTests
{
    [Fact]
    public void Last_four_bytes_have_meaning_of_type()
    {
        var header = new IcmpHeader { Type = IcmpType.Echo, Identifier = 0x1234, SequenceNumber = 0x5678 };
        Assert.Equal(0x12345678u, header.RestOfHeader);
        header = new IcmpHeader { Type = IcmpType.DestinationUnreachable, Code = 4, NextHopMtu = 1400, Length = 32 };
        Assert.Equal(0x00200578u, header.RestOfHeader);
        header = new IcmpHeader { Type = IcmpType.ParameterProblem, Pointer = 20 };
        Assert.Equal(0x14000000u, header.RestOfHeader);
        header = new IcmpHeader { Type = IcmpType.Redirect, Code = 1, GatewayInternetAddress = Sample.Source4 };
        Assert.Equal((0xc0000201u, Sample.Source4), (header.RestOfHeader, header.GatewayInternetAddress));
        Assert.Equal("ICMP Redirect, code 1", $"{header}");
    }

    [Theory]
    [InlineData(IcmpType.DestinationUnreachable, true)]
    [InlineData(IcmpType.SourceQuench, true)]
    [InlineData(IcmpType.Redirect, true)]
    [InlineData(IcmpType.TimeExceeded, true)]
    [InlineData(IcmpType.ParameterProblem, true)]
    [InlineData(IcmpType.Echo, false)]
    public void Error_quotes_packet(IcmpType type, bool isError)
    {
        byte[] quoted = Sample.UdpOverIpv4("0123456789");
        byte[] bytes = Icmp(new IcmpHeader { Type = type }, quoted.AsSpan(..28));
        Assert.True(IcmpMessage.TryRead(bytes, out IcmpMessage message));
        Assert.Equal((isError, isError), (message.IsError, message.TryGetQuotedPacket(out Ipv4Packet packet)));
        if (!isError)
            return;
        Assert.Equal((quoted.Length, true), (packet.Length, packet.IsTruncated));
        Assert.True(UdpDatagram.TryRead(packet.Payload, out UdpDatagram datagram));
        Assert.Equal(53, datagram.Header.DestinationPort);
    }

    [Fact]
    public void Extensions_are_no_part_of_quoted_packet()
    {
        byte[] quoted = Sample.UdpOverIpv4(new string('x', 200));
        byte[] body = [.. quoted.AsSpan(..128), 0x20, 0, 0, 0, 0, 8, 1, 1, 0, 1, 0, 1];
        byte[] bytes = Icmp(new IcmpHeader { Type = IcmpType.TimeExceeded, Length = 32 }, body);
        Assert.True(IcmpMessage.TryRead(bytes, out IcmpMessage message));
        Assert.True(message.TryGetQuotedPacket(out Ipv4Packet packet));
        Assert.Equal(108, packet.Payload.Length);
    }

    [Fact]
    public void Timestamps_are_read()
    {
        byte[] bytes = Icmp(new IcmpHeader { Type = IcmpType.TimestampReply }, [0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3]);
        Assert.True(IcmpMessage.TryRead(bytes, out IcmpMessage message));
        Assert.True(message.TryGetTimestamps(out IcmpTimestamps times));
        Assert.Equal((1u, 2u, 3u), (times.OriginateTimestamp, times.ReceiveTimestamp, times.TransmitTimestamp));
        Assert.True(IcmpMessage.TryRead(bytes.AsSpan(..19), out message));
        Assert.False(message.TryGetTimestamps(out times));
        Assert.Equal(default, times);
        Assert.False(IcmpMessage.TryRead(bytes.AsSpan(..7), out message));
        Assert.False(message.IsError && message.Body.IsEmpty);
    }

    [Fact]
    public void Neighbor_messages_have_target_and_options()
    {
        byte[] bytes = Icmpv6(new Icmpv6Header { Type = Icmpv6Type.NeighborAdvertisement, IsRouter = true, IsOverride = true },
            [.. Sample.Source6.Bytes, .. Options((ref HeaderOptionsWriter options) =>
                options.Add((int)NeighborOptionType.TargetLinkLayerAddress, Sample.SourceMac.Bytes))]);
        Assert.True(Icmpv6Message.TryRead(bytes, out Icmpv6Message message));
        Assert.Equal((true, false, true), (message.Header.IsRouter, message.Header.IsSolicited, message.Header.IsOverride));
        Assert.True(message.TryGetTarget(out Ipv6Address target));
        Assert.Equal(Sample.Source6, target);
        Assert.True(message.NeighborOptions.TryGet((int)NeighborOptionType.TargetLinkLayerAddress, out HeaderOption option));
        Assert.Equal(Sample.SourceMac, new MacAddress(option.Data));
        Assert.False(message.TryGetRedirectDestination(out _) || message.TryGetMulticastAddress(out _)
            || message.TryGetQuotedPacket(out _));
    }

    [Fact]
    public void Router_advertisement_has_prefix_and_mtu()
    {
        var prefix = new PrefixInformation
        {
            PrefixLength = 64,
            OnLink = true,
            AutonomousAddressConfiguration = true,
            ValidLifetime = 86400,
            PreferredLifetime = 14400,
            Prefix = Ipv6Address.Parse("2001:db8::"),
        };
        byte[] options = Options((ref HeaderOptionsWriter writer) =>
        {
            writer.AddFields((int)NeighborOptionType.PrefixInformation, prefix);
            writer.Add((int)NeighborOptionType.Mtu, [0, 0, 0, 0, 5, 0xdc]);
        });
        Assert.Equal(40, options.Length);
        var header = new Icmpv6Header
        {
            Type = Icmpv6Type.RouterAdvertisement,
            CurHopLimit = 64,
            RouterLifetime = 1800,
            OtherConfiguration = true,
        };
        byte[] bytes = Icmpv6(header, [0, 0, 0, 1, 0, 0, 0, 2, .. options]);
        Assert.True(Icmpv6Message.TryRead(bytes, out Icmpv6Message message));
        Assert.Equal((64, 1800, false, true), (message.Header.CurHopLimit, message.Header.RouterLifetime,
            message.Header.ManagedAddressConfiguration, message.Header.OtherConfiguration));
        Assert.True(message.TryGetRouterAdvertisementTimes(out RouterAdvertisementTimes times));
        Assert.Equal((1u, 2u), (times.ReachableTime, times.RetransTimer));
        Assert.True(message.NeighborOptions.TryGet((int)NeighborOptionType.PrefixInformation, out HeaderOption option));
        Assert.True(option.TryRead(out PrefixInformation read));
        Assert.Equal("2001:db8::/64, valid 86400 s, preferred 14400 s", $"{read}");
        Assert.True(read.OnLink && read.AutonomousAddressConfiguration);
        Assert.True(message.NeighborOptions.TryGet((int)NeighborOptionType.Mtu, out option));
        Assert.False(option.TryRead(out read));
    }

    [Fact]
    public void Redirect_has_target_and_destination()
    {
        byte[] bytes = Icmpv6(new Icmpv6Header { Type = Icmpv6Type.Redirect }, [.. Sample.Source6.Bytes, .. Sample.Destination6.Bytes]);
        Assert.True(Icmpv6Message.TryRead(bytes, out Icmpv6Message message));
        Assert.True(message.TryGetTarget(out Ipv6Address target) && message.TryGetRedirectDestination(out Ipv6Address destination)
            && target == Sample.Source6 && destination == Sample.Destination6);
        Assert.True(Icmpv6Message.TryRead(bytes.AsSpan(..39), out message));
        Assert.True(message.TryGetTarget(out _));
        Assert.False(message.TryGetRedirectDestination(out destination));
        Assert.Equal(default, destination);
    }

    [Fact]
    public void Icmpv6_error_quotes_packet()
    {
        byte[] quoted = Sample.UdpOverIpv6();
        byte[] bytes = Icmpv6(new Icmpv6Header { Type = Icmpv6Type.PacketTooBig, RestOfHeader = 1280 }, quoted);
        Assert.True(Icmpv6Message.TryRead(bytes, out Icmpv6Message message));
        Assert.True(message.IsError && message.TryGetQuotedPacket(out Ipv6Packet packet) && packet.Length == quoted.Length);
        Assert.Equal(1280u, message.Header.RestOfHeader);
    }

    [Theory]
    [InlineData(Icmpv6Type.DestinationUnreachable, 16, 88)]
    [InlineData(Icmpv6Type.TimeExceeded, 16, 88)]
    [InlineData(Icmpv6Type.TimeExceeded, 15, 100)] // less than RFC 4884 allows
    [InlineData(Icmpv6Type.TimeExceeded, 0, 100)]
    [InlineData(Icmpv6Type.ParameterProblem, 16, 100)] // the byte belongs to the pointer
    public void Extensions_are_no_part_of_quoted_ipv6_packet(Icmpv6Type type, byte length, int payload)
    {
        byte[] quoted = Sample.UdpOverIpv6(new string('x', 200));
        byte[] body = [.. quoted.AsSpan(..128), 0x20, 0, 0, 0, 0, 8, 1, 1, 0, 1, 0, 1];
        byte[] bytes = Icmpv6(new Icmpv6Header { Type = type, Length = length }, body);
        Assert.Equal(length, bytes[4]);
        Assert.True(Icmpv6Message.TryRead(bytes, out Icmpv6Message message));
        Assert.True(message.TryGetQuotedPacket(out Ipv6Packet packet));
        Assert.Equal((length, payload), (message.Header.Length, packet.Payload.Length));
    }

    [Fact]
    public void Mld_messages_have_groups_and_sources()
    {
        byte[] query = Icmpv6(new Icmpv6Header { Type = Icmpv6Type.MulticastListenerQuery, MaximumResponseDelay = 1000 },
            [.. Sample.Source6.Bytes, 2, 125, 0, 2, .. Sample.Source6.Bytes, .. Sample.Destination6.Bytes]);
        Assert.True(Icmpv6Message.TryRead(query, out Icmpv6Message message));
        Assert.True(message.TryGetMulticastAddress(out Ipv6Address group) && group == Sample.Source6);
        Assert.Equal(1000, message.Header.MaximumResponseDelay);
        Assert.Equal([Sample.Source6, Sample.Destination6], message.QuerySources);
        Assert.True(Icmpv6Message.TryRead(query.AsSpan(..50), out message));
        Assert.Equal([Sample.Source6], message.QuerySources);

        byte[] report = Icmpv6(new Icmpv6Header { Type = Icmpv6Type.MulticastListenerReportV2, RestOfHeader = 2 },
            [4, 0, 0, 0, .. Sample.Source6.Bytes, 1, 1, 0, 1, .. Sample.Destination6.Bytes, .. Sample.Source6.Bytes, 0, 0, 0, 0]);
        Assert.True(Icmpv6Message.TryRead(report, out message));
        var records = new List<string>();
        foreach (MulticastRecord record in message.MulticastRecords)
            records.Add($"{record.RecordType} {record.MulticastAddress} {record.SourceAddresses.Length}");
        Assert.Equal([$"4 {Sample.Source6} 0", $"1 {Sample.Destination6} 1"], records);
        Assert.True(Icmpv6Message.TryRead(report.AsSpan(..^1), out message));
        MulticastRecords cut = message.MulticastRecords;
        Assert.True(cut.MoveNext());
        Assert.False(cut.MoveNext());
        Assert.Equal((0, 0, "1 records"), (cut.Current.RecordType, cut.Current.SourceAddresses.Length, cut.ToString()));
    }

    delegate void Write(ref HeaderOptionsWriter options);

    static byte[] Options(Write write)
    {
        HeaderOptionsWriter options = HeaderOptionsWriter.ForNeighborDiscovery(new byte[200]);
        write(ref options);
        return options.Written.ToArray();
    }

    static byte[] Icmp(IcmpHeader header, ReadOnlySpan<byte> body)
    {
        var builder = new PacketBuilder(new byte[2000]);
        builder.AddPayload(body);
        builder.AddIcmp(header);
        Assert.Equal(ChecksumStatus.Valid, TransportChecksum.Verify(default, IPPROTO_ICMP, builder.Written));
        return builder.Written.ToArray();
    }

    static byte[] Icmpv6(Icmpv6Header header, ReadOnlySpan<byte> body) =>
        [.. MemoryMarshal.AsBytes(new ReadOnlySpan<Icmpv6Header>(in header)), .. body];
}
