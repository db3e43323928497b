using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Unp.Net.Abi;

/// <summary>An IPv4 address and port. Port and address are in network order.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
struct sockaddr_in
{
    public sa_head head;
    public ushort sin_port;
    public uint sin_addr;
    public ulong sin_zero;
}

/// <summary>An IPv6 address, port, flow label (both in network order) and interface.</summary>
struct sockaddr_in6
{
    public sa_head head;
    public ushort sin6_port;
    public uint sin6_flowinfo;
    public in6_addr sin6_addr;
    public uint sin6_scope_id;
}

/// <summary>The 16 bytes of an IPv6 address, in network order. C aligns it to 4 bytes, which no struct here needs.</summary>
[InlineArray(16)]
struct in6_addr
{
    byte s6_addr;
}
