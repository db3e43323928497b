using System.Runtime.InteropServices;

namespace Unp.Net.Packets.Tests;

/// <summary>The fragmenter on damaged packets. UNP_FUZZ_COUNT sets their number.</summary>
public sealed class FragmenterFuzzTests
{
    const int Seed = 4715;
    const int MaxData = 3000;

    /// <summary>A packet is refused, or its fragments fit into the MTU, and a receiver that joins them has the packet again.</summary>
    [Fact]
    public void Damaged_packets_are_divided_or_refused()
    {
        using var memory = new GuardedMemory(1);
        var random = new Random(Seed);
        int divided = 0, refused = 0;
        for (int i = Effort.Count(20_000); i > 0; i--)
        {
            byte[] bytes = Damaged(random);
            Span<byte> packet = memory.Last(bytes.Length);
            bytes.CopyTo(packet);
            int mtu = random.Next(4) == 0 ? random.Next(100) : random.Next(MaxData);
            if (!TryDivide(packet, mtu, out List<byte[]> fragments))
            {
                refused++;
                continue;
            }
            Assert.All(fragments, fragment => Assert.InRange(fragment.Length, 1, mtu));
            if (fragments.Count == 1)
            {
                Assert.Equal(bytes[..fragments[0].Length], fragments[0]);
                continue;
            }
            byte[] joined = bytes[0] >> 4 == 4 ? JoinIpv4(bytes, fragments) : JoinIpv6(fragments);
            Assert.Equal(bytes[..joined.Length], joined);
            divided++;
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"{divided} divided, {refused} refused");
        Assert.True(divided > 0 && refused > 0);
    }

    static bool TryDivide(ReadOnlySpan<byte> packet, int mtu, out List<byte[]> fragments)
    {
        fragments = [];
        IpFragmenter fragmenter;
        try
        {
            fragmenter = new IpFragmenter(packet, mtu, 77);
        }
        catch (ArgumentException)
        {
            return false;
        }
        byte[] buffer = new byte[Math.Min(mtu, packet.Length)];
        while (fragmenter.TryWriteNext(buffer, out int length))
            fragments.Add(buffer[..length]);
        return true;
    }

    /// <summary>Joins fragments by RFC 791. The checksum of the header is that of the packet, which may be wrong.</summary>
    static byte[] JoinIpv4(byte[] packet, List<byte[]> fragments)
    {
        List<byte> joined = [];
        int offset = 0;
        bool hasMore = true;
        foreach (byte[] bytes in fragments)
        {
            Assert.True(Ipv4Packet.TryRead(bytes, out Ipv4Packet part) && part.IsHeaderChecksumValid && hasMore);
            Assert.Equal(bytes.Length, part.Length);
            if (joined.Count == 0)
            {
                offset = part.Header.FragmentOffset * 8 - part.Header.HeaderLength;
                joined.AddRange(bytes[..part.Header.HeaderLength]);
            }
            Assert.Equal(offset + joined.Count, part.Header.FragmentOffset * 8);
            joined.AddRange(part.Payload);
            hasMore = part.Header.MoreFragments;
        }
        ref Ipv4Header header = ref MemoryMarshal.AsRef<Ipv4Header>(CollectionsMarshal.AsSpan(joined));
        header.TotalLength = (ushort)joined.Count;
        header.MoreFragments = hasMore;
        header.HeaderChecksum = MemoryMarshal.AsRef<Ipv4Header>(packet.AsSpan()).HeaderChecksum;
        return [.. joined];
    }

    /// <summary>Joins fragments by RFC 8200 section 4.5.</summary>
    static byte[] JoinIpv6(List<byte[]> fragments)
    {
        List<byte> joined = [];
        int start = 0;
        bool hasMore = true;
        foreach (byte[] bytes in fragments)
        {
            Assert.True(Ipv6Packet.TryRead(bytes, out Ipv6Packet part) && hasMore);
            Assert.Equal(bytes.Length, part.Length);
            int place = 6, next = Ipv6Header.Size; // the byte with the type of the next header, and that header
            Ipv6FragmentHeader fragment = default;
            foreach (Ipv6ExtensionHeader extension in part.ExtensionHeaders)
            {
                if (extension.TryGetFragment(out fragment))
                    break;
                place = next;
                next += extension.Bytes.Length;
            }
            if (joined.Count == 0)
            {
                start = next;
                joined.AddRange(bytes[..next]);
                joined[place] = fragment.NextHeader;
            }
            Assert.Equal((start, 77u), (next, fragment.Identification));
            Assert.Equal(joined.Count - start, fragment.FragmentOffset * 8);
            joined.AddRange(bytes[(next + Ipv6FragmentHeader.Size)..]);
            hasMore = fragment.MoreFragments;
        }
        Assert.False(hasMore);
        MemoryMarshal.AsRef<Ipv6Header>(CollectionsMarshal.AsSpan(joined)).PayloadLength = (ushort)(joined.Count - Ipv6Header.Size);
        return [.. joined];
    }

    /// <summary>Returns a packet with any options or extension headers. Some bytes of half of the packets are changed.</summary>
    static byte[] Damaged(Random random)
    {
        var builder = new PacketBuilder(new byte[4096]);
        builder.AddPayload(Bytes(random, random.Next(MaxData)), IPPROTO_UDP);
        if (random.Next(2) == 0)
        {
            Ipv4Header header = Sample.Ipv4;
            header.FragmentOffset = random.Next(3) == 0 ? random.Next(8192) : 0;
            header.MoreFragments = random.Next(4) == 0;
            builder.AddIpv4(header, Bytes(random, 4 * random.Next(11)));
        }
        else
        {
            if (random.Next(3) == 0)
                builder.AddIpv6Options(IPPROTO_DSTOPTS, Bytes(random, random.Next(40)));
            if (random.Next(8) == 0)
                builder.AddIpv6Fragment(new Ipv6FragmentHeader { FragmentOffset = random.Next(3) });
            if (random.Next(3) == 0)
                builder.AddIpv6Routing(2, 1, Bytes(random, 20));
            if (random.Next(3) == 0)
                builder.AddIpv6Options(IPPROTO_HOPOPTS, Bytes(random, random.Next(40)));
            builder.AddIpv6(Sample.Ipv6);
        }
        byte[] packet = [.. builder.Written];
        for (int i = Math.Max(random.Next(6) - 2, 0); i > 0; i--)
            packet[random.Next(Math.Min(packet.Length, 80))] = (byte)random.Next(256);
        return packet;
    }

    static byte[] Bytes(Random random, int count)
    {
        byte[] bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}
