using System.Runtime.InteropServices;
using Unp.Net.Packets;

namespace Unp.Samples.udpcksum;

/// <summary>
/// Prints whether the UDP of a name server sends checksums (UNP 29.7). It makes a DNS query with its IPv4 and UDP headers by
/// hand, with or without checksum, and reads the headers of the reply with a <see cref="UdpCapture"/>.
/// </summary>
static class udpcksum
{
    public static void Main(string[] args, ProgramOptions options) => UdpChecksumTest.Run(args, options, udp_write);

    /// <summary>Writes the headers before the data, and computes both checksums.</summary>
    static ReadOnlySpan<byte> udp_write(Span<byte> packet, in SockAddr local, in SockAddr dest, ReadOnlySpan<byte> data, bool zerosum)
    {
        packet = packet[..(Ipv4Header.Size + UdpHeader.Size + data.Length)];
        Span<byte> datagram = packet[Ipv4Header.Size..];
        data.CopyTo(datagram[UdpHeader.Size..]);
        MemoryMarshal.Write(datagram, new UdpHeader
        {
            SourcePort = (ushort)local.Port,
            DestinationPort = (ushort)dest.Port,
            Length = (ushort)datagram.Length,
        });

        // The sum includes a pseudo-header with the addresses. A sum of 0 is sent as 0xffff, because 0 says that there is none.
        if (!zerosum)
        {
            InternetChecksum sum = default;
            sum.AddPseudoHeader(AddressOf(local).Bytes, AddressOf(dest).Bytes, IPPROTO_UDP, datagram.Length);
            sum.Add(datagram);
            MemoryMarshal.Write(datagram[6..], sum.Value == 0 ? ushort.MaxValue : sum.Value);
        }

        MemoryMarshal.Write(packet, new Ipv4Header
        {
            TotalLength = (ushort)packet.Length,
            Protocol = IPPROTO_UDP,
            SourceAddress = AddressOf(local),
            DestinationAddress = AddressOf(dest),
        });
        MemoryMarshal.Write(packet[10..], In_cksum(packet[..Ipv4Header.Size]));
        return packet;
    }

    static Ipv4Address AddressOf(in SockAddr address) => new(address.Address);
}
