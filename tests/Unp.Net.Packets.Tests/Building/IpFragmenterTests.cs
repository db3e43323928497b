using System.Runtime.InteropServices;
using System.Text;

namespace Unp.Net.Packets.Tests;

public class IpFragmenterTests
{
    [Theory]
    [InlineData(28)]
    [InlineData(35)]
    [InlineData(576)]
    [InlineData(1500)]
    [InlineData(5000)]
    public void Ipv4_fragments_are_the_packet(int mtu)
    {
        byte[] packet = Sample.UdpOverIpv4(Text(2000));
        List<byte[]> fragments = Fragments(packet, mtu);
        Assert.Equal(mtu >= packet.Length ? 1 : (2008 + Room(mtu, 20) - 1) / Room(mtu, 20), fragments.Count);
        byte[] payload = new byte[2008];
        int covered = 0;
        foreach (byte[] bytes in fragments)
        {
            Assert.InRange(bytes.Length, 21, Math.Min(mtu, packet.Length));
            Assert.True(Ipv4Packet.TryRead(bytes, out Ipv4Packet fragment) && fragment.IsHeaderChecksumValid && !fragment.IsTruncated);
            Assert.Equal((0x1234, covered), (fragment.Header.Identification, fragment.Header.FragmentOffset * 8));
            fragment.Payload.CopyTo(payload.AsSpan(covered));
            covered += fragment.Payload.Length;
            Assert.Equal(covered < 2008, fragment.Header.MoreFragments);
        }
        Assert.Equal(packet[20..], payload);
    }

    [Fact]
    public void Later_fragments_have_copied_options_only()
    {
        byte[] packet = Sample.Built((ref PacketBuilder builder) =>
        {
            HeaderOptionsWriter options = HeaderOptionsWriter.ForIpv4(stackalloc byte[40]);
            options.Add((int)Ipv4OptionType.RecordRoute, new byte[9]);
            options.Add((int)Ipv4OptionType.RouterAlert, [0, 0]);
            builder.AddPayload(new byte[100]);
            builder.AddIpv4(Sample.Ipv4, options.Written);
        });
        List<byte[]> fragments = Fragments(packet, 68);
        Assert.True(Ipv4Packet.TryRead(fragments[0], out Ipv4Packet fragment) && fragment.Options.TryGet(7, out _));
        Assert.Equal(36, fragment.Header.HeaderLength);
        Assert.True(Ipv4Packet.TryRead(fragments[1], out fragment) && !fragment.Options.TryGet(7, out _)
            && fragment.Options.TryGet(148, out _));
        Assert.Equal(24, fragment.Header.HeaderLength);
        Assert.Equal([32 + 36, 40 + 24, 28 + 24], fragments.ConvertAll(bytes => bytes.Length));
    }

    [Fact]
    public void Fragment_of_ipv4_is_divided_again()
    {
        List<byte[]> first = Fragments(Sample.UdpOverIpv4(Text(1000)), 620);
        List<byte[]> again = Fragments(first[1], 228);
        Assert.Equal([600, 808],
            again.ConvertAll(bytes => Ipv4Packet.TryRead(bytes, out Ipv4Packet packet) ? packet.Header.FragmentOffset * 8 : -1));
        Assert.Equal([true, false],
            again.ConvertAll(bytes => Ipv4Packet.TryRead(bytes, out Ipv4Packet packet) && packet.Header.MoreFragments));
        again = Fragments(first[0], 420);
        Assert.True(Ipv4Packet.TryRead(again[^1], out Ipv4Packet last) && last.Header.MoreFragments);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Ipv6_fragments_repeat_headers_for_routers(int headers)
    {
        byte[] route = [0, 0, 0, 0, .. Sample.Source6.Bytes];
        byte[] packet = Sample.Built((ref PacketBuilder builder) =>
        {
            builder.AddPayload(Encoding.ASCII.GetBytes(Text(3000)));
            builder.AddUdp(Sample.Udp);
            builder.AddIpv6Options(IPPROTO_DSTOPTS, default);
            if (headers > 1)
                builder.AddIpv6Routing(2, 1, route);
            if (headers > 0)
                builder.AddIpv6Options(IPPROTO_HOPOPTS, default);
            builder.AddIpv6(Sample.Ipv6);
        });
        int repeated = 40 + (headers > 0 ? 8 : 0) + (headers > 1 ? 24 : 0);
        byte[] payload = new byte[packet.Length - repeated];
        int covered = 0;
        foreach (byte[] bytes in Fragments(packet, 1280))
        {
            Assert.InRange(bytes.Length, repeated + 9, 1280);
            Assert.True(Ipv6Packet.TryRead(bytes, out Ipv6Packet fragment) && !fragment.IsTruncated);
            Assert.Equal(bytes.Length, fragment.Length);
            Ipv6ExtensionHeader last = default;
            foreach (Ipv6ExtensionHeader header in fragment.ExtensionHeaders)
            {
                last = header;
                if (header.Type == IPPROTO_FRAGMENT)
                    break;
            }
            Assert.True(last.TryGetFragment(out Ipv6FragmentHeader fields));
            Assert.Equal((IPPROTO_DSTOPTS, covered, 77u), (fields.NextHeader, fields.FragmentOffset * 8, fields.Identification));
            int start = repeated + Ipv6FragmentHeader.Size;
            bytes.AsSpan(start).CopyTo(payload.AsSpan(covered));
            covered += bytes.Length - start;
            Assert.Equal(covered < payload.Length, fields.MoreFragments);
        }
        Assert.Equal(packet[repeated..], payload);
    }

    [Fact]
    public void Packet_that_cannot_be_divided_is_refused()
    {
        byte[] packet = Sample.UdpOverIpv4(Text(100));
        Assert.Throws<ArgumentOutOfRangeException>("mtu", () => Fragments(packet, 27));
        Assert.Throws<ArgumentException>("packet", () => Fragments(packet[..^1], 1500));
        Assert.Throws<ArgumentException>("packet", () => Fragments([1, 2, 3], 1500));
        Assert.Throws<ArgumentException>("destination", () => new IpFragmenter(packet, 68).TryWriteNext(new byte[67], out _));
        MemoryMarshal.AsRef<Ipv4Header>(packet.AsSpan()).DontFragment = true;
        Assert.Contains("128 bytes", Assert.Throws<ArgumentException>("packet", () => Fragments(packet, 100)).Message,
            StringComparison.Ordinal);
        Assert.Single(Fragments(packet, 128));
        byte[] fragment = Sample.Built((ref PacketBuilder builder) =>
        {
            builder.AddPayload(new byte[2000]);
            builder.AddIpv6Fragment(new Ipv6FragmentHeader { MoreFragments = true });
            builder.AddIpv6(Sample.Ipv6);
        });
        Assert.Throws<ArgumentException>("packet", () => Fragments(fragment, 1280));
        Assert.Equal([fragment], Fragments(fragment, fragment.Length));
    }

    [Theory]
    [InlineData(8063, 0)] // 64,504 + 1,031 bytes, the longest packet
    [InlineData(8064, 65_543)]
    [InlineData(8191, 66_559)]
    public void Fragment_behind_longest_packet_is_refused(int offset, int whole)
    {
        byte[] packet = Sample.UdpOverIpv4(Text(1003));
        MemoryMarshal.AsRef<Ipv4Header>(packet.AsSpan()).FragmentOffset = offset;
        if (whole == 0)
        {
            Assert.Equal([8063, 8133], Fragments(packet, 580).ConvertAll(
                bytes => Ipv4Packet.TryRead(bytes, out Ipv4Packet fragment) ? fragment.Header.FragmentOffset : -1));
            return;
        }
        var refused = Assert.Throws<ArgumentException>("packet", () => Fragments(packet, 580));
        Assert.Contains($"a packet of {whole} bytes", refused.Message, StringComparison.Ordinal);
        Assert.Equal([packet], Fragments(packet, packet.Length)); // a packet that fits is returned as it is
    }

    [Theory]
    [InlineData(1500, "20 of 128 bytes", "128 of 128 bytes")]
    [InlineData(68, "20 of 128 bytes", "68 of 128 bytes")]
    public void Text_has_number_of_written_bytes(int mtu, string before, string after)
    {
        var fragmenter = new IpFragmenter(Sample.UdpOverIpv4(Text(100)), mtu);
        Assert.Equal(before, fragmenter.ToString());
        Assert.True(fragmenter.TryWriteNext(new byte[128], out _));
        Assert.Equal(after, fragmenter.ToString());
    }

    static int Room(int mtu, int header) => (mtu - header) / 8 * 8;

    static string Text(int length) => string.Concat(Enumerable.Range(0, length).Select(i => (char)('a' + i % 23)));

    static List<byte[]> Fragments(byte[] packet, int mtu)
    {
        var fragments = new List<byte[]>();
        var fragmenter = new IpFragmenter(packet, mtu, 77);
        byte[] buffer = new byte[Math.Min(mtu, packet.Length)];
        while (fragmenter.TryWriteNext(buffer, out int length))
            fragments.Add(buffer[..length]);
        return fragments;
    }
}
