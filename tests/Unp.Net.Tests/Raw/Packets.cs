using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Unp.Net.Tests.Raw;

/// <summary>Packets that the tests of raw sockets build byte by byte.</summary>
static class Packets
{
    public const int IpHeader = 20, UdpHeader = 8;

    const int Id = 0x1234;

    /// <summary>Returns an ICMP message with id 0x1234 and a sequence number, and its checksum in place.</summary>
    public static byte[] Icmp(int type, int sequence, ReadOnlySpan<byte> data)
    {
        byte[] message = [(byte)type, 0, 0, 0, Id >> 8, Id & 0xff, 0, (byte)sequence, .. data];
        MemoryMarshal.Write(message.AsSpan(2), In_cksum(message));
        return message;
    }

    /// <summary>Returns a UDP datagram. Its checksum is valid unless <paramref name="isIntact"/> is false.</summary>
    public static byte[] Udp(SockAddr from, SockAddr to, ReadOnlySpan<byte> data, bool isIntact = true)
    {
        byte[] datagram = [.. new byte[UdpHeader], .. data];
        BinaryPrimitives.WriteUInt16BigEndian(datagram, (ushort)from.Port);
        BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(2), (ushort)to.Port);
        BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(4), (ushort)datagram.Length);
        InternetChecksum sum = default;
        sum.AddPseudoHeader(from.AddressBytes, to.AddressBytes, IPPROTO_UDP, datagram.Length);
        sum.Add(datagram);
        ushort checksum = isIntact ? sum.Value : (ushort)(sum.Value ^ 0x0101);
        MemoryMarshal.Write(datagram.AsSpan(6), checksum == 0 ? ushort.MaxValue : checksum);
        return datagram;
    }

    /// <summary>Returns an IPv4 packet. The kernel writes its length, id and checksum.</summary>
    public static byte[] Ip(SockAddr from, SockAddr to, int protocol, ReadOnlySpan<byte> data)
    {
        byte[] packet = [0x45, .. new byte[IpHeader - 1], .. data];
        packet[8] = 64; // TTL
        packet[9] = (byte)protocol;
        from.AddressBytes.CopyTo(packet.AsSpan(12));
        to.AddressBytes.CopyTo(packet.AsSpan(16));
        return packet;
    }
}
