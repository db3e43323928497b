using System.Runtime.InteropServices;
using Unp.Net.Packets;

namespace Unp.Samples.udpcksum;

/// <summary>
/// <see cref="udpcksum"/> with a library that builds the packet (UNP 29.7): the book's libnet, here
/// <see cref="PacketBuilder"/>.
/// </summary>
static class udpcksum_libnet
{
    public static void Main(string[] args, ProgramOptions options) => UdpChecksumTest.Run(args, options, build);

    static ReadOnlySpan<byte> build(Span<byte> packet, in SockAddr local, in SockAddr dest, ReadOnlySpan<byte> data, bool zerosum)
    {
        var builder = new PacketBuilder(packet);
        builder.AddPayload(data);
        builder.AddUdp(new UdpHeader { SourcePort = (ushort)local.Port, DestinationPort = (ushort)dest.Port });
        builder.AddIpv4(new Ipv4Header { SourceAddress = new(local.Address), DestinationAddress = new(dest.Address) });
        if (zerosum)
            MemoryMarshal.AsRef<UdpHeader>(builder.Written[Ipv4Header.Size..]).Checksum = 0;
        return builder.Written;
    }
}
