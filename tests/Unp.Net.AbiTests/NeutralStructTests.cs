using System.Runtime.InteropServices;
using Unp.Net.Abi;
using Xunit;

namespace Unp.Net.AbiTests;

/// <summary>The structs that are one type for all systems write the bytes that each system reads.</summary>
public class NeutralStructTests
{
    static T On<T>(UnixSystem system, Func<T> make) => Target.On(new(system, Architecture.Arm64), make);

    static byte[] BytesOf<T>(T value)
        where T : unmanaged => MemoryMarshal.AsBytes([value]).ToArray();

    [Fact]
    public void An_address_starts_with_a_family_of_two_bytes_on_Linux() =>
        Assert.Equal([10, 0], On(UnixSystem.Linux, () => BytesOf(new sa_head(10, 28))));

    [Theory]
    [InlineData(UnixSystem.MacOS, 30)]
    [InlineData(UnixSystem.FreeBSD, 28)]
    public void An_address_starts_with_length_and_family_on_the_BSDs(object system, byte family) =>
        Assert.Equal([28, family], On((UnixSystem)system, () => BytesOf(new sa_head(family, 28))));

    [Theory]
    [InlineData(UnixSystem.Linux)]
    [InlineData(UnixSystem.MacOS)]
    [InlineData(UnixSystem.FreeBSD)]
    public void The_family_reads_back(object system) => Assert.Equal(2, On((UnixSystem)system, () => new sa_head(2, 16).Family));

    [Theory]
    [InlineData(UnixSystem.Linux)]
    [InlineData(UnixSystem.MacOS)]
    [InlineData(UnixSystem.FreeBSD)]
    public void A_time_reads_back(object system)
    {
        var time = On((UnixSystem)system, () => new timeval(3, 999_999) is var t ? (t.tv_sec, t.tv_usec) : default);
        Assert.Equal((3, 999_999), time);
    }

    [Fact]
    public void On_macOS_what_the_kernel_leaves_in_the_padding_of_a_time_does_not_count()
    {
        var filled = MemoryMarshal.Read<timeval>([3, 0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF]);
        Assert.Equal(7, On(UnixSystem.MacOS, () => filled.tv_usec));
    }

    [Fact]
    public void Packed_events_of_epoll_come_to_their_places()
    {
        var buffer = new epoll_event[3];
        byte[] written = [1, 0, 0, 0, 11, 0, 0, 0, 0, 0, 0, 0x80, 2, 0, 0, 0, 22, 0, 0, 0, 0, 0, 0, 0];
        written.CopyTo(MemoryMarshal.AsBytes(buffer.AsSpan()));
        Unp.Net.Abi.Linux.X64.epoll_event.Unpack(buffer, 2);
        Assert.Equal([(1u, 0x80000000_0000000Bu), (2u, 22ul)], buffer.Take(2).Select(e => (e.events, e.data.u64)));
    }

    [Fact]
    public void An_event_is_packed_for_epoll() =>
        Assert.Equal(
            [0xF8, 0xFF, 0xFF, 0xFF, 7, 0, 0, 0, 0, 0, 0, 0],
            BytesOf(new Unp.Net.Abi.Linux.X64.epoll_event(new() { events = 0xFFFFFFF8, data = new() { fd = 7 } })));

    [Fact]
    public unsafe void The_shorter_events_of_macOS_come_to_their_places()
    {
        Unp.Net.Abi.Darwin.kevent One(uint n) => new(new() { ident = n, filter = -1, flags = 2, fflags = 3, data = -4, udata = (void*)n });
        var buffer = new kevent[3];
        var written = MemoryMarshal.Cast<kevent, Unp.Net.Abi.Darwin.kevent>(buffer.AsSpan());
        for (int i = 0; i < buffer.Length; i++)
            written[i] = One((uint)i);
        Unp.Net.Abi.Darwin.kevent.Unpack(buffer, buffer.Length);
        for (int i = 0; i < buffer.Length; i++)
        {
            Assert.Equal(BytesOf(One((uint)i)), BytesOf(buffer[i])[..32]);
            Assert.All(BytesOf(buffer[i])[32..], b => Assert.Equal(0, b));
        }
    }

    [Theory]
    [InlineData(UnixSystem.Linux, new byte[] { 1, 0, 0, 0, 3, 0, 0, 0, 2, 0, 0, 0 })]
    [InlineData(UnixSystem.MacOS, new byte[] { 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0 })]
    [InlineData(UnixSystem.FreeBSD, new byte[] { 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0 })]
    public void Group_source_and_interface_have_the_order_of_the_system(object system, byte[] expected) =>
        Assert.Equal(expected, On((UnixSystem)system, () => BytesOf(new ip_mreq_source(group: 1, source: 2, networkInterface: 3))));

    [Fact]
    public void A_set_of_descriptors_has_a_bit_for_each()
    {
        var set = new fd_set();
        foreach (int fd in (int[])[0, 9, 63, 64, 1023])
            set.FD_SET(fd);
        set.FD_CLR(63);
        Assert.Equal([0, 9, 64, 1023], Enumerable.Range(0, 1024).Where(set.FD_ISSET));
        Assert.Equal([1, 2], BytesOf(set)[..2]);
        Assert.Equal(0x80, BytesOf(set)[127]);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1024)]
    public void A_set_of_descriptors_has_no_others(int fd)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new fd_set().FD_SET(fd));
        Assert.Throws<ArgumentOutOfRangeException>(() => new fd_set().FD_CLR(fd));
        Assert.Throws<ArgumentOutOfRangeException>(() => new fd_set().FD_ISSET(fd));
    }
}
