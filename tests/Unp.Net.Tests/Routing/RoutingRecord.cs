using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace Unp.Net.Tests.Routing;

/// <summary>
/// Messages of a routing socket, byte by byte, from the layouts that route(4) documents. The offsets are written out, so they do not depend
/// on the library's structs.
/// </summary>
sealed class RoutingRecord(bool isMacOS)
{
    readonly List<byte> bytes = [];

    public RoutingLayout Layout => isMacOS ? RoutingLayout.MacOS : RoutingLayout.FreeBsd;

    public byte[] Bytes => [.. bytes];

    byte Inet6 => (byte)(isMacOS ? 30 : 28);

    /// <summary>Adds a route. Its header has 92 bytes on macOS and 152 on FreeBSD.</summary>
    public RoutingRecord Route(ushort index, int flags, int addrs, params byte[][] addresses)
    {
        byte[] header = new byte[isMacOS ? 92 : 152];
        header[3] = 4; // RTM_GET
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(4), index);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), flags);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(12), addrs);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(16), 4711);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(20), 9999);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(isMacOS ? 40 : 48), 1400);
        return Add(header, addresses);
    }

    /// <summary>Adds an interface. Its header has 112 bytes on macOS and 168 on FreeBSD.</summary>
    public RoutingRecord Interface(ushort index, int flags, params byte[][] addresses)
    {
        byte[] header = new byte[isMacOS ? 112 : 168];
        header[3] = 0xE; // RTM_IFINFO
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), 0x10); // RTA_IFP
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), flags);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(12), index);
        header[16] = 6; // IFT_ETHER
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(24), 1500);
        return Add(header, addresses);
    }

    /// <summary>Adds an address of an interface. The header has 20 bytes.</summary>
    public RoutingRecord Address(ushort index, int addrs, params byte[][] addresses)
    {
        byte[] header = new byte[20];
        header[3] = 0xC; // RTM_NEWADDR
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), addrs);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(12), index);
        return Add(header, addresses);
    }

    /// <summary>Adds a message of another version, with a content that must not be read.</summary>
    public RoutingRecord OtherVersion()
    {
        bytes.AddRange([8, 0, 77, 4, 0xFF, 0xFF, 0xFF, 0xFF]);
        return this;
    }

    public static byte[] In(byte a, byte b, byte c, byte d) => [16, 2, 0, 0, a, b, c, d, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>A netmask without trailing zeros and without a family. An empty one is the mask of a default route.</summary>
    public static byte[] Mask(params byte[] mask) => mask.Length == 0 ? [0] : [(byte)(4 + mask.Length), 0, 0, 0, .. mask];

    /// <summary>A netmask of IPv6, which begins after 8 bytes.</summary>
    public static byte[] Mask6(params byte[] mask) => [(byte)(8 + mask.Length), 0, 0, 0, 0, 0, 0, 0, .. mask];

    public byte[] In6(string address)
    {
        byte[] made = new byte[28];
        (made[0], made[1]) = (28, Inet6);
        IPAddress.Parse(address).GetAddressBytes().CopyTo(made, 8);
        return made;
    }

    /// <summary>A <c>sockaddr_dl</c> with index, name and hardware address: 20 bytes on macOS, 54 on FreeBSD.</summary>
    public byte[] Link(ushort index, string name, params byte[] hardware)
    {
        byte[] made = new byte[isMacOS ? 20 : 54];
        (made[0], made[1]) = ((byte)made.Length, 18);
        BinaryPrimitives.WriteUInt16LittleEndian(made.AsSpan(2), index);
        (made[4], made[5], made[6]) = (6, (byte)name.Length, (byte)hardware.Length);
        Encoding.ASCII.GetBytes(name).CopyTo(made, 8);
        hardware.CopyTo(made, 8 + name.Length);
        return made;
    }

    /// <summary>
    /// Adds a message whose addresses are padded to 4 bytes on macOS and to 8 on FreeBSD. An empty address occupies the padding.
    /// </summary>
    RoutingRecord Add(byte[] header, byte[][] addresses)
    {
        int alignment = isMacOS ? 4 : 8;
        List<byte> body = [];
        foreach (byte[] address in addresses)
        {
            body.AddRange(address);
            while (body.Count % alignment != 0)
                body.Add(0);
        }
        BinaryPrimitives.WriteUInt16LittleEndian(header, (ushort)(header.Length + body.Count));
        header[2] = 5; // RTM_VERSION
        bytes.AddRange(header);
        bytes.AddRange(body);
        return this;
    }
}
