using System.Buffers.Binary;
using Unp.Net.Tests.Messages;

#pragma warning disable CA1416 // the tests check the system first

namespace Unp.Net.Tests.Routing;

/// <summary>Answers of the kernel that a test plays: in parts, interrupted, mixed with others, damaged.</summary>
public sealed class RouteNetlinkTests : IDisposable
{
    const int Error = 2, Done = 3, Overrun = 4, NewRoute = 24;
    const int Multi = 2, Interrupted = 0x10;

    readonly SocketPair? pair;
    readonly Fd kernel = null!;
    readonly RouteNetlink netlink = null!;

    public RouteNetlinkTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Linux only");
        pair = SocketPair.Unix(SOCK_DGRAM, out Fd own, out kernel);
        netlink = new RouteNetlink(own, bufferSize: 64);
    }

    public void Dispose()
    {
        netlink?.Dispose();
        pair?.Dispose();
    }

    [Fact]
    public void Parts_of_dump_are_one_list()
    {
        Answer(Route(1, 1, Multi), Route(1, 2, Multi));
        Answer(Route(1, 3, Multi));
        Answer(Message(1, Done, Multi, 0, 0, 0, 0));
        Assert.Equal(["10.1.0.0/16 dev 1", "10.2.0.0/16 dev 2", "10.3.0.0/16 dev 3"], Dump());
    }

    [Fact]
    public void Datagram_longer_than_buffer_is_whole()
    {
        Answer([.. Enumerable.Range(1, 200).Select(i => Route(1, (byte)i, Multi))]);
        Answer(Message(1, Done, Multi, 0, 0, 0, 0));
        Assert.Equal(200, Dump().Length);
    }

    [Fact]
    public void Answers_to_other_requests_are_ignored()
    {
        byte[] otherPort = Route(1, 8, Multi);
        otherPort[12] = 1;
        Answer(Route(0, 9, 0), Message(77, Done, 0, 0, 0, 0, 0), Message(77, Error, 0, 0xFF, 0xFF, 0xFF, 0xFF));
        Answer(Route(1, 1, Multi), otherPort, Message(1, Done, Multi, 0, 0, 0, 0));
        Assert.Equal(["10.1.0.0/16 dev 1"], Dump());
    }

    [Fact]
    public void Interrupted_dump_is_repeated()
    {
        Answer(Route(1, 1, Multi | Interrupted), Message(1, Done, Multi, 0, 0, 0, 0));
        Answer(Route(2, 2, Multi), Message(2, Done, Multi | Interrupted, 0, 0, 0, 0));
        Answer(Route(3, 3, Multi), Message(3, Done, Multi, 0, 0, 0, 0));
        Assert.Equal(["10.3.0.0/16 dev 3"], Dump());
    }

    [Fact]
    public void Last_of_interrupted_dumps_is_result()
    {
        for (byte i = 1; i <= RouteNetlink.MaxAttempts; i++)
            Answer(Route(i, i, Multi | Interrupted), Message(i, Done, Multi, 0, 0, 0, 0));
        Assert.Equal([$"10.{RouteNetlink.MaxAttempts}.0.0/16 dev {RouteNetlink.MaxAttempts}"], Dump());
    }

    [Fact]
    public void Dump_is_repeated_after_overrun()
    {
        Answer(Route(1, 1, Multi), Message(1, Overrun, 0));
        Answer(Route(1, 2, Multi)); // the rest of the first dump
        Answer(Route(2, 3, Multi), Message(2, Done, Multi, 0, 0, 0, 0));
        Assert.Equal(["10.3.0.0/16 dev 3"], Dump());
    }

    [Theory]
    [InlineData(Error)]
    [InlineData(Done)]
    public void Error_of_kernel_is_thrown(int type)
    {
        Answer(Message(1, type, 0, [.. BitConverter.GetBytes(-1), .. new byte[16]]));
        var failure = Assert.Throws<UnpException>(() => Dump());
        Assert.Equal((Errno.EPERM, "test"), (failure.Errno, failure.Function));
    }

    [Theory]
    [InlineData(15)]
    [InlineData(0)]
    [InlineData(1000)]
    public void Message_with_wrong_length_is_reported(int length)
    {
        byte[] route = Route(1, 1, Multi);
        BinaryPrimitives.WriteInt32LittleEndian(route, length);
        Answer(route);
        Assert.Equal(Errno.EBADMSG, Assert.Throws<UnpException>(() => Dump()).Errno);
    }

    [Fact]
    public void Attribute_with_wrong_length_ends_its_message()
    {
        byte[] route = Route(1, 1, Multi);
        route[16 + 12 + 8] = 0xFF; // the length of the second attribute, the interface
        Answer(route, Route(1, 2, Multi), Message(1, Done, Multi, 0, 0, 0, 0));
        Assert.Equal(["10.1.0.0/16", "10.2.0.0/16 dev 2"], Dump());
    }

    [Fact]
    public void Request_asks_for_whole_table()
    {
        Answer(Message(1, Done, Multi, 0, 0, 0, 0));
        Dump();
        byte[] request = new byte[64];
        int length = Recv(kernel, request);
        Assert.Equal([28, 0, 0, 0, 26, 0, 1, 3, 1, 0, 0, 0, 0, 0, 0, 0, 2, .. new byte[11]], request[..length]);
    }

    [Fact]
    public void Several_next_hops_are_several_routes()
    {
        byte[] hops =
        [
            16, 0, 0, 0, 2, 0, 0, 0, .. Attribute(5, 192, 0, 2, 1), // RTA_GATEWAY
            18, 0, 1, 0, 3, 0, 0, 0, .. Attribute(18, 2, 0, 192, 0, 2, 9), // RTA_VIA, and a dead hop
        ];
        Answer(Message(1, NewRoute, Multi, [2, 8, 0, 0, 254, 4, 0, 1, 0, 0, 0, 0, .. Attribute(1, 10, 0, 0, 0), .. Attribute(9, hops)]));
        Answer(Message(1, Done, Multi, 0, 0, 0, 0));
        RouteEntry[] routes = RouteTables.Routes(netlink, AF_INET, flags: 0);
        Assert.Equal(["10.0.0.0/8 via 192.0.2.1 dev 2", "10.0.0.0/8 via 192.0.2.9 dev 3"], routes.Select(route => route.ToString()));
        Assert.Equal([RTF_UP | RTF_GATEWAY, RTF_GATEWAY], routes.Select(route => route.Flags));
    }

    string[] Dump() => [.. netlink.Dump<RouteEntry>(
        NewRoute + 2,
        [2, .. new byte[11]],
        (content, list) => RouteNetlinkDecoder.AddRoutes(content, list, isOfMainTable: true),
        "test").Select(route => route.ToString())];

    void Answer(params byte[][] messages) => Send(kernel, [.. messages.SelectMany(message => message)]);

    /// <summary>A route to 10.n.0.0/16 on the interface n.</summary>
    static byte[] Route(int sequence, byte n, int flags) => Message(
        sequence, NewRoute, flags, [2, 16, 0, 0, 254, 4, 0, 1, 0, 0, 0, 0, .. Attribute(1, 10, n, 0, 0), .. Attribute(4, n, 0, 0, 0)]);

    static byte[] Attribute(byte type, params byte[] value) =>
        [(byte)(4 + value.Length), 0, type, 0, .. value, .. new byte[-value.Length & 3]];

    static byte[] Message(int sequence, int type, int flags, params byte[] content) =>
        [(byte)(16 + content.Length), 0, 0, 0, (byte)type, 0, (byte)flags, 0, (byte)sequence, 0, 0, 0, 0, 0, 0, 0, .. content];
}
