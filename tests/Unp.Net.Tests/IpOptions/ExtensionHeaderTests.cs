namespace Unp.Net.Tests.IpOptions;

/// <summary>Tests extension headers of IPv6 that pass the kernel, as socket options and as control messages.</summary>
public class ExtensionHeaderTests
{
    // The types tell a host to skip an unknown option.
    const byte Type = 0x1e, OtherType = 0x3e;

    public static TheoryData<string, bool> Ways => new MatrixTheoryData<string, bool>(["hop-by-hop", "destination"], [false, true]);

    [Theory]
    [MemberData(nameof(Ways))]
    public void Receiver_gets_options_of_sender(string header, bool isSticky)
    {
        bool isHopByHop = header == "hop-by-hop";
        using var host = new NetworkNamespace();
        using Fd receiver = host.Socket(AF_INET6, SOCK_DGRAM), sender = host.Socket(AF_INET6, SOCK_DGRAM);
        Bind(receiver, SockAddr.Inet("::1", 0));
        Setsockopt(receiver, isHopByHop ? SocketOptions.Ipv6RecvHopOpts : SocketOptions.Ipv6RecvDstOpts, true);
        int type = isHopByHop ? IPV6_HOPOPTS : IPV6_DSTOPTS;

        byte[] options = Header();
        var control = new ControlWriter(new byte[ControlSpace.Of(options.Length)]);
        if (isSticky)
            Setsockopt(sender, isHopByHop ? SocketOptions.Ipv6HopOpts : SocketOptions.Ipv6DstOpts, options);
        else
            control.Add(IPPROTO_IPV6, type, options);
        Sendmsg(sender, "hello"u8, to: Getsockname(receiver), control: control.Written);

        ReceivedMessage message = Recvmsg(receiver, new byte[10], control: new byte[256]);
        Assert.Equal(5, message.Length);
        int count = 0;
        foreach (ControlMessage one in message.Control)
        {
            Assert.True(one.Is(IPPROTO_IPV6, type));
            AssertOptions(one.Data);
            count++;
        }
        Assert.Equal(1, count);
    }

    static byte[] Header()
    {
        int offset = Inet6_opt_init(default);
        offset = Inet6_opt_append(default, offset, Type, 1, 1, out _);
        offset = Inet6_opt_append(default, offset, OtherType, 8, 8, out _);
        byte[] header = new byte[Inet6_opt_finish(default, offset)];
        offset = Inet6_opt_append(header, Inet6_opt_init(header), Type, 1, 1, out Span<byte> databuf);
        Inet6_opt_set_val(databuf, 0, [7]);
        offset = Inet6_opt_append(header, offset, OtherType, 8, 8, out databuf);
        Inet6_opt_set_val(databuf, 0, "8 bytes."u8);
        Inet6_opt_finish(header, offset);
        return header;
    }

    static void AssertOptions(ReadOnlySpan<byte> header)
    {
        int offset = Inet6_opt_next(header, 0, out byte type, out ReadOnlySpan<byte> data);
        Assert.Equal(Type, type);
        Assert.Equal([7], data.ToArray());
        offset = Inet6_opt_next(header, offset, out type, out data);
        Assert.Equal(OtherType, type);
        Assert.Equal("8 bytes."u8.ToArray(), data.ToArray());
        Assert.Equal(-1, Inet6_opt_next(header, offset, out _, out _));
    }

    /// <summary>RFC 5095 removed type 0. A segment routing header works as a socket option only.</summary>
    [Fact]
    public void Linux_refuses_routing_headers_that_it_does_not_know()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "about Linux");
        using var host = new NetworkNamespace();
        using Fd fd = host.Socket(AF_INET6, SOCK_DGRAM);
        byte[] old = new byte[Inet6_rth_space(IPV6_RTHDR_TYPE_0, 1)], header = new byte[Inet6_rth_space(IPV6_SRCRT_TYPE_4, 1)];
        Inet6_rth_init(old, IPV6_RTHDR_TYPE_0, 1);
        Inet6_rth_add(old, SockAddr.Inet("::1", 0));
        Inet6_rth_init(header, IPV6_SRCRT_TYPE_4, 1);
        Inet6_rth_add(header, SockAddr.Inet("::1", 0));

        Assert.Equal(Errno.EINVAL, Assert.Throws<UnpException>(() => Setsockopt(fd, SocketOptions.Ipv6Rthdr, old)).Errno);
        Setsockopt(fd, SocketOptions.Ipv6Rthdr, header);
        Assert.Equal(header, Getsockopt(fd, SocketOptions.Ipv6Rthdr));
        Assert.Equal(Errno.EINVAL, Assert.Throws<UnpException>(() => Send(old)).Errno);
        Assert.Equal(Errno.EINVAL, Assert.Throws<UnpException>(() => Send(header)).Errno);

        void Send(byte[] routingHeader)
        {
            var control = new ControlWriter(new byte[ControlSpace.Of(routingHeader.Length)]);
            control.Add(IPPROTO_IPV6, IPV6_RTHDR, routingHeader);
            Sendmsg(fd, "hello"u8, to: SockAddr.Inet("::1", 9), control: control.Written);
        }
    }
}
