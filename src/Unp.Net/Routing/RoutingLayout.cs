using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Unp.Net;

/// <summary>
/// The layout of the messages of a routing socket: for each message a header and then socket addresses with padding (UNP 18.3). The layout
/// is an object, so the tests on Linux decode the messages of both systems. No method trusts a length from the buffer.
/// </summary>
sealed unsafe class RoutingLayout
{
    internal const int Version = 5, AddressCount = 8;
    internal const byte Get = 4, NewAddress = 12, DeleteAddress = 13, Interface = 14, NewGroup = 15, DeleteGroup = 16, Announce = 17;
    internal const int Destination = 0, Gateway = 1, Netmask = 2, Genmask = 3, InterfaceName = 4, InterfaceAddress = 5, Broadcast = 7;
    internal const byte Inet = 2, Link = 18;

    readonly bool isMacOS;

    RoutingLayout(bool isMacOS) => this.isMacOS = isMacOS;

    internal static RoutingLayout MacOS { get; } = new(isMacOS: true);

    internal static RoutingLayout FreeBsd { get; } = new(isMacOS: false);

    /// <summary>The layout of this system.</summary>
    /// <exception cref="PlatformNotSupportedException">The system is Linux.</exception>
    internal static RoutingLayout Here =>
        Abi.Target.IsLinux ? throw new PlatformNotSupportedException(
            "Linux has no routing sockets. Use Net_rt_dump, Net_rt_iflist or GetRoute.")
        : Abi.Target.IsMacOS ? MacOS
        : FreeBsd;

    /// <summary>The number of AF_INET6.</summary>
    internal byte Inet6 => (byte)(isMacOS ? 30 : 28);

    /// <summary>The size of the header of a route's message.</summary>
    internal int RouteHeaderSize => isMacOS ? sizeof(Abi.Darwin.rt_msghdr) : sizeof(Abi.FreeBsd.rt_msghdr);

    /// <summary>The alignment of the addresses. An empty address occupies as many bytes.</summary>
    int Alignment => isMacOS ? sizeof(uint) : sizeof(ulong);

    /// <summary>Returns the space that an address occupies: the distance to the next one.</summary>
    internal int Space(int length) => length == 0 ? Alignment : (length + Alignment - 1) & ~(Alignment - 1);

    /// <summary>Reads the message at the start of a buffer and removes it. Messages of another version are skipped.</summary>
    /// <returns>Whether there was one. If not, and <paramref name="rest"/> is not empty, the buffer is damaged.</returns>
    internal bool TryRead(ref ReadOnlySpan<byte> rest, out RoutingMessage message)
    {
        while (rest.Length >= 4)
        {
            int length = MemoryMarshal.Read<ushort>(rest);
            if (length < 4 || length > rest.Length)
                break;
            ReadOnlySpan<byte> whole = rest[..length];
            bool isOurs = whole[2] == Version;
            if (isOurs && length < HeaderSize(whole[3]))
                break;
            rest = rest[length..];
            if (!isOurs)
                continue;
            message = Decode(whole);
            return true;
        }
        message = default;
        return false;
    }

    /// <summary>Reads the address at the start of a buffer and removes it with its padding. The last one may lack padding.</summary>
    /// <returns>False if the buffer is empty, or if the address claims more bytes than there are.</returns>
    internal bool TryReadAddress(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> address)
    {
        address = default;
        if (rest.IsEmpty || rest[0] > rest.Length)
            return false;
        address = rest[..rest[0]];
        rest = rest[Math.Min(Space(rest[0]), rest.Length)..];
        return true;
    }

    /// <summary>Splits the addresses of a message.</summary>
    /// <returns>False if an address is missing, or longer than the rest of the message.</returns>
    internal bool TrySplit(int addrs, ReadOnlySpan<byte> bytes, out RoutingAddresses addresses)
    {
        addresses = new RoutingAddresses(bytes);
        ReadOnlySpan<byte> rest = bytes;
        for (int i = 0; i < AddressCount; i++)
        {
            if ((addrs & 1 << i) == 0)
                continue;
            int start = bytes.Length - rest.Length;
            if (!TryReadAddress(ref rest, out ReadOnlySpan<byte> address))
                return false;
            addresses.Set(i, start, address.Length);
        }
        return true;
    }

    /// <summary>Writes the request for the route to a destination, whose bytes are a socket address of this system.</summary>
    internal byte[] GetRequest(ReadOnlySpan<byte> destination, int pid, int sequence)
    {
        var request = new byte[RouteHeaderSize + Space(destination.Length)];
        destination.CopyTo(request.AsSpan(RouteHeaderSize));
        if (isMacOS)
        {
            MemoryMarshal.Write(request, new Abi.Darwin.rt_msghdr
            {
                rtm_msglen = (ushort)request.Length,
                rtm_version = Version,
                rtm_type = Get,
                rtm_addrs = 1 << Destination,
                rtm_pid = pid,
                rtm_seq = sequence,
            });
        }
        else
        {
            MemoryMarshal.Write(request, new Abi.FreeBsd.rt_msghdr
            {
                rtm_msglen = (ushort)request.Length,
                rtm_version = Version,
                rtm_type = Get,
                rtm_addrs = 1 << Destination,
                rtm_pid = pid,
                rtm_seq = sequence,
            });
        }
        return request;
    }

    int HeaderSize(byte type) => type switch
    {
        NewAddress or DeleteAddress => sizeof(Abi.Bsd.ifa_msghdr),
        NewGroup or DeleteGroup => sizeof(Abi.Bsd.ifma_msghdr),
        Interface => isMacOS ? sizeof(Abi.Darwin.if_msghdr) : sizeof(Abi.FreeBsd.if_msghdr),
        Announce when !isMacOS => sizeof(Abi.FreeBsd.if_announcemsghdr),
        _ => RouteHeaderSize,
    };

    RoutingMessage Decode(ReadOnlySpan<byte> whole)
    {
        byte type = whole[3];
        ReadOnlySpan<byte> addresses = whole[HeaderSize(type)..];
        switch (type)
        {
            case NewAddress or DeleteAddress:
                var address = MemoryMarshal.Read<Abi.Bsd.ifa_msghdr>(whole);
                return new(type, address.ifam_index, address.ifam_flags, address.ifam_addrs, addresses);
            case NewGroup or DeleteGroup:
                var group = MemoryMarshal.Read<Abi.Bsd.ifma_msghdr>(whole);
                return new(type, group.ifmam_index, group.ifmam_flags, group.ifmam_addrs, addresses);
            case Announce when !isMacOS:
                return new(type, MemoryMarshal.Read<Abi.FreeBsd.if_announcemsghdr>(whole).ifan_index, 0, 0, addresses);
            case Interface when isMacOS:
                var darwin = MemoryMarshal.Read<Abi.Darwin.if_msghdr>(whole);
                return new(type, darwin.ifm_index, darwin.ifm_flags, darwin.ifm_addrs, addresses)
                {
                    Mtu = (int)darwin.ifm_data.ifi_mtu,
                    InterfaceType = darwin.ifm_data.ifi_type,
                };
            case Interface:
                var freeBsd = MemoryMarshal.Read<Abi.FreeBsd.if_msghdr>(whole);
                return new(type, freeBsd.ifm_index, freeBsd.ifm_flags, freeBsd.ifm_addrs, addresses)
                {
                    Mtu = (int)freeBsd.ifm_data.ifi_mtu,
                    InterfaceType = freeBsd.ifm_data.ifi_type,
                };
            default:
                return isMacOS
                    ? Route(MemoryMarshal.Read<Abi.Darwin.rt_msghdr>(whole), addresses)
                    : Route(MemoryMarshal.Read<Abi.FreeBsd.rt_msghdr>(whole), addresses);
        }
    }

    static RoutingMessage Route(Abi.Darwin.rt_msghdr header, ReadOnlySpan<byte> addresses) =>
        new(header.rtm_type, header.rtm_index, header.rtm_flags, header.rtm_addrs, addresses)
        {
            Pid = header.rtm_pid,
            Sequence = header.rtm_seq,
            Errno = new Errno(header.rtm_errno),
            Mtu = (int)header.rtm_rmx.rmx_mtu,
        };

    static RoutingMessage Route(Abi.FreeBsd.rt_msghdr header, ReadOnlySpan<byte> addresses) =>
        new(header.rtm_type, header.rtm_index, header.rtm_flags, header.rtm_addrs, addresses)
        {
            Pid = header.rtm_pid,
            Sequence = header.rtm_seq,
            Errno = new Errno(header.rtm_errno),
            Mtu = (int)header.rtm_rmx.rmx_mtu,
        };

    /// <summary>
    /// Copies the IPv6 address of a <c>sockaddr_in6</c>, and returns its scope. The kernels store the scope of a link-local address inside
    /// the address, in its second word.
    /// </summary>
    internal static uint ReadInet6(ReadOnlySpan<byte> socketAddress, Span<byte> ip)
    {
        uint scope = socketAddress.Length >= 28 ? MemoryMarshal.Read<uint>(socketAddress[24..]) : 0;
        bool isLinkLocal = (ip[0] == 0xFE && (ip[1] & 0xC0) == 0x80) || (ip[0] == 0xFF && (ip[1] & 0x0F) is 1 or 2);
        if (isLinkLocal && BinaryPrimitives.ReadUInt16BigEndian(ip[2..]) is > 0 and var embedded)
        {
            scope = embedded;
            ip[2..4].Clear();
        }
        return scope;
    }
}
