using System.Numerics;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>Conversions between masks and lengths of prefixes.</summary>
static class RouteMask
{
    /// <summary>Returns the mask with this many leading bits.</summary>
    internal static SockAddr Of(int family, int prefixLength)
    {
        var mask = SockAddr.Any(family);
        Span<byte> bytes = mask.AddressBytes;
        for (int i = 0; i < bytes.Length; i++, prefixLength -= 8)
            bytes[i] = prefixLength >= 8 ? byte.MaxValue : prefixLength > 0 ? (byte)(0xFF << (8 - prefixLength)) : (byte)0;
        return mask;
    }

    /// <summary>Returns the number of leading bits of a mask. The bytes that it lacks are zero.</summary>
    internal static int Length(ReadOnlySpan<byte> mask)
    {
        int whole = mask.IndexOfAnyExcept(byte.MaxValue);
        return whole < 0 ? mask.Length * 8 : whole * 8 + BitOperations.LeadingZeroCount((uint)(byte)~mask[whole] << 24);
    }

    /// <summary>Returns the number of bits of an address.</summary>
    internal static int Bits(int family) => family == AF_INET ? 32 : 128;

    /// <summary>Creates an address of a family from the bytes of an IP address, of which trailing ones may be missing.</summary>
    internal static SockAddr Address(int family, ReadOnlySpan<byte> ip, uint scope = 0)
    {
        var address = SockAddr.Any(family);
        Span<byte> bytes = address.AddressBytes;
        ip[..Math.Min(ip.Length, bytes.Length)].CopyTo(bytes);
        if (family == AF_INET6)
            address.ScopeId = scope;
        return address;
    }
}
