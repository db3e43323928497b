using System.Diagnostics;
using System.Net;
using System.Net.NetworkInformation;
using Unp.Net.Netlink;
using Unp.Net.Packets;

namespace Unp.Samples.packets;

/// <summary>Sends packets as Ethernet frames by a packet socket. It must find interface and next hop itself.</summary>
sealed class FrameSender : SegmentSender
{
    static readonly TimeSpan ResolutionTimeout = TimeSpan.FromSeconds(3);

    readonly Fd packetfd;
    readonly SockAddr link;
    readonly EthernetHeader header;

    public FrameSender(SockAddr local, SockAddr dest)
        : base(local, dest)
    {
        RouteEntry route = GetRoute(dest);
        string device = If_indextoname(route.InterfaceIndex);
        IPAddress nextHop = (route.Gateway ?? dest).Address;
        header = new EthernetHeader
        {
            Source = new(OwnAddress(device).GetAddressBytes()),
            Destination = new(AddressOf(nextHop, dest, (int)route.InterfaceIndex).GetAddressBytes()),
        };
        EtherType type = dest.Family == AF_INET ? EtherType.Ipv4 : EtherType.Ipv6;
        link = SockAddr.Packet(route.InterfaceIndex, (int)type, header.Destination.Bytes);
        packetfd = RawSocket.Open(AF_PACKET, SOCK_RAW, 0); // protocol 0: it receives nothing
        Console.WriteLine($"{header.Source} > {header.Destination} on {device}");
    }

    public override void Dispose() => packetfd.Dispose();

    protected override void Send(PacketBuilder builder)
    {
        builder.AddEthernet(header);
        Sendto(packetfd, builder.Written, 0, link);
    }

    static PhysicalAddress OwnAddress(string device)
    {
        using Fd sockfd = Socket(AF_INET, SOCK_DGRAM);
        var ifr = new ifreq { ifr_name = device };
        Ioctl(sockfd, SIOCGIFHWADDR, ref ifr);
        return ifr.ifr_hwaddr.GetAddressBytes().Length == MacAddress.Size
            ? ifr.ifr_hwaddr
            : throw new FormatException($"{device} has no Ethernet address, so --frame is not possible");
    }

    /// <summary>Returns the Ethernet address of a neighbour. A datagram to port 9 (discard) makes the kernel ask for it.</summary>
    static PhysicalAddress AddressOf(IPAddress neighbour, SockAddr dest, int ifindex)
    {
        using var rtnetlink = new RtnetlinkSocket();
        using Fd sockfd = Socket(dest.Family, SOCK_DGRAM);
        long started = Stopwatch.GetTimestamp();
        for (bool isAsked = false; ; isAsked = true)
        {
            foreach (Neighbour entry in rtnetlink.GetNeighbours(dest.Family, ifindex))
            {
                if (entry.Address.Equals(neighbour) && entry.HardwareAddress is { } address)
                    return address;
            }
            if (Stopwatch.GetElapsedTime(started) > ResolutionTimeout)
                err_quit($"no Ethernet address of {neighbour} was found");
            if (!isAsked)
            {
                dest.Port = 9;
                Sendto(sockfd, "\0"u8, 0, dest);
            }
            Poll([], TimeSpan.FromMilliseconds(5));
        }
    }
}
