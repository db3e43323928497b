using Unp.Net.Packets;

namespace Unp.Samples.packets;

/// <summary>Sends TCP segments with headers that are made by hand.</summary>
/// <param name="local">The source address and port.</param>
/// <param name="dest">The destination address and port.</param>
abstract class SegmentSender(SockAddr local, SockAddr dest) : IDisposable
{
    protected SockAddr Dest => dest;

    /// <summary>Sends a segment without data.</summary>
    /// <param name="header">The fields but the ports.</param>
    /// <param name="options">The options.</param>
    public void Send(TcpHeader header, ReadOnlySpan<byte> options = default)
    {
        (header.SourcePort, header.DestinationPort) = ((ushort)local.Port, (ushort)dest.Port);
        var builder = new PacketBuilder(stackalloc byte[128]);
        builder.AddTcp(header, options);
        if (dest.Family == AF_INET)
            builder.AddIpv4(new Ipv4Header { SourceAddress = new(local.Address), DestinationAddress = new(dest.Address) });
        else
            builder.AddIpv6(new Ipv6Header { SourceAddress = new(local.Address), DestinationAddress = new(dest.Address) });
        Send(builder);
    }

    public abstract void Dispose();

    /// <summary>Sends the packet in the builder.</summary>
    protected abstract void Send(PacketBuilder builder);
}

/// <summary>Sends packets by a raw socket, which takes them with their IP header. The kernel finds the route.</summary>
sealed class IpSender : SegmentSender
{
    readonly Fd rawfd;

    public IpSender(SockAddr local, SockAddr dest)
        : base(local, dest)
    {
        rawfd = RawSocket.Open(dest.Family, SOCK_RAW, IPPROTO_RAW);
        Setsockopt(rawfd, dest.Family == AF_INET ? SocketOptions.IpHdrIncl : SocketOptions.Ipv6HdrIncl, true);
    }

    public override void Dispose() => rawfd.Dispose();

    protected override void Send(PacketBuilder builder)
    {
        SockAddr to = Dest;
        to.Port = 0; // a raw socket of IPv6 takes the port for a protocol
        Sendto(rawfd, builder.Written, 0, to);
    }
}
