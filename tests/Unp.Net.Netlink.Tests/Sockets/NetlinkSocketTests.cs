using System.Runtime.InteropServices;

namespace Unp.Net.Netlink.Tests;

/// <summary>Requests, answers and errors on a socket, each in a network namespace of its own.</summary>
public sealed class NetlinkSocketTests : IDisposable
{
    readonly NetworkNamespace host = new();
    readonly NetlinkSocket netlink;
    readonly NetlinkMessageWriter request = new();

    public NetlinkSocketTests()
    {
        netlink = NewSocket();
    }

    public void Dispose()
    {
        netlink.Dispose();
        host.Dispose();
    }

    NetlinkSocket NewSocket() => new(host.Socket(AF_NETLINK, SOCK_RAW)) { Timeout = Limit.Default };

    NetlinkMessageWriter Links(int flags = 0, int index = 0)
    {
        request.Begin(RTM_GETLINK, flags);
        request.WriteHeader(new ifinfomsg { ifi_index = index });
        return request;
    }

    static string NameIn(NetlinkMessage link) =>
        link.GetAttributes<ifinfomsg>().TryGet(IFLA_IFNAME, out NetlinkAttribute name) ? name.Text : "";

    List<string> Names(NetlinkSocket socket)
    {
        List<string> names = [];
        foreach (NetlinkMessage link in socket.Query(Links(NLM_F_DUMP)))
            names.Add(NameIn(link));
        return names;
    }

    [Fact]
    public void Dump_returns_every_link()
    {
        host.Run("ip link add v1 type veth peer name v2");
        Assert.Equal(["lo", "v1", "v2"], Names(netlink).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Single_answer_ends_with_acknowledgement()
    {
        NetlinkAnswers answers = netlink.Query(Links(index: 1));
        Assert.True(answers.MoveNext());
        Assert.Equal("lo", NameIn(answers.Current));
        Assert.False(answers.MoveNext());
        Assert.True(answers.IsComplete);
        Assert.False(netlink.TryReceive(out _));
    }

    [Fact]
    public void Refused_request_has_error_and_subject()
    {
        NetlinkException e = Assert.Throws<NetlinkException>(() => netlink.Execute(Links(index: 4711), "index 4711"));
        Assert.Equal(Errno.ENODEV, e.Errno);
        Assert.Equal("RTM_GETLINK", e.Request);
        Assert.Equal("index 4711", e.Subject);
        Assert.Equal("RTM_GETLINK error: No such device (index 4711)", e.Message);
        Assert.Equal(["lo"], Names(netlink));
    }

    [Fact]
    public void Refused_request_has_text_and_attribute_of_kernel()
    {
        request.Begin(RTM_NEWROUTE, NLM_F_CREATE);
        request.WriteHeader(new rtmsg
        {
            rtm_family = AF_INET,
            rtm_dst_len = 24,
            rtm_table = (byte)RT_TABLE_MAIN,
            rtm_type = (byte)RTN_UNICAST,
            rtm_protocol = (byte)RTPROT_STATIC,
        });
        request.Write(RTA_DST, [192, 0, 2, 0]);
        request.Write(RTA_GATEWAY, [198, 51, 100, 1]);
        NetlinkException e = Assert.Throws<NetlinkException>(() => netlink.Execute(request, "192.0.2.0/24"));
        Assert.Equal(Errno.ENETUNREACH, e.Errno);
        Assert.Equal("Nexthop has invalid gateway", e.KernelMessage);
        Assert.Equal("RTM_NEWROUTE error: Network is unreachable: Nexthop has invalid gateway (192.0.2.0/24)", e.Message);

        request.Begin(RTM_NEWROUTE, NLM_F_CREATE);
        request.WriteHeader(new rtmsg { rtm_family = AF_INET, rtm_dst_len = 24 });
        request.Write(RTA_DST, [192, 0, 2, 0]);
        request.Write(RTA_OIF, (byte)1);
        e = Assert.Throws<NetlinkException>(() => netlink.Execute(request));
        Assert.NotNull(e.KernelMessage);
        Assert.Equal(16 + 12 + 8, e.AttributeOffset);
        Assert.Equal(RTA_OIF, e.AttributeType);
    }

    [Fact]
    public void Answers_to_other_requests_are_left_out()
    {
        netlink.Send(Links(index: 1));
        netlink.Send(Links(index: 4711));
        Assert.Equal(["lo"], Names(netlink));

        // The unread end of a dump is received and dropped before the next request.
        NetlinkAnswers first = netlink.Query(Links(NLM_F_DUMP));
        Assert.True(first.MoveNext());
        Assert.Equal(["lo"], Names(netlink));
        Assert.Throws<InvalidOperationException>(() => first.MoveNext());
        Assert.Throws<InvalidOperationException>(() => first.Current.Type);
    }

    [Fact]
    public void Notifications_are_left_out_of_answers()
    {
        netlink.Join(RTNLGRP_LINK);
        host.Run("ip link add v1 type veth peer name v2");
        Assert.Equal(["lo", "v1", "v2"], Names(netlink).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Notification_arrives_until_group_is_left()
    {
        netlink.Join(RTNLGRP_LINK);
        host.Run("ip link set lo mtu 1500");
        NetlinkMessages messages = netlink.Receive();
        Assert.True(messages.MoveNext());
        Assert.Equal(RTM_NEWLINK, messages.Current.Type);
        Assert.Equal("lo", NameIn(messages.Current));
        while (netlink.TryReceive(out _))
        {
        }
        netlink.Leave(RTNLGRP_LINK);
        host.Run("ip link set lo mtu 1400");
        Assert.False(netlink.TryReceive(out _));
    }

    [Fact]
    public void Datagram_of_other_process_is_dropped()
    {
        using var receiver = new NetlinkSocket(host.Socket(AF_NETLINK, SOCK_RAW, NETLINK_USERSOCK));
        using var sender = new NetlinkSocket(host.Socket(AF_NETLINK, SOCK_RAW, NETLINK_USERSOCK));
        var to = new sockaddr_nl { nl_family = (ushort)AF_NETLINK, nl_pid = receiver.PortId };
        Sendto(
            sender.Descriptor, Links(index: 1).Written, 0, new SockAddr(MemoryMarshal.AsBytes(new ReadOnlySpan<sockaddr_nl>(in to))));
        Assert.Equal(1, Readable_timeo(receiver.Descriptor, Limit.Default));
        Assert.False(receiver.TryReceive(out _));
        Assert.Equal(0, Readable_timeo(receiver.Descriptor, TimeSpan.Zero));
    }

    [Fact]
    public void Message_longer_than_buffer_arrives_whole()
    {
        const int Names = 400, RTM_NEWLINKPROP = 108;
        for (int i = 0; i < Names; i += 100)
        {
            request.Begin(RTM_NEWLINKPROP, NLM_F_CREATE | NLM_F_EXCL | NLM_F_APPEND);
            request.WriteHeader(new ifinfomsg { ifi_index = 1 });
            request.BeginNested(IFLA_PROP_LIST);
            for (int name = i; name < i + 100; name++)
                request.WriteText(IFLA_ALT_IFNAME, $"n{name:d120}");
            request.EndNested();
            netlink.Execute(request);
        }

        NetlinkAnswers answers = netlink.Query(Links(index: 1));
        Assert.True(answers.MoveNext());
        NetlinkMessage message = answers.Current;
        Assert.InRange(message.Bytes.Length, 45_000, 70_000);
        Assert.True(message.GetAttributes<ifinfomsg>().TryGet(IFLA_PROP_LIST, out NetlinkAttribute list));
        int found = 0;
        foreach (NetlinkAttribute name in list.Attributes)
            found += name.Type == IFLA_ALT_IFNAME && name.Text.Length == 121 ? 1 : 0;
        Assert.Equal(Names, found);
        Assert.False(answers.MoveNext());
    }

    [Fact]
    public void Interrupted_dump_returns_data_and_reports_it()
    {
        const int Addresses = 2_000;
        AddAddresses(Addresses);
        Setsockopt(netlink.Descriptor, SocketOptions.RcvBuf, 1); // so that the kernel does not run ahead
        NetlinkAnswers answers = netlink.Query(AllAddresses());
        int count = 0;
        while (answers.MoveNext())
        {
            if (count++ == 0)
                host.Run("ip address add 10.250.0.1/32 dev lo");
        }
        Assert.True(answers.IsInterrupted);
        Assert.True(answers.IsComplete);
        Assert.InRange(count, Addresses, Addresses + 3);

        answers = netlink.Query(AllAddresses());
        count = 0;
        while (answers.MoveNext())
            count++;
        Assert.False(answers.IsInterrupted);
        Assert.Equal(Addresses + 2, count); // 127.0.0.1 and 10.250.0.1
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void Typed_dump_is_repeated_after_interruption(int attempts, bool isInterrupted)
    {
        const int Addresses = 2_000;
        AddAddresses(Addresses);
        using var routing = new RtnetlinkSocket(NewSocket()) { DumpAttempts = attempts };
        Setsockopt(routing.Socket.Descriptor, SocketOptions.RcvBuf, 1);
        int seen = 0;
        NetlinkDump<LinkAddress> addresses = routing.Client.List(new NetlinkListRequest<LinkAddress>(new NetlinkRequest<LinkAddress>(
            writer =>
            {
                writer.Begin(RTM_GETADDR, NLM_F_DUMP);
                writer.WriteHeader(new ifaddrmsg { ifa_family = AF_INET });
            },
            (NetlinkMessage message, out LinkAddress? address) =>
            {
                if (seen++ == 0)
                    host.Run("ip address add 10.250.0.1/32 dev lo");
                return LinkAddress.TryParse(message, out address);
            })));
        Assert.Equal(isInterrupted, addresses.IsInterrupted);
        Assert.InRange(addresses.Count, isInterrupted ? Addresses : Addresses + 2, Addresses + 2);
    }

    [Fact]
    public void Dump_allocates_nothing_per_message()
    {
        AddAddresses(1_000);
        int count = 0;
        long allocated = AllocationCheck.Allocated(() =>
        {
            foreach (NetlinkMessage message in netlink.Query(AllAddresses()))
                count += message.GetAttributes<ifaddrmsg>().TryGet(IFA_LOCAL, out _) ? 1 : 0;
        });
        Assert.Equal(0, count % 1_001);
        Assert.InRange(allocated, 0, 200); // the answers object
    }

    [Fact]
    public void Overrun_does_not_end_dump()
    {
        netlink.Join(RTNLGRP_IPV4_IFADDR);
        Setsockopt(netlink.Descriptor, SocketOptions.RcvBuf, 1);
        AddAddresses(1_000);
        int count = 0;
        foreach (NetlinkMessage _ in netlink.Query(AllAddresses()))
            count++;
        Assert.Equal(1_001, count);
    }

    [Fact]
    public void Lost_acknowledgement_is_reported()
    {
        netlink.Join(RTNLGRP_IPV4_IFADDR);
        Setsockopt(netlink.Descriptor, SocketOptions.RcvBuf, 16 * 1024); // room for an answer and its acknowledgement
        AddAddresses(1_000);
        UnpException e = Assert.Throws<UnpException>(() => netlink.Execute(Links(index: 1), "lo"));
        Assert.Equal(Errno.ENOBUFS, e.Errno);
        Assert.Equal("lo", e.Subject);
        netlink.Execute(Links(index: 1));
    }

    [Fact]
    public void Receive_reports_overrun_once()
    {
        netlink.Join(RTNLGRP_IPV4_IFADDR);
        Setsockopt(netlink.Descriptor, SocketOptions.RcvBuf, 1);
        AddAddresses(1_000);
        Assert.Equal(Errno.ENOBUFS, Assert.Throws<UnpException>(() => { netlink.Receive(); }).Errno);
        int count = 0;
        while (netlink.TryReceive(out NetlinkMessages messages))
        {
            foreach (NetlinkMessage message in messages)
                count += message.Type == RTM_NEWADDR ? 1 : 0;
        }
        Assert.InRange(count, 1, 999);
    }

    [Fact]
    public void Interrupted_call_is_made_again()
    {
        netlink.Join(RTNLGRP_LINK);
        using IDisposable handler = Signal(SIGUSR1, _ => { });
        var reader = new BlockedThread<int>(() =>
        {
            NetlinkMessages messages = netlink.Receive();
            return messages.MoveNext() ? messages.Current.Type : 0;
        });
        reader.WaitUntilIn("poll", "ppoll");
        reader.Kill(SIGUSR1);
        reader.WaitUntilIn("poll", "ppoll");
        host.Run("ip link set lo mtu 1500");
        Assert.Equal(RTM_NEWLINK, reader.Result);
    }

    [Fact]
    public void Timeout_limits_wait()
    {
        netlink.Timeout = TimeSpan.FromMilliseconds(10);
        Assert.Equal(Errno.ETIMEDOUT, Assert.Throws<UnpException>(() => { netlink.Receive(); }).Errno);
        Assert.Throws<ArgumentOutOfRangeException>(() => netlink.Timeout = TimeSpan.FromTicks(-1));
    }

    [Fact]
    public void Poller_reports_notification()
    {
        netlink.Join(RTNLGRP_LINK);
        using var poller = Poller.Create();
        poller.Add(netlink.Descriptor, PollEvents.Readable);
        host.Run("ip link set lo mtu 1500");
        var events = new PollEvent[1];
        Assert.Equal(1, poller.Wait(events, Limit.Default));
        Assert.True(netlink.TryReceive(out _));
    }

    [Fact]
    public void Descriptor_closes_in_children()
    {
        using var own = new NetlinkSocket();
        Assert.Equal(FD_CLOEXEC, Fcntl(own.Descriptor, F_GETFD));

        var given = new Fd(socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE));
        Assert.Equal(0, Fcntl(given, F_GETFD));
        using var taken = new NetlinkSocket(given);
        Assert.Equal(FD_CLOEXEC, Fcntl(given, F_GETFD));
        Assert.NotEqual(0u, taken.PortId);
        Assert.NotEqual(own.PortId, taken.PortId);
    }

    [Fact]
    public void Descriptor_of_other_family_is_refused()
    {
        using Fd udp = Socket(AF_INET, SOCK_DGRAM);
        ArgumentException e = Assert.Throws<ArgumentException>("descriptor", () => new NetlinkSocket(udp));
        Assert.StartsWith($"{udp} is no netlink socket.", e.Message, StringComparison.Ordinal);
        Getsockname(udp);
    }

    [Fact]
    public void Unknown_protocol_is_refused() =>
        Assert.Equal(Errno.EPROTONOSUPPORT, Assert.Throws<UnpException>(() => new NetlinkSocket(31)).Errno);

    NetlinkMessageWriter AllAddresses()
    {
        request.Begin(RTM_GETADDR, NLM_F_DUMP);
        request.WriteHeader(new ifaddrmsg { ifa_family = AF_INET });
        return request;
    }

    void AddAddresses(int count) => host.Run(
        $"i=0; while [ $i -lt {count} ]; do echo address add 10.1.$((i / 250)).$((i % 250))/32 dev lo; i=$((i + 1)); done | ip -batch -");
}
