using static Unp.Net.Tests.Routing.RoutingRecord;

namespace Unp.Net.Tests.Routing;

/// <summary>Routing messages of macOS and FreeBSD, recorded, are decoded to the right values.</summary>
public class RoutingSocketTests
{
    const int Dst = 1, Gateway = 2, Netmask = 4, Genmask = 8, Ifa = 0x20, Brd = 0x80;
    const int Up = 1, ViaGateway = 2, Host = 4;

    public static TheoryData<bool> IsMacOS => [true, false];

    [Theory]
    [MemberData(nameof(IsMacOS))]
    public void Default_route_has_empty_netmask(bool isMacOS)
    {
        var record = new RoutingRecord(isMacOS).Route(
            4, Up | ViaGateway, Dst | Gateway | Netmask | Ifa, In(0, 0, 0, 0), In(192, 168, 1, 1), Mask(), In(192, 168, 1, 77));
        RouteEntry route = Assert.Single(Routes(record));
        Assert.Equal("default via 192.168.1.1 dev 4", route.ToString());
        Assert.Equal(("0.0.0.0", "0.0.0.0"), (Text(route.Destination), Text(route.Netmask)));
        Assert.Equal("192.168.1.77", Text(route.Source)); // behind the empty netmask, so it depends on its padding
        Assert.Equal((Up | ViaGateway, 4u, 1400, null), (route.Flags, route.InterfaceIndex, route.Mtu, route.Genmask));
    }

    [Theory]
    [MemberData(nameof(IsMacOS))]
    public void Short_netmasks_have_their_prefix_lengths(bool isMacOS)
    {
        int[] lengths = [1, 7, 8, 9, 12, 16, 20, 24, 25, 31, 32];
        var record = new RoutingRecord(isMacOS);
        foreach (int length in lengths)
        {
            // The kernel cuts the zeros off: 5 to 8 bytes.
            byte[] mask = [.. RouteMask.Of(AF_INET, length).Bytes[4..8]];
            byte[] cut = [.. mask.Take(Array.FindLastIndex(mask, b => b != 0) + 1)];
            record.Route(1, Up, Dst | Gateway | Netmask | Ifa, In(10, 0, 0, 0), record.Link(1, "en0"), Mask(cut), In(10, 0, 0, 9));
        }
        RouteEntry[] routes = Routes(record);
        Assert.Equal(lengths, routes.Select(route => route.PrefixLength));
        Assert.All(routes, route => Assert.Equal("10.0.0.9", Text(route.Source)));
        Assert.All(routes, route => Assert.Null(route.Gateway)); // a link, so the net is directly attached
    }

    [Theory]
    [MemberData(nameof(IsMacOS))]
    public void Link_local_scope_is_taken_out_of_address(bool isMacOS)
    {
        var record = new RoutingRecord(isMacOS);
        byte[] net = record.In6("fe80:5::"), router = record.In6("fe80:5::1"), mask = Mask6([.. Repeat(0xFF, 8)]);
        record.Route(5, Up | ViaGateway, Dst | Gateway | Netmask | Genmask, net, router, mask, Mask6(0xFE));
        record.Route(5, Up | ViaGateway | Host, Dst | Gateway, record.In6("2001:db8::7"), record.In6("2001:db8::1"));
        record.Route(5, Up, Dst | Netmask, record.In6("2001:db8::"), Mask6(0xC0, 0xFF));
        RouteEntry[] routes = Routes(record);
        Assert.Equal(("fe80::%5", "fe80::1%5", 64), (Text(routes[0].Destination), Text(routes[0].Gateway), routes[0].PrefixLength));
        Assert.Equal("fe00::", Text(routes[0].Genmask));
        Assert.Equal(("2001:db8::7", "2001:db8::1", 128), (Text(routes[1].Destination), Text(routes[1].Gateway), routes[1].PrefixLength));
        Assert.Equal(2, routes[2].PrefixLength); // not contiguous: the leading ones
    }

    [Theory]
    [MemberData(nameof(IsMacOS))]
    public void Own_address_of_BSD_route_is_no_gateway(bool isMacOS)
    {
        var record = new RoutingRecord(isMacOS).Route(1, Up, Dst | Gateway | Netmask, In(127, 0, 0, 0), In(127, 0, 0, 1), Mask(255));
        Assert.Equal("127.0.0.0/8 dev 1", Assert.Single(Routes(record)).ToString());
    }

    [Theory]
    [MemberData(nameof(IsMacOS))]
    public void Interfaces_have_addresses_behind_them(bool isMacOS)
    {
        var record = new RoutingRecord(isMacOS);
        byte[] mac = [0, 0x1B, 0x21, 0xA, 0xB, 0xC];
        record.Interface(1, 0x8049, record.Link(1, "lo0"))
            .Address(1, Netmask | Ifa, Mask(255), In(127, 0, 0, 1))
            .OtherVersion()
            .Interface(2, 0x8843, record.Link(2, "en0", mac))
            .Address(2, Netmask | Ifa | Brd, Mask(255, 255, 255), In(192, 168, 1, 7), In(192, 168, 1, 255))
            .Address(2, Netmask | Ifa, Mask6([.. Repeat(0xFF, 8)]), record.In6("fe80:2::1"))
            .Interface(3, 0x51, record.Link(3, "tun0"))
            .Address(3, Netmask | Ifa | Brd, Mask(255, 255, 255, 255), In(10, 0, 0, 1), In(10, 0, 0, 2));
        InterfaceEntry[] all = RoutingSocketDecoder.Interfaces(record.Layout, record.Bytes, "test");
        Assert.Equal(
            ["1: lo0 [127.0.0.1/8]", "2: en0 [192.168.1.7/24, fe80::1%2/64]", "3: tun0 [10.0.0.1/32]"], all.Select(one => one.ToString()));
        Assert.Equal((0x8843, 1500, 6), (all[1].Flags, all[1].Mtu, all[1].Type));
        Assert.Equal(mac, all[1].HardwareAddress!.GetAddressBytes());
        Assert.Null(all[0].HardwareAddress);
        Assert.Equal(("192.168.1.255", null), (Text(all[1].Addresses[0].BroadcastAddress), all[1].Addresses[0].DestinationAddress));
        Assert.Equal((null, "10.0.0.2"), (all[2].Addresses[0].BroadcastAddress, Text(all[2].Addresses[0].DestinationAddress)));
        Assert.Equal("255.255.255.0", Text(all[1].Addresses[0].Netmask));
    }

    [Fact]
    public void Padding_of_other_system_gives_other_values()
    {
        // The link of macOS ends at byte 20, which is a multiple of 4 and not of 8.
        byte[] addresses = [.. new RoutingRecord(isMacOS: true).Link(1, "en0"), .. In(10, 0, 0, 9), .. new byte[4]];
        Assert.Equal("10.0.0.9", Second(RoutingLayout.MacOS));
        Assert.NotEqual("10.0.0.9", Second(RoutingLayout.FreeBsd));
        Assert.Equal((4, 4, 8, 20, 28), Spaces(RoutingLayout.MacOS));
        Assert.Equal((8, 8, 8, 24, 32), Spaces(RoutingLayout.FreeBsd));

        string? Second(RoutingLayout layout) =>
            layout.TrySplit(Gateway | Ifa, addresses, out var places) && places[5] is [16, 2, _, _, var a, var b, var c, var d, ..]
                ? $"{a}.{b}.{c}.{d}"
                : null;

        static (int, int, int, int, int) Spaces(RoutingLayout layout) =>
            (layout.Space(0), layout.Space(4), layout.Space(5), layout.Space(20), layout.Space(28));
    }

    [Theory]
    [MemberData(nameof(IsMacOS))]
    public void Request_is_message_of_kernel(bool isMacOS)
    {
        var layout = new RoutingRecord(isMacOS).Layout;
        byte[] request = layout.GetRequest(In(192, 0, 2, 1), pid: 4711, sequence: 9999);
        byte[] expected = new RoutingRecord(isMacOS).Route(0, 0, Dst, In(192, 0, 2, 1)).Bytes;
        expected.AsSpan(isMacOS ? 40 : 48, 4).Clear(); // the MTU of an answer
        Assert.Equal(expected, request);

        ReadOnlySpan<byte> rest = request;
        Assert.True(layout.TryRead(ref rest, out RoutingMessage message));
        Assert.Equal((4711, 9999, 0), (message.Pid, message.Sequence, message.Errno.Value));
    }

    [Theory]
    [MemberData(nameof(IsMacOS))]
    public void Cut_buffer_is_reported(bool isMacOS)
    {
        var record = new RoutingRecord(isMacOS);
        record.Route(5, Up, Dst | Gateway | Netmask, record.In6("fe80:5::"), record.Link(5, "en5"), Mask6([.. Repeat(0xFF, 8)]))
            .Route(1, Up, Dst | Netmask, In(10, 0, 0, 0), Mask(255));
        int[] whole = [0, Routes(record).Length];
        Assert.Equal(2, whole[1]);
        for (int length = 1; length < record.Bytes.Length; length++)
        {
            byte[] cut = record.Bytes[..length];
            int first = BitConverter.ToUInt16(record.Bytes);
            if (length == first)
                Assert.Single(RoutingSocketDecoder.Routes(record.Layout, cut, "test"));
            else
                Assert.Equal(
                    Errno.EBADMSG, Assert.Throws<UnpException>(() => RoutingSocketDecoder.Routes(record.Layout, cut, "test")).Errno);
        }
    }

    [Theory]
    [MemberData(nameof(IsMacOS))]
    public void Mutated_buffer_is_read_or_reported(bool isMacOS)
    {
        var record = new RoutingRecord(isMacOS);
        record.Route(5, Up, Dst | Gateway | Netmask, record.In6("fe80:5::"), record.Link(5, "en5"), Mask6([.. Repeat(0xFF, 8)]))
            .Interface(2, 0x8843, record.Link(2, "en0", 1, 2, 3, 4, 5, 6))
            .Address(2, Netmask | Ifa | Brd, Mask(255, 255, 255), In(192, 168, 1, 7), In(192, 168, 1, 255));
        var random = new Random(18);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] bytes = record.Bytes;
            for (int change = random.Next(1, 6); change > 0; change--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            Try(() => RoutingSocketDecoder.Routes(record.Layout, bytes, "test"));
            Try(() => RoutingSocketDecoder.Interfaces(record.Layout, bytes, "test"));
        }

        static void Try(Action decode)
        {
            try
            {
                decode();
            }
            catch (UnpException damaged) when (damaged.Errno == Errno.EBADMSG)
            {
            }
        }
    }

    [Fact]
    public void Functions_of_BSDs_say_what_Linux_has()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Linux only");
        var failure = Assert.Throws<PlatformNotSupportedException>(() => Get_rtaddrs(0, default, new SockAddr?[8]));
        Assert.Contains("Net_rt_dump", failure.Message);
        Assert.Throws<PlatformNotSupportedException>(() =>
        {
            ReadOnlySpan<byte> rest = default;
            RoutingMessage.TryRead(ref rest, out _);
        });
        Assert.Contains("/proc/sys", Assert.Throws<PlatformNotSupportedException>(() => Sysctl([4, 17])).Message);
        Assert.Contains("/proc/sys", Assert.Throws<PlatformNotSupportedException>(() => Sysctl([4, 17], [1])).Message);
    }

    [Theory]
    [InlineData("", "0.0.0.0")]
    [InlineData("0500", "0.0.0.0")]
    [InlineData("05000000FE", "254.0.0.0")]
    [InlineData("06000000FFF0", "255.240.0.0")]
    [InlineData("07000000FFFFFF", "255.255.255.0")]
    [InlineData("08000000FFFFFFC0", "255.255.255.192")]
    [InlineData("0A00000000000000FFFF", "(unknown mask, len = 10, family = 10)")]
    public void Netmask_has_text_of_book(string hex, string text)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the family of the last mask is Linux's");
        Assert.Equal(text, Sock_masktop(new SockAddr(Convert.FromHexString(hex))));
    }

    [Fact]
    public void Whole_netmask_has_text()
    {
        Assert.Equal("255.255.240.0", Sock_masktop(RouteMask.Of(AF_INET, 20)));
        Assert.Equal("ffff:ffff:fe00::", Sock_masktop(RouteMask.Of(AF_INET6, 39)));
    }

    [Fact]
    public void Prefix_length_and_mask_are_converted_both_ways()
    {
        foreach (int family in (int[])[AF_INET, AF_INET6])
        {
            for (int length = 0; length <= RouteMask.Bits(family); length++)
                Assert.Equal(length, RouteMask.Length(RouteMask.Of(family, length).AddressBytesReadOnly));
        }
    }

    static RouteEntry[] Routes(RoutingRecord record) => RoutingSocketDecoder.Routes(record.Layout, record.Bytes, "test");

    static string? Text(SockAddr? address) => address is { } one ? Sock_ntop_host(one) : null;

    static IEnumerable<byte> Repeat(byte value, int count) => Enumerable.Repeat(value, count);
}
