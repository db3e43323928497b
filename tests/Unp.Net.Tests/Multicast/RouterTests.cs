using System.Buffers.Binary;
using System.Text;

namespace Unp.Net.Tests.Multicast;

/// <summary>Tests how far multicast datagrams go, over routers whose kernels have static multicast routes.</summary>
public class RouterTests
{
    const int MRT_INIT = 200, MRT_ADD_VIF = 202, MRT_ADD_MFC = 204, VIFF_USE_IFINDEX = 8;
    const string Source = "198.18.1.1";

    static readonly SockAddr Group = SockAddr.Inet("239.255.1.2", 9877);

    /// <summary>
    /// The sender's link, the link between two routers, and the last link, which only datagrams with a hop limit above 32 reach. A member
    /// listens on each: the two routers and the last host.
    /// </summary>
    [Fact]
    public void Datagram_passes_routers_with_lower_threshold()
    {
        using NetworkNamespace sender = new(), first = new(), second = new(), last = new();
        NetworkNamespace.Join(sender, "v0", first, "in");
        NetworkNamespace.Join(first, "out", second, "in");
        NetworkNamespace.Join(second, "out", last, "v0");
        sender.Run($"ip address add {Source}/24 dev v0");
        first.Run("ip address add 198.18.1.2/24 dev in; ip address add 198.18.2.1/24 dev out");
        second.Run("ip address add 198.18.2.2/24 dev in; ip address add 198.18.3.1/24 dev out; ip route add default via 198.18.2.1");
        last.Run("ip address add 198.18.3.2/24 dev v0; ip route add default via 198.18.3.1");
        using Fd route1 = Routing(first, threshold: 1), route2 = Routing(second, threshold: 32);
        using Fd near = Member(first, "in"), middle = Member(second, "in"), far = Member(last, "v0");

        using Fd fd = sender.Socket(AF_INET, SOCK_DGRAM);
        sender.Call(() => Mcast_set_if(fd, "v0"));
        foreach (int ttl in (int[])[1, 2, 33, 34]) // the first router decrements 33 to 32
        {
            Mcast_set_ttl(fd, ttl);
            Sendto(fd, Encoding.ASCII.GetBytes($"{ttl}"), 0, Group);
        }
        Assert.Equal(["1", "2", "33", "34"], Received(near));
        Assert.Equal(["2", "33", "34"], Received(middle));
        Assert.Equal(["34"], Received(far));
    }

    static Fd Member(NetworkNamespace host, string ifname)
    {
        Fd fd = host.Socket(AF_INET, SOCK_DGRAM);
        Bind(fd, Group);
        host.Call(() => Mcast_join(fd, Group, ifname));
        return fd;
    }

    static List<string> Received(Fd fd)
    {
        List<string> texts = [];
        byte[] buffer = new byte[10];
        do
        {
            texts.Add(Encoding.ASCII.GetString(buffer, 0, Recvfrom(fd, buffer, 0, out _)));
        }
        while (texts[^1] != "34");
        return texts;
    }

    /// <summary>Makes a host forward the sender's group from "in" to "out", until the result is closed.</summary>
    static Fd Routing(NetworkNamespace host, byte threshold)
    {
        Fd igmp = host.Socket(AF_INET, SOCK_RAW, IPPROTO_IGMP);
        Setsockopt(igmp, IPPROTO_IP, MRT_INIT, 1);
        foreach (var (number, name) in (ReadOnlySpan<(byte, string)>)[(0, "in"), (1, "out")])
        {
            byte[] vifctl = new byte[16]; // number (2 bytes), flags, threshold, rate limit, index, address of a tunnel
            BinaryPrimitives.WriteUInt16LittleEndian(vifctl, number);
            vifctl[2] = VIFF_USE_IFINDEX;
            vifctl[3] = threshold;
            BinaryPrimitives.WriteUInt32LittleEndian(vifctl.AsSpan(8), host.Call(() => if_nametoindex(name)));
            Setsockopt(igmp, IPPROTO_IP, MRT_ADD_VIF, vifctl);
        }
        byte[] mfcctl = new byte[60]; // source, group, number of the incoming interface (2 bytes), 32 thresholds, counters
        SockAddr.Inet(Source, 0).Address.TryWriteBytes(mfcctl, out _);
        Group.Address.TryWriteBytes(mfcctl.AsSpan(4), out _);
        mfcctl.AsSpan(10, 32).Fill(255);
        mfcctl[10 + 1] = threshold;
        Setsockopt(igmp, IPPROTO_IP, MRT_ADD_MFC, mfcctl);
        return igmp;
    }
}
