using System.Runtime.InteropServices;
using Unp.Net.Abi;
using Xunit;

namespace Unp.Net.AbiTests;

/// <summary>Records of /dev/bpf, as a read of each system returns them.</summary>
public sealed class BpfRecordTests
{
    // Two packets at 1,700,000,000 s: 3 of 60 bytes captured 5 us after the second, then 2 of 2 bytes at 999,999 us.
    static readonly byte[] OfMacOS =
    [
        0x00, 0xF1, 0x53, 0x65, 5, 0, 0, 0, 3, 0, 0, 0, 60, 0, 0, 0, 18, 0, 0xA1, 0xA2, 0xA3, 0, 0, 0,
        0x00, 0xF1, 0x53, 0x65, 0x3F, 0x42, 0x0F, 0, 2, 0, 0, 0, 2, 0, 0, 0, 18, 0, 0xB1, 0xB2,
    ];

    static readonly byte[] OfFreeBsd =
    [
        0x00, 0xF1, 0x53, 0x65, 0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 60, 0, 0, 0, 26, 0, 0xA1, 0xA2, 0xA3, 0, 0, 0,
        0x00, 0xF1, 0x53, 0x65, 0, 0, 0, 0, 0x3F, 0x42, 0x0F, 0, 0, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 26, 0, 0xB1, 0xB2,
    ];

    [Theory]
    [InlineData(UnixSystem.MacOS)]
    [InlineData(UnixSystem.FreeBSD)]
    public void Packets_are_read_from_records_of_system(object system) => On((UnixSystem)system, bytes =>
    {
        ReadOnlySpan<byte> rest = bytes;
        Assert.True(bpf_hdr.TryReadNext(ref rest, out bpf_hdr header, out ReadOnlySpan<byte> packet));
        Assert.Equal((1_700_000_000, 5, 3u, 60u), Fields(header));
        Assert.Equal([0xA1, 0xA2, 0xA3], packet.ToArray());
        Assert.True(bpf_hdr.TryReadNext(ref rest, out header, out packet));
        Assert.Equal((1_700_000_000, 999_999, 2u, 2u), Fields(header));
        Assert.Equal([0xB1, 0xB2], packet.ToArray());
        Assert.False(bpf_hdr.TryReadNext(ref rest, out _, out packet));
        Assert.True(rest.IsEmpty && packet.IsEmpty);
    });

    [Theory]
    [InlineData(UnixSystem.MacOS)]
    [InlineData(UnixSystem.FreeBSD)]
    public void Record_that_ends_too_late_is_not_returned(object system) => On((UnixSystem)system, bytes =>
    {
        for (int length = 0; length < bytes.Length; length++)
        {
            ReadOnlySpan<byte> rest = bytes.AsSpan(0, length);
            int count = 0;
            while (bpf_hdr.TryReadNext(ref rest, out _, out _))
                count++;
            Assert.Equal(length >= bytes.Length / 2 - 1 ? 1 : 0, count);
        }
    });

    [Theory]
    [InlineData(UnixSystem.MacOS)]
    [InlineData(UnixSystem.FreeBSD)]
    public void Lengths_that_exceed_records_are_refused(object system) => On((UnixSystem)system, bytes =>
    {
        int lengths = (UnixSystem)system == UnixSystem.MacOS ? 8 : 16;
        foreach ((int at, byte value) in ((int, byte)[])[(lengths + 3, 0x80), (lengths + 3, 0x7F), (lengths + 9, 0xFF), (lengths + 8, 1)])
        {
            byte[] wrong = [.. bytes];
            wrong[at] = value;
            ReadOnlySpan<byte> rest = wrong;
            Assert.False(bpf_hdr.TryReadNext(ref rest, out _, out _));
        }
    });

    static (long, long, uint, uint) Fields(bpf_hdr header) =>
        (header.bh_tstamp.tv_sec, header.bh_tstamp.tv_usec, header.bh_caplen, header.bh_datalen);

    static void On(UnixSystem system, Action<byte[]> test) => Target.On(
        new(system, Architecture.X64),
        () =>
        {
            test(system == UnixSystem.MacOS ? OfMacOS : OfFreeBsd);
            return true;
        });
}
