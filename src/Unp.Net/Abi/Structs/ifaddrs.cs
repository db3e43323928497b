using System.Runtime.InteropServices;

namespace Unp.Net.Abi;

/// <summary>An address of an interface in the list of <c>getifaddrs(3)</c>.</summary>
unsafe struct ifaddrs
{
    public ifaddrs* ifa_next;
    public byte* ifa_name;
    public uint ifa_flags;
    public byte* ifa_addr;
    public byte* ifa_netmask;
    public byte* ifa_dstaddr; // on Linux a union with ifa_broadaddr
    public void* ifa_data;

    const int LinkLayerHeader = 12; // the offset of sll_addr, which may be longer than its declaration

    /// <summary>Returns the bytes of an address from <c>getifaddrs</c>; none for null.</summary>
    internal static ReadOnlySpan<byte> AddressAt(byte* address)
    {
        if (address == null)
            return default;
        if (!Target.IsLinux)
            return new(address, ((Bsd.sa_head*)address)->sa_len);
        int family = ((Linux.sa_head*)address)->sa_family;
        return new(address, family == Libc.AF_INET ? sizeof(sockaddr_in)
            : family == Libc.AF_INET6 ? sizeof(sockaddr_in6)
            : family == Libc.AF_PACKET ? LinkLayerHeader + Math.Max((byte)8, address[LinkLayerHeader - 1])
            : sizeof(sockaddr));
    }

    /// <summary>Copies the bits of a netmask.</summary>
    /// <remarks>
    /// The BSDs may omit trailing zeros and the family, so the family of the address determines the place of the bits.
    /// </remarks>
    /// <param name="netmask">The address of a netmask.</param>
    /// <param name="family">AF_INET or AF_INET6.</param>
    /// <param name="bits">The space for 4 or 16 bytes.</param>
    internal static void ReadMask(ReadOnlySpan<byte> netmask, int family, Span<byte> bits)
    {
        bits.Clear();
        ReadOnlySpan<byte> rest = netmask[Math.Min(netmask.Length, family == Libc.AF_INET ? 4 : 8)..];
        rest[..Math.Min(rest.Length, bits.Length)].CopyTo(bits);
    }

    /// <summary>Returns the hardware address in a link-layer address: <c>sockaddr_ll</c> on Linux, <c>sockaddr_dl</c> elsewhere.</summary>
    internal static ReadOnlySpan<byte> HardwareAddress(ReadOnlySpan<byte> address)
    {
        const int DataOffset = 8; // of sdl_data, which contains the name and then the address
        if (address.Length < LinkLayerHeader)
            return default;
        int start = Target.IsLinux ? LinkLayerHeader : DataOffset + address[5];
        int length = Target.IsLinux ? address[LinkLayerHeader - 1] : address[6];
        return start + length <= address.Length ? address.Slice(start, length) : default;
    }

    /// <summary>Returns the index of the interface in a link-layer address.</summary>
    internal static int InterfaceIndex(ReadOnlySpan<byte> address) =>
        !Target.IsLinux ? sockaddr_dl.IndexIn(address)
        : address.Length >= LinkLayerHeader ? MemoryMarshal.Read<int>(address[4..]) // sll_ifindex
        : 0;

    /// <summary>Returns the family of the addresses that <see cref="HardwareAddress"/> reads.</summary>
    internal static int LinkLayerFamily => Target.IsLinux ? Libc.AF_PACKET : Libc.AF_LINK;

    /// <summary>
    /// Moves the interface index from the second group of a link-local IPv6 address to the scope id. The kernels of the BSDs embed it
    /// there, and macOS also returns it so.
    /// </summary>
    internal static void RecoverScope(ref sockaddr_in6 address)
    {
        Span<byte> bytes = MemoryMarshal.AsBytes(new Span<in6_addr>(ref address.sin6_addr));
        bool isLinkLocal = bytes[0] == 0xFE && (bytes[1] & 0xC0) == 0x80;
        if (Target.IsLinux || !isLinkLocal || (bytes[2] | bytes[3]) == 0)
            return;
        if (address.sin6_scope_id == 0)
            address.sin6_scope_id = (uint)((bytes[2] << 8) | bytes[3]);
        bytes[2] = bytes[3] = 0;
    }
}
