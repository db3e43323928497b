using System.Buffers.Binary;
using System.Net;

namespace Unp.Net.Packets.Tests;

/// <summary>
/// Packets as networks have them, and damaged ones, from a seed. Their addresses and ports are those of <see cref="FilterList"/>.
/// </summary>
sealed class PacketMix(int seed, LinkType linkType)
{
    static readonly byte[][] Ipv4 = Addresses(
        "10.0.0.1", "10.0.0.2", "192.168.1.7", "10.0.0.255", "224.0.0.251", "127.0.0.1", "0.0.0.10", "255.255.255.255");

    static readonly byte[][] Ipv6 = Addresses(
        "2001:db8::1", "2001:db8::2", "fe80::1", "ff02::1", "::1", "2001:db8:1::5", "::ffff:10.0.0.1");

    static readonly byte[][] Frames802 = [[0x42, 0x42], [6, 6], [0xfe, 0xfe], [0xf0, 0xf0], [4, 4], [6, 1]];

    static readonly ushort[] Ports = [80, 53, 443, 8080, 123, 0, 65535, 1023];
    static readonly byte[] OverIpv4 = [6, 6, 6, 17, 17, 132, 1, 1, 2, 50, 51, 103, 112, 9];
    static readonly byte[] OverIpv6 = [6, 6, 17, 17, 132, 58, 58, 44, 50, 51, 0];

    readonly Random random = new(seed);

    /// <summary>Returns the next packet.</summary>
    internal byte[] Next()
    {
        if (random.Next(16) == 0)
            return Bytes(random.Next(0, 120));
        byte[] packet = linkType switch
        {
            LinkType.Ethernet => Ethernet(),
            LinkType.LinuxSll => WithType(16, 14),
            LinkType.LinuxSll2 => WithType(20, 0),
            LinkType.Null => WithFamily(),
            _ => random.Next(2) == 0 ? InIpv4() : InIpv6(),
        };
        if (random.Next(8) == 0)
            packet = packet[..random.Next(packet.Length + 1)];
        int first = linkType == LinkType.Null ? 4 : 0; // we also know the families of other systems
        if (packet.Length > first && random.Next(8) == 0)
            packet[random.Next(first, packet.Length)] = (byte)random.Next(256);
        return packet;
    }

    byte[] Ethernet()
    {
        byte[] header = [2, 0, 0, 0, 0, (byte)random.Next(1, 4), 2, 0, 0, 0, 0, (byte)random.Next(1, 4)];
        if (random.Next(8) == 0)
            header.AsSpan(0, 6).Fill(255);
        else if (random.Next(8) == 0)
            header[0] = 1;
        byte[] tags = [];
        for (int i = random.Next(4) == 0 ? random.Next(1, 3) : 0; i > 0; i--)
            tags = [.. tags, .. Pick([(byte[])[0x81, 0], [0x88, 0xa8], [0x91, 0]]), (byte)(random.Next(2) << 5), Pick<byte>([5, 7, 0])];
        (ushort type, byte[] payload) = Payload();
        return [.. header, .. tags, .. Big(type), .. payload];
    }

    byte[] WithType(int size, int typeAt)
    {
        (ushort type, byte[] payload) = Payload();
        byte[] header = Bytes(size);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(typeAt), type);
        return [.. header, .. payload];
    }

    byte[] WithFamily()
    {
        bool isIpv4 = random.Next(2) == 0;
        return [.. BitConverter.GetBytes(isIpv4 ? 2 : random.Next(8) == 0 ? 3 : 10), .. isIpv4 ? InIpv4() : InIpv6()];
    }

    (ushort Type, byte[] Payload) Payload() => random.Next(12) switch
    {
        < 5 => (0x0800, InIpv4()),
        < 8 => (0x86dd, InIpv6()),
        8 => (Pick<ushort>([0x0806, 0x8035]), Arp()),
        9 => (Pick<ushort>([40, 1500, 4, 1501]), [.. Pick(Frames802), .. Bytes(40)]),
        10 => (Pick<ushort>([0x6004, 0x88cc, 0xffff, 0x9000]), Bytes(40)),
        _ => (0x0800, InIpv6()),
    };

    byte[] Arp() => [0, 1, 8, 0, 6, 4, 0, (byte)random.Next(1, 5), .. Bytes(6), .. Pick(Ipv4), .. Bytes(6), .. Pick(Ipv4), .. Bytes(18)];

    byte[] InIpv4()
    {
        byte protocol = Pick(OverIpv4);
        int options = random.Next(5) == 0 ? random.Next(1, 11) * 4 : 0;
        byte[] payload = Transport(protocol);
        ushort fragment = random.Next(8) switch { 0 => (ushort)random.Next(65536), 1 => 0x2000, 2 => 0x4000, 3 => 0x1000, _ => 0 };
        return
        [
            (byte)(0x45 + (options / 4)), 0, .. Big((ushort)(20 + options + payload.Length)), .. Bytes(2), .. Big(fragment),
            Pick<byte>([64, 63, 1, 255, 0, 128]), protocol, .. Bytes(2), .. Pick(Ipv4), .. Pick(Ipv4), .. Bytes(options), .. payload,
        ];
    }

    byte[] InIpv6()
    {
        byte next = Pick(OverIpv6);
        byte[] payload = next == 44 ? [Pick(OverIpv6), 0, .. Bytes(6), .. Transport(17)] : Transport(next);
        return
        [
            0x60, 0, 0, 0, .. Big((ushort)payload.Length), next, Pick<byte>([64, 1, 255]), .. Pick(Ipv6), .. Pick(Ipv6), .. payload,
        ];
    }

    byte[] Transport(byte protocol) => protocol switch
    {
        6 =>
        [
            .. Big(Pick(Ports)), .. Big(Pick(Ports)), .. Bytes(8), Pick<byte>([0x50, 0x80]), Pick<byte>([2, 0x10, 0x12, 0x18, 0x11, 4]),
            .. Bytes(6), .. random.Next(2) == 0 ? "GET / HTTP/1.1"u8.ToArray() : Bytes(random.Next(40)),
        ],
        17 or 132 => [.. Big(Pick(Ports)), .. Big(Pick(Ports)), .. Big((ushort)random.Next(60)), .. Bytes(2), .. Bytes(random.Next(50))],
        1 => [Pick<byte>([8, 0, 3, 11]), Pick<byte>([0, 1]), .. Bytes(random.Next(60))],
        58 => [Pick<byte>([128, 129, 135, 136, 134]), 0, .. Bytes(random.Next(60))],
        2 => [0x16, 0, .. Bytes(6)],
        _ => Bytes(random.Next(60)),
    };

    T Pick<T>(T[] choices) => choices[random.Next(choices.Length)];

    byte[] Bytes(int count)
    {
        byte[] bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    static byte[] Big(ushort value) => [(byte)(value >> 8), (byte)value];

    static byte[][] Addresses(params string[] texts) => Array.ConvertAll(texts, text => IPAddress.Parse(text).GetAddressBytes());
}
