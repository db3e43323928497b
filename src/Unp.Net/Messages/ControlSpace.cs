using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Unp.Net.Abi;

namespace Unp.Net;

/// <summary>
/// The sizes of control messages in bytes: C's <c>CMSG_SPACE</c> (UNP 14.6). A size includes header and padding, which differ between
/// systems. Add the sizes of all messages to get the size of a buffer for
/// <see cref="Libunp.Recvmsg(SafeHandle, Span{byte}, int, Span{byte}, Span{Fd})"/> or a <see cref="ControlWriter"/>.
/// </summary>
public static class ControlSpace
{
    /// <summary>The maximum number of descriptors in one message: SCM_MAX_FD of Linux. The BSDs allow more.</summary>
    public const int MaxRights = 253;

    /// <summary>
    /// Gets the size of IP_PKTINFO or IPV6_PKTINFO, whichever is larger: <see cref="ControlWriter.AddPacketInfo"/>. FreeBSD's
    /// IP_RECVDSTADDR and IP_RECVIF together also fit.
    /// </summary>
    public static int PacketInfo => Math.Max(Of(Unsafe.SizeOf<in6_pktinfo>()), Of(4) + Of(SockAddr.Capacity));

    /// <summary>Gets the size of a number: IP_TTL, IPV6_HOPLIMIT, IP_TOS, IPV6_TCLASS, UDP_GRO...</summary>
    public static int Number => Of(sizeof(int));

    /// <summary>Gets the size of an IPv6 address with a port: IPV6_NEXTHOP.</summary>
    public static int NextHop => Of(Unsafe.SizeOf<sockaddr_in6>());

    /// <summary>Gets the size of a path MTU with the destination: IPV6_PATHMTU.</summary>
    public static int PathMtu => Of(Unsafe.SizeOf<ip6_mtuinfo>());

    /// <summary>Gets the size of one time: SO_TIMESTAMP or SO_TIMESTAMPNS.</summary>
    public static int Timestamp => Of(Unsafe.SizeOf<timespec>());

    /// <summary>Gets the size of three times: SO_TIMESTAMPING. Linux.</summary>
    public static int Timestamping => Of(3 * Unsafe.SizeOf<timespec>());

    /// <summary>
    /// Gets the size of an <see cref="Net.ExtendedError"/> with the address of its reporter: IP_RECVERR or IPV6_RECVERR. Linux.
    /// </summary>
    public static int ExtendedError => Of(Unsafe.SizeOf<Abi.Linux.sock_extended_err>() + Unsafe.SizeOf<sockaddr_in6>());

    /// <summary>
    /// Gets the size of the sender's credentials: SCM_CREDENTIALS, on FreeBSD SCM_CREDS or SCM_CREDS2.
    /// </summary>
    /// <remarks>
    /// On FreeBSD the size suffices for a sender with up to 16 groups. With LOCAL_CREDS or LOCAL_CREDS_PERSISTENT each further group needs
    /// 4 bytes, and the kernel truncates a message that does not fit.
    /// </remarks>
    public static int Credentials => Of(Unsafe.SizeOf<Abi.FreeBsd.sockcred2>() + (15 * sizeof(uint)));

    /// <summary>Returns the size of a message with descriptors: SCM_RIGHTS.</summary>
    /// <param name="count">The number of descriptors, 0 to 253.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is not 0 to 253.</exception>
    public static int Rights(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MaxRights);
        return Of(count * sizeof(int));
    }

    /// <summary>Returns the size of any other message: <c>CMSG_SPACE(size)</c>.</summary>
    /// <param name="size">The size of its data in bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="size"/> is negative, or so large that no array can hold the message.
    /// </exception>
    public static int Of(int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Array.MaxLength - ControlLayout.Space(0) - sizeof(ulong));
        return ControlLayout.Space(size);
    }
}
