using System.Runtime.InteropServices;
using Unp.Net.Packets;

namespace Unp.Samples.ping;

/// <summary>ICMP echo over IPv4 (UNP 28.5).</summary>
sealed class EchoV4 : EchoProtocol
{
    public EchoV4(in SockAddr to, int datalen, bool verbose)
        : base(to, datalen, verbose, IPPROTO_ICMP)
    {
        if (!IsRaw)
            Setsockopt(Sockfd, SocketOptions.IpRecvTtl, true); // a datagram socket passes no IPv4 header
    }

    protected override void WriteHeader(Span<byte> request, ushort sequence)
    {
        MemoryMarshal.Write(request, new IcmpHeader { Type = IcmpType.Echo, Identifier = Ident, SequenceNumber = sequence });
        MemoryMarshal.Write(request[2..], In_cksum(request));
    }

    protected override void Process(Span<byte> received, in SockAddr from, int? hops, DateTimeOffset tvrecv)
    {
        ReadOnlySpan<byte> bytes = received;
        if (IsRaw)
        {
            if (!RawSocket.TryReadIpv4(received, out Ipv4Packet packet) || packet.Header.Protocol != IPPROTO_ICMP)
                return;
            bytes = packet.Payload;
            hops = packet.Header.TimeToLive;
        }
        if (!IcmpMessage.TryRead(bytes, out IcmpMessage icmp))
            return; // malformed packet
        IcmpHeader header = icmp.Header;
        string ttl = hops is null ? "ttl=???" : $"ttl={hops}";
        bool isReply = header.Type == IcmpType.EchoReply
            && TryPrintReply(from, header.Identifier, header.SequenceNumber, icmp.Body, ttl, tvrecv);
        if (!isReply)
            PrintOther(bytes.Length, from, (int)header.Type, header.Code);
    }
}
