using System.Runtime.InteropServices;
using Unp.Net.Packets;

namespace Unp.Samples.ping;

/// <summary>ICMPv6 echo (UNP 28.5).</summary>
sealed class EchoV6 : EchoProtocol
{
    public EchoV6(in SockAddr to, int datalen, bool verbose)
        : base(to, datalen, verbose, IPPROTO_ICMPV6)
    {
        if (IsRaw && !verbose)
        {
            Icmp6Filter myfilt = Icmp6Filter.BlockAll;
            myfilt.Pass((int)Icmpv6Type.EchoReply);
            Setsockopt(Sockfd, SocketOptions.Icmp6Filter, myfilt);
        }
        Setsockopt(Sockfd, SocketOptions.Ipv6RecvHopLimit, true);
    }

    /// <summary>The kernel calculates the checksum, because it knows the source address.</summary>
    protected override void WriteHeader(Span<byte> request, ushort sequence) => MemoryMarshal.Write(
        request, new Icmpv6Header { Type = Icmpv6Type.EchoRequest, Identifier = Ident, SequenceNumber = sequence });

    protected override void Process(Span<byte> received, in SockAddr from, int? hops, DateTimeOffset tvrecv)
    {
        if (!Icmpv6Message.TryRead(received, out Icmpv6Message icmp6))
            return; // malformed packet
        Icmpv6Header header = icmp6.Header;
        string hlim = hops is null ? "hlim=???" : $"hlim={hops}";
        bool isReply = header.Type == Icmpv6Type.EchoReply
            && TryPrintReply(from, header.Identifier, header.SequenceNumber, icmp6.Body, hlim, tvrecv);
        if (!isReply)
            PrintOther(received.Length, from, (int)header.Type, header.Code);
    }
}
