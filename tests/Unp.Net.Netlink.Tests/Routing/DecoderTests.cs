using System.Runtime.InteropServices;

namespace Unp.Net.Netlink.Tests;

/// <summary>The decoders on messages of this kernel that were damaged: they refuse or return, and never throw.</summary>
public sealed class DecoderTests : IDisposable
{
    readonly RoutingHost host = new();
    readonly List<byte[]> messages = [];

    public DecoderTests()
    {
        host.AddPair("v1", "v2");
        host.Host.Run("""
            ip address add 192.0.2.1/24 dev v1; ip route add 10.0.0.0/8 mtu 1300 nexthop via 192.0.2.2 nexthop via 192.0.2.3
            ip route add 10.1.0.0/16 via inet6 fe80::1 dev v1; ip rule add from 10.0.0.0/8 fwmark 3/7 table 1000
            ip neighbour add 192.0.2.7 lladdr 02:00:00:00:00:07 dev v1; ip link property add dev v1 altname other
            """);
        foreach (int type in (int[])[RTM_GETLINK, RTM_GETADDR, RTM_GETROUTE, RTM_GETRULE, RTM_GETNEIGH])
        {
            var request = new NetlinkMessageWriter();
            request.Begin(type, NLM_F_DUMP);
            if (type == RTM_GETLINK)
                request.WriteHeader(new ifinfomsg());
            else if (type == RTM_GETADDR)
                request.WriteHeader(new ifaddrmsg());
            else
                request.WriteHeader(new rtmsg { rtm_family = (byte)(type == RTM_GETNEIGH ? AF_UNSPEC : AF_INET) });
            foreach (NetlinkMessage answer in host.Routing.Socket.Query(request))
                messages.Add(answer.Bytes.ToArray());
        }
    }

    public void Dispose() => host.Dispose();

    [Fact]
    public void Damaged_messages_are_decoded_or_refused()
    {
        Assert.Equal(messages.Count, messages.Count(message => Decode(message)));
        Assert.InRange(messages.Count, 15, 100);
        var random = new Random(18);
        int decoded = 0;
        for (int round = 0; round < 100_000; round++)
        {
            byte[] bytes = [.. messages[random.Next(messages.Count)]];
            for (int change = random.Next(4); change >= 0; change--)
            {
                int place = random.Next(NetlinkMessage.HeaderSize, bytes.Length);
                bytes[place] = (byte)(random.Next(2) == 0 ? random.Next(256) : random.Next(9));
            }
            if (random.Next(3) == 0)
            {
                Array.Resize(ref bytes, random.Next(NetlinkMessage.HeaderSize, bytes.Length));
                MemoryMarshal.Write(bytes, bytes.Length);
            }
            decoded += Decode(bytes) ? 1 : 0;
        }
        Assert.InRange(decoded, 1_000, 99_000);
    }

    [Fact]
    public void Message_of_other_type_is_refused()
    {
        foreach (byte[] bytes in messages)
        {
            MemoryMarshal.Write(bytes.AsSpan(4), (ushort)99);
            Assert.False(Decode(bytes));
        }
    }

    [Fact]
    public void Message_about_bridge_port_is_no_link()
    {
        var writer = new NetlinkMessageWriter();
        foreach (int family in (int[])[AF_UNSPEC, AF_BRIDGE, AF_INET6])
        {
            writer.Begin(RTM_DELLINK);
            writer.WriteHeader(new ifinfomsg { ifi_family = (byte)family, ifi_index = 7 });
            ReadOnlySpan<byte> bytes = writer.Written;
            Assert.True(NetlinkMessage.TryRead(ref bytes, out NetlinkMessage message));
            Assert.Equal(family == AF_UNSPEC, Link.TryParse(message, out _));
        }
    }

    static bool Decode(ReadOnlySpan<byte> bytes) =>
        NetlinkMessage.TryRead(ref bytes, out NetlinkMessage message)
        && (Shown(Link.TryParse(message, out Link? link), link)
            | Shown(LinkAddress.TryParse(message, out LinkAddress? address), address)
            | Shown(Route.TryParse(message, out Route? route), route) | Shown(Rule.TryParse(message, out Rule? rule), rule)
            | Shown(Neighbour.TryParse(message, out Neighbour? neighbour), neighbour));

    static bool Shown(bool isDecoded, object? item)
    {
        Assert.Equal(isDecoded, item is not null);
        Assert.NotEqual("", item?.ToString());
        return isDecoded;
    }
}
