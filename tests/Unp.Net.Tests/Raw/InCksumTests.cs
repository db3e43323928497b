using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Unp.Net.Tests.Raw;

/// <summary>Tests the Internet checksum against the book's loop (figure 28.15) and published packets.</summary>
public class InCksumTests
{
    // Fixed, so that a failure is repeated.
    readonly Random random = new(1);

    [Fact]
    public void In_cksum_agrees_with_loop_of_book()
    {
        byte[] memory = new byte[3000];
        for (int i = 0; i < 5000; i++)
        {
            Fill(memory);
            Span<byte> span = memory.AsSpan(random.Next(70), random.Next(i % 2 == 0 ? 200 : 2900));
            Assert.Equal(BookLoop(span), In_cksum(span));
        }
    }

    [Fact]
    public void Every_short_length_agrees_with_loop_of_book()
    {
        byte[] ones = new byte[300];
        ones.AsSpan().Fill(byte.MaxValue);
        for (int length = 0; length <= ones.Length; length++)
        {
            Assert.Equal(BookLoop(ones.AsSpan(0, length)), In_cksum(ones.AsSpan(0, length)));
            Assert.Equal(ushort.MaxValue, In_cksum(new byte[length]));
        }
    }

    [Fact]
    public void Large_span_does_not_overflow()
    {
        byte[] large = new byte[(8 << 20) + 1];
        large.AsSpan().Fill(byte.MaxValue);
        Assert.Equal(BookLoop(large), In_cksum(large));
    }

    [Fact]
    public void Sum_of_parts_is_sum_of_whole()
    {
        byte[] memory = new byte[500];
        for (int i = 0; i < 5000; i++)
        {
            Fill(memory);
            InternetChecksum sum = default;
            for (int at = 0, next; at < memory.Length; at = next)
            {
                next = Math.Min(at + random.Next(i % 2 == 0 ? 5 : 150), memory.Length);
                sum.Add(memory.AsSpan(at..next));
            }
            Assert.Equal(BookLoop(memory), sum.Value);
        }
    }

    /// <summary>The example of RFC 1071, section 3, whose sum is ddf2.</summary>
    [Fact]
    public void Checksum_is_stored_as_it_is()
    {
        byte[] packet = [0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7, 0, 0];
        MemoryMarshal.Write(packet.AsSpan(8), In_cksum(packet));
        Assert.Equal([0x22, 0x0d], packet[8..]);
        Assert.Equal(0, In_cksum(packet));
    }

    [Theory]
    [InlineData(4, IPPROTO_UDP)]
    [InlineData(4, IPPROTO_TCP)]
    [InlineData(16, IPPROTO_UDP)]
    [InlineData(16, IPPROTO_ICMPV6)]
    public void Pseudo_header_has_layout_of_protocol(int addressLength, int protocol)
    {
        byte[] addresses = new byte[2 * addressLength], packet = new byte[101];
        Fill(addresses);
        Fill(packet);
        byte[] numbers = addressLength == 4
            ? [0, (byte)protocol, 0, (byte)packet.Length]
            : [0, 0, 0, (byte)packet.Length, 0, 0, 0, (byte)protocol];
        InternetChecksum sum = default;
        sum.AddPseudoHeader(addresses.AsSpan(0, addressLength), addresses.AsSpan(addressLength), protocol, packet.Length);
        sum.Add(packet);
        Assert.Equal(BookLoop([.. addresses, .. numbers, .. packet]), sum.Value);
    }

    [Fact]
    public void Wrong_pseudo_header_is_refused()
    {
        Assert.Equal(
            "A pseudo-header has two addresses of 4 or two of 16 bytes, not 4 and 16 bytes. (Parameter 'destination')",
            Assert.Throws<ArgumentException>(
                () => default(InternetChecksum).AddPseudoHeader(new byte[4], new byte[16], IPPROTO_UDP, 8)).Message);
        Refuses<ArgumentException>(5, IPPROTO_UDP, 8);
        Refuses<ArgumentOutOfRangeException>(4, 256, 8);
        Refuses<ArgumentOutOfRangeException>(4, -1, 8);
        Refuses<ArgumentOutOfRangeException>(4, IPPROTO_UDP, -1);
        Refuses<ArgumentOutOfRangeException>(4, IPPROTO_UDP, 65536);
        default(InternetChecksum).AddPseudoHeader(new byte[16], new byte[16], IPPROTO_UDP, 65536);
        InternetChecksum odd = default;
        odd.Add([1]);
        Assert.Throws<InvalidOperationException>(() => odd.AddPseudoHeader(new byte[4], new byte[4], IPPROTO_UDP, 8));

        static void Refuses<T>(int addressLength, int protocol, int length) where T : Exception => Assert.Throws<T>(
            () => default(InternetChecksum).AddPseudoHeader(new byte[addressLength], new byte[addressLength], protocol, length));
    }

    [Fact]
    public void Text_has_bytes_in_order_of_packet()
    {
        InternetChecksum sum = default;
        sum.Add([0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7]);
        Assert.Equal("0x220d", $"{sum}");
    }

    [Fact]
    public void Checksum_does_not_allocate()
    {
        byte[] packet = new byte[1500];
        Fill(packet);
        In_cksum(packet);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            In_cksum(packet.AsSpan(i));
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    void Fill(Span<byte> bytes)
    {
        // Many bytes of 0xff make carries.
        random.NextBytes(bytes);
        for (int i = random.Next(40); i < bytes.Length; i += 1 + random.Next(40))
            bytes[i] = byte.MaxValue;
    }

    // Sums big-endian words one by one. The wide sum replaces the book's int, which overflows above 64 KB.
    static ushort BookLoop(ReadOnlySpan<byte> bytes)
    {
        long sum = 0;
        for (; bytes.Length > 1; bytes = bytes[2..])
            sum += BinaryPrimitives.ReadUInt16BigEndian(bytes);
        if (bytes.Length == 1)
            sum += bytes[0] << 8;
        while (sum >> 16 != 0)
            sum = (sum & 0xffff) + (sum >> 16);
        return htons((ushort)~sum);
    }
}
