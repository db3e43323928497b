using System.Runtime.InteropServices;

namespace Unp.Net;

/// <summary>
/// The layout of netlink messages in a datagram, and of attributes in a message: a header with a length, the content, padding to 4 bytes.
/// (netlink(3)) No method trusts a length from the buffer.
/// </summary>
static unsafe class NetlinkLayout
{
    const int Alignment = 4;

    const int TypeMask = 0x3FFF; // without NLA_F_NESTED and NLA_F_NET_BYTEORDER

    internal static int Align(int length) => (length + Alignment - 1) & ~(Alignment - 1);

    /// <summary>Reads the message at the start of a datagram and removes it.</summary>
    /// <returns>Whether there was one. If not, and <paramref name="rest"/> is not empty, the datagram is damaged.</returns>
    internal static bool TryRead(scoped ref ReadOnlySpan<byte> rest, out nlmsghdr header, out ReadOnlySpan<byte> content)
    {
        content = default;
        header = default;
        if (rest.Length < sizeof(nlmsghdr))
            return false;
        header = MemoryMarshal.Read<nlmsghdr>(rest);
        if (header.nlmsg_len < sizeof(nlmsghdr) || header.nlmsg_len > rest.Length)
            return false;
        int length = (int)header.nlmsg_len;
        content = rest[sizeof(nlmsghdr)..length];
        rest = rest[Math.Min(Align(length), rest.Length)..];
        return true;
    }

    /// <summary>Reads the attribute at the start of a buffer and removes it.</summary>
    /// <returns>Whether there was one.</returns>
    internal static bool TryReadAttribute(scoped ref ReadOnlySpan<byte> rest, out int type, out ReadOnlySpan<byte> value)
    {
        type = 0;
        value = default;
        if (rest.Length < sizeof(rtattr))
            return false;
        var header = MemoryMarshal.Read<rtattr>(rest);
        if (header.rta_len < sizeof(rtattr) || header.rta_len > rest.Length)
            return false;
        type = header.rta_type & TypeMask;
        value = rest[sizeof(rtattr)..header.rta_len];
        rest = rest[Math.Min(Align(header.rta_len), rest.Length)..];
        return true;
    }

    /// <summary>Splits a fixed header from the attributes that follow it.</summary>
    /// <returns>False if there are fewer bytes than the header has.</returns>
    internal static bool TryReadFixed<T>(ReadOnlySpan<byte> content, out T header, out ReadOnlySpan<byte> attributes)
        where T : unmanaged
    {
        attributes = default;
        if (!MemoryMarshal.TryRead(content, out header))
            return false;
        attributes = content[Math.Min(Align(sizeof(T)), content.Length)..];
        return true;
    }
}
