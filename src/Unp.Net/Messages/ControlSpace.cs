using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Unp.Net.Abi;

namespace Unp.Net;

/// <summary>
/// How many bytes control messages take: what to give <see cref="Libunp.Recvmsg(SafeHandle, Span{byte}, int, Span{byte}, Span{Fd})"/> room for, and
/// a <see cref="ControlWriter"/>. C's <c>CMSG_SPACE</c> (section 14.6): header, data and padding, which differ between systems. Add them up for
/// several.
/// </summary>
public static class ControlSpace
{
    /// <summary>The most descriptors that one message may carry; Linux's SCM_MAX_FD. The BSDs would take more.</summary>
    public const int MostRights = 253;

    /// <summary>IP_PKTINFO or IPV6_PKTINFO, whichever comes: <see cref="PacketInfo"/>. FreeBSD's IP_RECVDSTADDR with IP_RECVIF fit too.</summary>
    public static int PacketInfo => Math.Max(Of(Unsafe.SizeOf<in6_pktinfo>()), Of(4) + Of(SockAddr.Capacity));

    /// <summary>IP_TTL, IPV6_HOPLIMIT, IP_TOS, IPV6_TCLASS, UDP_GRO...: a number.</summary>
    public static int Number => Of(sizeof(int));

    /// <summary>SO_TIMESTAMP or SO_TIMESTAMPNS: one time.</summary>
    public static int Timestamp => Of(Unsafe.SizeOf<timespec>());

    /// <summary>SO_TIMESTAMPING: three times. Linux.</summary>
    public static int Timestamping => Of(3 * Unsafe.SizeOf<timespec>());

    /// <summary>IP_RECVERR or IPV6_RECVERR: an <see cref="ExtendedError"/> and who reported it. Linux.</summary>
    public static int ExtendedError => Of(Unsafe.SizeOf<Abi.Linux.sock_extended_err>() + Unsafe.SizeOf<sockaddr_in6>());

    /// <summary>
    /// SCM_CREDENTIALS: who sends. On FreeBSD SCM_CREDS or SCM_CREDS2 of a sender with up to 16 groups; with LOCAL_CREDS or LOCAL_CREDS_PERSISTENT one of more
    /// takes 4 bytes for each, and is cut off here.
    /// </summary>
    public static int Credentials => Of(Unsafe.SizeOf<Abi.FreeBsd.sockcred2>() + (15 * sizeof(uint)));

    /// <summary>SCM_RIGHTS: descriptors.</summary>
    /// <param name="count">How many, 0 to 253.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is none of that.</exception>
    public static int Rights(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MostRights);
        return Of(count * sizeof(int));
    }

    /// <summary>Any other: <c>CMSG_SPACE(size)</c>.</summary>
    /// <param name="size">The bytes of its data.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is negative, or larger than an array can be with the header.</exception>
    public static int Of(int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Array.MaxLength - ControlLayout.Space(0) - sizeof(ulong));
        return ControlLayout.Space(size);
    }
}
