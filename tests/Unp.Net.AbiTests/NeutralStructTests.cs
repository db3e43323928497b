using System.Net;
using System.Net.NetworkInformation;
using System.Runtime.InteropServices;
using Unp.Net.Abi;
using Xunit;

namespace Unp.Net.AbiTests;

/// <summary>Tests that structs with one type for all systems have the bytes of each system.</summary>
public class NeutralStructTests
{
    static T On<T>(UnixSystem system, Func<T> make) => Target.On(new(system, Architecture.Arm64), make);

    static byte[] BytesOf<T>(T value)
        where T : unmanaged => MemoryMarshal.AsBytes([value]).ToArray();

    [Fact]
    public void Address_starts_with_family_of_two_bytes_on_Linux() =>
        Assert.Equal([10, 0], On(UnixSystem.Linux, () => BytesOf(new sa_head(10, 28))));

    [Theory]
    [InlineData(UnixSystem.MacOS, 30)]
    [InlineData(UnixSystem.FreeBSD, 28)]
    public void Address_starts_with_length_and_family_on_BSDs(object system, byte family) =>
        Assert.Equal([28, family], On((UnixSystem)system, () => BytesOf(new sa_head(family, 28))));

    [Theory]
    [InlineData(UnixSystem.Linux)]
    [InlineData(UnixSystem.MacOS)]
    [InlineData(UnixSystem.FreeBSD)]
    public void Family_reads_back(object system) => Assert.Equal(2, On((UnixSystem)system, () => new sa_head(2, 16).Family));

    [Theory]
    [InlineData(UnixSystem.Linux)]
    [InlineData(UnixSystem.MacOS)]
    [InlineData(UnixSystem.FreeBSD)]
    public void Time_reads_back(object system)
    {
        var time = On((UnixSystem)system, () => new timeval(3, 999_999) is var t ? (t.tv_sec, t.tv_usec) : default);
        Assert.Equal((3, 999_999), time);
    }

    [Fact]
    public void Padding_of_time_is_ignored_on_macOS()
    {
        var filled = MemoryMarshal.Read<timeval>([3, 0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF]);
        Assert.Equal(7, On(UnixSystem.MacOS, () => filled.tv_usec));
    }

    [Fact]
    public void Packed_epoll_events_are_unpacked_in_place()
    {
        var buffer = new epoll_event[3];
        byte[] written = [1, 0, 0, 0, 11, 0, 0, 0, 0, 0, 0, 0x80, 2, 0, 0, 0, 22, 0, 0, 0, 0, 0, 0, 0];
        written.CopyTo(MemoryMarshal.AsBytes(buffer.AsSpan()));
        Unp.Net.Abi.Linux.X64.epoll_event.Unpack(buffer, 2);
        Assert.Equal([(1u, 0x80000000_0000000Bu), (2u, 22ul)], buffer.Take(2).Select(e => (e.events, e.data.u64)));
    }

    [Fact]
    public void Event_is_packed_for_epoll() =>
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

    [Fact]
    public unsafe void A_message_has_lengths_of_32_bits_on_the_BSDs()
    {
        msghdr message = Message();
        Assert.Equal(
            [
                .. Longs(1), 2, 0, 0, 0, 0, 0, 0, 0, .. Longs(3), 4, 0, 0, 0, 0, 0, 0, 0, .. Longs(5), 6, 0, 0, 0, 7, 0, 0, 0,
            ],
            BytesOf(new Unp.Net.Abi.Bsd.msghdr(in message)));
        Assert.Equal(BytesOf(message), BytesOf(new Unp.Net.Abi.Bsd.msghdr(in message).Neutral));
    }

    [Fact]
    public void Length_too_large_for_BSDs_is_not_truncated()
    {
        nuint length = unchecked((nuint)0x1_0000_0001);
        Unp.Net.Abi.Bsd.msghdr own = new(new msghdr { msg_iovlen = length, msg_controllen = length });
        Assert.Equal((int.MaxValue, uint.MaxValue), (own.msg_iovlen, own.msg_controllen));
    }

    [Fact]
    public unsafe void What_the_BSDs_write_of_a_message_comes_back_and_nothing_else()
    {
        msghdr message = Message();
        Unp.Net.Abi.Bsd.msghdr own = new() { msg_namelen = 16, msg_controllen = 24, msg_flags = 32 };
        own.CopyReceivedTo(ref message);
        msghdr expected = Message();
        (expected.msg_namelen, expected.msg_controllen, expected.msg_flags) = (16, 24, 32);
        Assert.Equal(BytesOf(expected), BytesOf(message));
    }

    [Fact]
    public unsafe void Musl_reads_and_writes_the_bytes_of_our_messages()
    {
        msghdr message = Message();
        var musl = MemoryMarshal.Read<Unp.Net.Abi.Linux.Musl.msghdr>(BytesOf(message));
        Assert.Equal((1, 2u, 3, 4), ((nint)musl.msg_name, musl.msg_namelen, (nint)musl.msg_iov, musl.msg_iovlen));
        Assert.Equal((5, 6u, 7), ((nint)musl.msg_control, musl.msg_controllen, musl.msg_flags));
        musl.msg_controllen = 9;
        Assert.Equal(9u, MemoryMarshal.Read<msghdr>(BytesOf(musl)).msg_controllen);
        Assert.Equal(sizeof(msghdr), sizeof(Unp.Net.Abi.Linux.Musl.msghdr));

        Unp.Net.Abi.Linux.cmsghdr ofGlibc = new() { cmsg_len = 1, cmsg_level = 2, cmsg_type = 3 };
        var header = MemoryMarshal.Read<Unp.Net.Abi.Linux.Musl.cmsghdr>(BytesOf(ofGlibc));
        Assert.Equal((1u, 2, 3), (header.cmsg_len, header.cmsg_level, header.cmsg_type));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(9)]
    public unsafe void Messages_are_packed_for_FreeBSD_and_come_back_to_their_places(int count)
    {
        mmsghdr One(int n)
        {
            msghdr header = Message();
            header.msg_name = (void*)(100 + n);
            return new() { msg_hdr = header, msg_len = (uint)n };
        }
        mmsghdr[] messages = [.. Enumerable.Range(0, count).Select(One)];
        Unp.Net.Abi.FreeBsd.mmsghdr.Pack(messages);
        var packed = MemoryMarshal.Cast<mmsghdr, Unp.Net.Abi.FreeBsd.mmsghdr>(messages.AsSpan())[..count];
        for (int i = 0; i < count; i++)
        {
            mmsghdr one = One(i);
            Assert.Equal([.. BytesOf(new Unp.Net.Abi.Bsd.msghdr(in one.msg_hdr)), .. Longs(i)], BytesOf(packed[i]));
            packed[i].msg_len = 1000 + i;
            packed[i].msg_hdr.msg_flags = -i;
        }
        Unp.Net.Abi.FreeBsd.mmsghdr.Unpack(messages);
        for (int i = 0; i < count; i++)
        {
            mmsghdr expected = One(i);
            expected.msg_len = 1000 + (uint)i;
            expected.msg_hdr.msg_flags = -i;
            Assert.Equal(BytesOf(expected), BytesOf(messages[i]));
        }
    }

    static unsafe msghdr Message() => new()
    {
        msg_name = (void*)1,
        msg_namelen = 2,
        msg_iov = (iovec*)3,
        msg_iovlen = 4,
        msg_control = (void*)5,
        msg_controllen = 6,
        msg_flags = 7,
    };

    static byte[] Longs(params long[] values) => MemoryMarshal.AsBytes(values.AsSpan()).ToArray();

    [Fact]
    public unsafe void Peer_is_read_from_shorter_structure_of_macOS()
    {
        Unp.Net.Abi.Darwin.xucred written = new() { cr_version = 1, cr_uid = 2, cr_ngroups = 16 };
        written.cr_groups[15] = 4;
        xucred read = default;
        BytesOf(written).CopyTo(MemoryMarshal.AsBytes(new Span<xucred>(ref read)));
        Assert.Equal((1u, 2u, 16, 4u, 0), (read.cr_version, read.cr_uid, read.cr_ngroups, read.cr_groups[15], read.cr_pid));
        Assert.Equal((76, 88), (On(UnixSystem.MacOS, () => xucred.Size), On(UnixSystem.FreeBSD, () => xucred.Size)));
    }

    [Fact]
    public unsafe void Sender_is_read_from_each_form_of_FreeBSD()
    {
        var own = new Unp.Net.Abi.FreeBsd.cmsgcred { cmcred_pid = 1, cmcred_uid = 2, cmcred_euid = 3, cmcred_gid = 4, cmcred_ngroups = 5 };
        Assert.True(SenderCredentials.TryRead(BytesOf(own), out var sender));
        Assert.Equal((1, 3u, 4u), sender);
        Assert.False(SenderCredentials.TryRead(BytesOf(own).AsSpan(1), out _));

        // Without its last member each structure is the header, and each group adds four bytes.
        foreach (int groups in (int[])[0, 1, 15, 16, 17, 1000])
        {
            var asked = new Unp.Net.Abi.FreeBsd.sockcred { sc_uid = 1, sc_euid = 2, sc_gid = 3, sc_egid = 4, sc_ngroups = groups };
            Assert.True(SenderCredentials.TryRead([.. BytesOf(asked)[..^4], .. new byte[groups * 4]], out sender));
            Assert.Equal((null, 2u, 4u), sender);

            var persistent = new Unp.Net.Abi.FreeBsd.sockcred2
            {
                sc_pid = 1,
                sc_uid = 2,
                sc_euid = 3,
                sc_gid = 4,
                sc_egid = 5,
                sc_ngroups = groups,
            };
            Assert.True(SenderCredentials.TryReadPersistent([.. BytesOf(persistent)[..^4], .. new byte[groups * 4]], out sender));
            Assert.Equal((1, 3u, 5u), sender);
        }
        Assert.False(SenderCredentials.TryRead(new byte[19], out _));
        Assert.False(SenderCredentials.TryReadPersistent(new byte[27], out _));
        Assert.False(SenderCredentials.TryRead(default, out sender));
        Assert.Equal(default, sender);
    }

    [Theory]
    [InlineData(3, 0)]
    [InlineData(4, 0x0201)]
    [InlineData(8, 0x0201)]
    [InlineData(200, 0x0201)]
    public void Interface_is_read_from_address_of_any_length(int length, int index)
    {
        byte[] address = [8, 18, 1, 2, .. new byte[196]];
        Assert.Equal(index, sockaddr_dl.IndexIn(address.AsSpan(0, length)));
    }

    [Theory]
    [InlineData(UnixSystem.Linux, new byte[] { 1, 0, 0, 0, 3, 0, 0, 0, 2, 0, 0, 0 })]
    [InlineData(UnixSystem.MacOS, new byte[] { 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0 })]
    [InlineData(UnixSystem.FreeBSD, new byte[] { 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0 })]
    public void Group_source_and_interface_are_in_order_of_system(object system, byte[] expected) =>
        Assert.Equal(expected, On((UnixSystem)system, () => BytesOf(new ip_mreq_source(group: 1, source: 2, networkInterface: 3))));

    [Fact]
    public void Descriptor_set_has_one_bit_per_descriptor()
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
    public void Descriptor_set_rejects_other_numbers(int fd)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new fd_set().FD_SET(fd));
        Assert.Throws<ArgumentOutOfRangeException>(() => new fd_set().FD_CLR(fd));
        Assert.Throws<ArgumentOutOfRangeException>(() => new fd_set().FD_ISSET(fd));
    }

    /// <summary>The BSDs encode the size of the argument in a request.</summary>
    [Theory]
    [InlineData(UnixSystem.MacOS)]
    [InlineData(UnixSystem.FreeBSD)]
    public unsafe void Interface_requests_contain_size_of_struct(object system)
    {
        const int SizeMask = 0x1FFF;
        On((UnixSystem)system, () =>
        {
            uint[] requests =
            [
                Libc.SIOCGIFFLAGS, Libc.SIOCSIFFLAGS, Libc.SIOCGIFADDR, Libc.SIOCSIFADDR, Libc.SIOCGIFDSTADDR, Libc.SIOCSIFDSTADDR,
                Libc.SIOCGIFBRDADDR, Libc.SIOCSIFBRDADDR, Libc.SIOCGIFNETMASK, Libc.SIOCSIFNETMASK, Libc.SIOCGIFMETRIC, Libc.SIOCSIFMETRIC,
                Libc.SIOCGIFMTU, Libc.SIOCSIFMTU, Libc.SIOCADDMULTI, Libc.SIOCDELMULTI, Libc.SIOCDIFADDR, Libc.SIOCSIFLLADDR,
            ];
            Assert.All(requests, request => Assert.Equal(sizeof(Unp.Net.Abi.Bsd.ifreq), (int)(request >> 16) & SizeMask));
            int size = (UnixSystem)system == UnixSystem.MacOS ? sizeof(Unp.Net.Abi.Darwin.ifconf) : sizeof(ifconf);
            Assert.Equal(size, (int)(Libc.SIOCGIFCONF >> 16) & SizeMask);
            Assert.True(sizeof(ifreq) >= sizeof(Unp.Net.Abi.Bsd.ifreq));
            return true;
        });
    }

    [Theory]
    [InlineData(UnixSystem.Linux, 0, 40, 16)]
    [InlineData(UnixSystem.Linux, 28, 40, 16)]
    [InlineData(UnixSystem.MacOS, 16, 32, 16)]
    [InlineData(UnixSystem.FreeBSD, 0, 32, 16)]
    [InlineData(UnixSystem.FreeBSD, 28, 44, 28)]
    [InlineData(UnixSystem.MacOS, 200, 216, 128)]
    public void Interface_entry_is_as_long_as_its_address_on_BSDs(object system, byte length, int size, int addressSize)
    {
        byte[] entries = new byte[300];
        entries[16] = length;
        Assert.Equal((size, addressSize), On((UnixSystem)system, () =>
            (ifconf.EntrySize(entries), ifconf.AddressIn(entries.AsSpan(0, ifconf.EntrySize(entries))).Length)));
        Assert.InRange(On((UnixSystem)system, () => ifconf.EntrySize(default)), 32, 40);
    }

    [Theory]
    [InlineData(UnixSystem.Linux, 0x5678)]
    [InlineData(UnixSystem.MacOS, 0x5678)]
    [InlineData(UnixSystem.FreeBSD, 0x12345678)]
    public void Interface_flags_have_32_bits_on_FreeBSD(object system, int expected)
    {
        var request = On((UnixSystem)system, () => new ifreq { ifr_name = "en0", ifr_flags = 0x12345678 });
        Assert.Equal(expected, On((UnixSystem)system, () => request.ifr_flags));
        Assert.Equal([(byte)'e', (byte)'n', (byte)'0', 0], BytesOf(request)[..4]);
        Assert.Equal([0x78, 0x56], BytesOf(request)[16..18]);
        request.ifr_mtu = 0x00010203;
        Assert.Equal([3, 2, 1, 0], BytesOf(request)[16..20]);
    }

    [Theory]
    [InlineData(UnixSystem.Linux, new byte[] { 1, 0, 2, 0, 0, 0, 0, 7 })]
    [InlineData(UnixSystem.MacOS, new byte[] { 6, 18, 2, 0, 0, 0, 0, 7 })]
    [InlineData(UnixSystem.FreeBSD, new byte[] { 6, 18, 2, 0, 0, 0, 0, 7 })]
    public void Hardware_address_has_type_of_system(object system, byte[] expected)
    {
        var address = PhysicalAddress.Parse("02:00:00:00:00:07");
        var request = On((UnixSystem)system, () => new ifreq { ifr_hwaddr = address });
        Assert.Equal(expected, BytesOf(request)[16..24]);
        Assert.Equal(address, request.ifr_hwaddr);
        Assert.Throws<ArgumentException>("value", () => On((UnixSystem)system, () =>
            new ifreq { ifr_hwaddr = new PhysicalAddress(new byte[15]) }));
    }

    /// <summary>The kernels of the BSDs omit trailing zeros of a netmask, and sometimes its family.</summary>
    [Theory]
    [InlineData(2, new byte[] { 16, 2, 0, 0, 255, 255, 254, 0, 0, 0, 0, 0, 0, 0, 0, 0 }, "ff-ff-fe-00")]
    [InlineData(2, new byte[] { 7, 0, 0, 0, 255, 255, 254 }, "ff-ff-fe-00")]
    [InlineData(2, new byte[] { 5, 255, 255, 255, 255 }, "ff-00-00-00")]
    [InlineData(2, new byte[0], "00-00-00-00")]
    [InlineData(30, new byte[] { 12, 30, 0, 0, 0, 0, 0, 0, 255, 255, 255, 240 }, "ff-ff-ff-f0-00-00-00-00-00-00-00-00-00-00-00-00")]
    public unsafe void Shortened_netmask_is_read(int family, byte[] mask, string expected) =>
        On(UnixSystem.MacOS, () =>
        {
            fixed (byte* p = mask)
                Assert.Equal(mask.Length, ifaddrs.AddressAt(p).Length);
            byte[] bits = new byte[family == 2 ? 4 : 16];
            ifaddrs.ReadMask(mask, family, bits);
            Assert.Equal(expected, BitConverter.ToString(bits).ToLowerInvariant());
            return true;
        });

    [Theory]
    [InlineData(UnixSystem.Linux, new byte[] { 17, 0, 0, 0, 5, 0, 0, 0, 1, 0, 0, 3, 10, 11, 12, 0, 0, 0, 0, 0 }, 20)]
    [InlineData(UnixSystem.Linux, new byte[] { 17, 0, 0, 0, 5, 0, 0, 0, 32, 0, 0, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18 }, 21)]
    [InlineData(UnixSystem.MacOS, new byte[] { 20, 18, 5, 0, 6, 3, 3, 0, 101, 110, 48, 10, 11, 12, 0, 0, 0, 0, 0, 0 }, 20)]
    public unsafe void Link_layer_address_contains_index_and_hardware_address(object system, byte[] address, int size) =>
        On((UnixSystem)system, () =>
        {
            fixed (byte* p = address)
                Assert.Equal(size, ifaddrs.AddressAt(p).Length);
            Assert.Equal(5, ifaddrs.InterfaceIndex(address));
            Assert.Equal([10, 11, 12], ifaddrs.HardwareAddress(address)[..3].ToArray());
            Assert.True(ifaddrs.HardwareAddress(address.AsSpan(0, 13)).IsEmpty); // truncated
            Assert.True(ifaddrs.HardwareAddress(default).IsEmpty);
            return true;
        });

    [Theory]
    [InlineData(UnixSystem.Linux, "fe80:4::1", 0, "fe80:4::1", 0)]
    [InlineData(UnixSystem.MacOS, "fe80:4::1", 0, "fe80::1", 4)]
    [InlineData(UnixSystem.MacOS, "fe80:4::1", 4, "fe80::1", 4)]
    [InlineData(UnixSystem.FreeBSD, "fe80::1", 7, "fe80::1", 7)]
    [InlineData(UnixSystem.MacOS, "2001:4::1", 0, "2001:4::1", 0)]
    public void Embedded_scope_moves_to_scope_id(object system, string address, uint scope, string expected, uint expectedScope)
    {
        sockaddr_in6 value = On((UnixSystem)system, () =>
        {
            var copy = new sockaddr_in6 { sin6_scope_id = scope };
            IPAddress.Parse(address).GetAddressBytes().CopyTo(MemoryMarshal.AsBytes(new Span<in6_addr>(ref copy.sin6_addr)));
            ifaddrs.RecoverScope(ref copy);
            return copy;
        });
        Assert.Equal(expectedScope, value.sin6_scope_id);
        Assert.Equal(IPAddress.Parse(expected), new IPAddress(MemoryMarshal.AsBytes(new Span<in6_addr>(ref value.sin6_addr))));
    }
}
