namespace Unp.Net.Tests.IpOptions;

/// <summary>Tests the routing headers of IPv6: type 0 against glibc's functions, type 4 against RFC 8754.</summary>
public unsafe class Inet6RthTests
{
    const int SegmentRouting = 4;

    // Fixed, so that a failure is repeated.
    readonly Random random = new(1);

    [Fact]
    public void Header_of_type_0_is_that_of_glibc()
    {
        CLibrary.Require();
        for (int segments = -1; segments <= 128; segments++)
        {
            Assert.Equal((int)CLibrary.inet6_rth_space(IPV6_RTHDR_TYPE_0, segments), inet6_rth_space(IPV6_RTHDR_TYPE_0, segments));
            if (segments is < 0 or 128)
                continue;
            byte[] ours = new byte[Inet6_rth_space(IPV6_RTHDR_TYPE_0, segments)], theirs = new byte[ours.Length];
            byte[] ourReply = new byte[ours.Length], theirReply = new byte[ours.Length];
            random.NextBytes(ours);
            Inet6_rth_init(ours, IPV6_RTHDR_TYPE_0, segments);
            fixed (byte* header = theirs, reply = theirReply)
            {
                Assert.Equal((nint)header, (nint)CLibrary.inet6_rth_init(header, (uint)theirs.Length, IPV6_RTHDR_TYPE_0, segments));
                for (int i = 0; i < segments; i++)
                {
                    SockAddr hop = SockAddr.Inet($"2001:db8::{i:x}", 0);
                    fixed (byte* address = hop.Address.GetAddressBytes())
                        Assert.Equal(0, CLibrary.inet6_rth_add(header, address));
                    Inet6_rth_add(ours, hop);
                }
                Assert.Equal(theirs, ours);
                Assert.Equal(CLibrary.inet6_rth_segments(header), Inet6_rth_segments(ours));
                Assert.Equal(0, CLibrary.inet6_rth_reverse(header, reply));
            }
            Inet6_rth_reverse(ours, ourReply);
            Assert.Equal(theirReply, ourReply);
            Inet6_rth_reverse(ours, ours);
            Assert.Equal(theirReply, ours);
        }
    }

    [Theory]
    [InlineData(IPV6_RTHDR_TYPE_0)]
    [InlineData(SegmentRouting)]
    public void Hops_are_read_in_order_of_route(int type)
    {
        string[] hops = ["2001:db8::1", "2001:db8::2", "2001:db8::3"];
        Span<byte> header = Inet6_rth_init(new byte[200], type, 3);
        Assert.Equal(Inet6_rth_space(type, 3), header.Length);
        foreach (string hop in hops)
            Inet6_rth_add(header, SockAddr.Inet(hop, 0));
        Assert.Equal(hops, Hops(header));
        Assert.Equal("received source route: 2001:db8::1 2001:db8::2 2001:db8::3 ", RoutingHeaderLine(header));
        Inet6_rth_reverse(header, header);
        Assert.Equal(hops.Reverse(), Hops(header));
        Assert.Equal(3, header[3]);
    }

    /// <summary>The list is reversed and begins with the destination, which the kernel writes. (RFC 8754, section 2)</summary>
    [Fact]
    public void Segment_routing_header_has_layout_of_rfc()
    {
        Span<byte> header = Inet6_rth_init(new byte[56], SegmentRouting, 2);
        Inet6_rth_add(header, SockAddr.Inet("2001:db8::1", 0));
        Inet6_rth_add(header, SockAddr.Inet("2001:db8::2", 0));
        Assert.Equal(
            "0006040202000000" + "00000000000000000000000000000000"
            + "20010db8000000000000000000000002" + "20010db8000000000000000000000001",
            Convert.ToHexStringLower(header));
    }

    [Fact]
    public void Reply_to_segment_routing_header_has_no_optional_data()
    {
        byte[] received = Convert.FromHexString(
            "1106040001ff1234" + "20010db8000000000000000000000009"
            + "20010db8000000000000000000000001" + "05060000000000000000000000000000");
        Assert.Equal(["2001:db8::1"], Hops(received));
        byte[] reply = new byte[Inet6_rth_space(SegmentRouting, 1)];
        Inet6_rth_reverse(received, reply);
        Assert.Equal(
            "1104040101000000" + "00000000000000000000000000000000" + "20010db8000000000000000000000001", Convert.ToHexStringLower(reply));
    }

    [Theory]
    [InlineData("")]
    [InlineData("000000")]
    [InlineData("0002000000000000")] // one address, which is missing
    [InlineData("000100000000000000000000000000000000")] // half an address
    [InlineData("000200020000000000000000000000000000000000000000")] // two segments left of one
    [InlineData("000202010000000000000000000000000000000000000000")] // type 2
    [InlineData("000204000100000000000000000000000000000000000000")] // last entry 1 of one address
    [InlineData("0000040000000000")] // no destination
    public void Wrong_header_is_refused(string hex)
    {
        byte[] header = Convert.FromHexString(hex);
        Assert.Equal(-1, inet6_rth_segments(header));
        Assert.Equal(Errno.EINVAL, Errno.Last);
        Assert.Equal(
            $"inet6_rth_segments error: Invalid argument ({header.Length} bytes)",
            Assert.Throws<UnpException>(() => Inet6_rth_segments(header)).Message);
        Assert.Null(inet6_rth_getaddr(header, 0));
        Assert.Equal(-1, inet6_rth_add(header, SockAddr.Inet("2001:db8::1", 0)));
        Assert.Equal(-1, inet6_rth_reverse(header, new byte[2048]));
    }

    [Fact]
    public void Errors_name_arguments()
    {
        byte[] header = new byte[Inet6_rth_space(IPV6_RTHDR_TYPE_0, 1)];
        Inet6_rth_init(header, IPV6_RTHDR_TYPE_0, 1);
        Inet6_rth_add(header, SockAddr.Inet("2001:db8::1", 0));
        AssertError("inet6_rth_add error: Invalid argument (2001:db8::2)", () => Inet6_rth_add(header, SockAddr.Inet("2001:db8::2", 0)));
        AssertError(
            "inet6_rth_add error: Address family not supported by protocol (192.0.2.1)",
            () => Inet6_rth_add(header, SockAddr.Inet("192.0.2.1", 0)));
        AssertError("inet6_rth_getaddr error: Invalid argument (hop 1 in 24 bytes)", () => Inet6_rth_getaddr(header, 1));
        AssertError("inet6_rth_getaddr error: Invalid argument (hop -1 in 24 bytes)", () => Inet6_rth_getaddr(header, -1));
        AssertError("inet6_rth_reverse error: Invalid argument (24 bytes into 23)", () => Inet6_rth_reverse(header, new byte[23]));
        AssertError("inet6_rth_space error: Invalid argument (type 2, 1 segments)", () => Inet6_rth_space(2, 1));
        AssertError("inet6_rth_space error: Invalid argument (type 4, 127 segments)", () => Inet6_rth_space(SegmentRouting, 127));
        AssertError(
            "inet6_rth_init error: Invalid argument (type 0, 1 segments in a buffer of 23 bytes)",
            () => Inet6_rth_init(new byte[23], IPV6_RTHDR_TYPE_0, 1));
        Assert.Equal(0, inet6_rth_space(IPV6_RTHDR_TYPE_0, int.MaxValue));
        Assert.Equal(0, inet6_rth_space(SegmentRouting, int.MinValue));

        static void AssertError(string message, Action call) => Assert.Equal(message, Assert.Throws<UnpException>(call).Message);
    }

    [Fact]
    public void Random_header_is_never_read_outside()
    {
        byte[] buffer = new byte[2064], reply = new byte[2064];
        for (int i = 0; i < Inet6OptTests.Count(3000); i++)
        {
            Span<byte> header = buffer.AsSpan(0, random.Next(i % 2 == 0 ? 60 : buffer.Length));
            random.NextBytes(header);
            if (header.Length > 4)
            {
                header[1] = (byte)Math.Min(header[1], header.Length / 8);
                header[2] = (byte)(random.Next(2) * SegmentRouting);
                header[3] &= 3;
                header[4] = (byte)Math.Min(header[4], header[1]);
            }
            int segments = inet6_rth_segments(header);
            for (int hop = 0; hop < segments; hop++)
                Assert.NotNull(inet6_rth_getaddr(header, hop));
            Assert.Null(inet6_rth_getaddr(header, Math.Max(segments, 0)));
            Assert.Equal(segments < 0 ? -1 : 0, inet6_rth_reverse(header, reply));
            if (segments >= 0)
                Assert.Equal(Hops(header).AsEnumerable().Reverse(), Hops(reply));
            inet6_rth_add(header, SockAddr.Inet("2001:db8::1", 0));
        }
    }

    static string[] Hops(ReadOnlySpan<byte> header)
    {
        string[] hops = new string[Inet6_rth_segments(header)];
        for (int i = 0; i < hops.Length; i++)
            hops[i] = Sock_ntop_host(Inet6_rth_getaddr(header, i));
        return hops;
    }
}
