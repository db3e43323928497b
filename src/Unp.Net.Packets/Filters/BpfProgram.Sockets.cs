using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using static Unp.Net.Libc;
using static Unp.Net.Libunp;

namespace Unp.Net.Packets;

// The program as the filter of a socket.
public sealed unsafe partial class BpfProgram
{
    /// <summary>
    /// Makes the program the filter of a socket, with SO_ATTACH_FILTER. From now on the kernel drops what the program does not accept, and
    /// cuts a packet or datagram to the number of bytes that the program returns. Packets that have already arrived stay.
    /// </summary>
    /// <param name="socket">
    /// A socket of any family. The program sees the packet from the link-layer header on (AF_PACKET, SOCK_RAW), from the network header on
    /// (AF_PACKET, SOCK_DGRAM and raw sockets of IPv4), or from the transport header on (TCP and UDP sockets).
    /// </param>
    /// <exception cref="UnpException">
    /// EPERM: SO_LOCK_FILTER is set. ENOMEM: the program is longer than net.core.optmem_max allows.
    /// </exception>
    /// <example>
    /// <code>
    /// const int ETH_P_ALL = 3;
    /// using Fd capture = Socket(AF_PACKET, SOCK_RAW, htons(ETH_P_ALL));
    /// BpfProgram.Compile("icmp or arp").AttachTo(capture);
    /// </code>
    /// </example>
    /// <seealso href="https://man7.org/linux/man-pages/man7/socket.7.html">socket(7)</seealso>
    [SupportedOSPlatform("linux")]
    public void AttachTo(SafeHandle socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        fixed (sock_filter* first = instructions)
        {
            var program = new sock_fprog { len = (ushort)instructions.Length, filter = first };
            Setsockopt(socket, SOL_SOCKET, SO_ATTACH_FILTER, program);
        }
    }

    /// <summary>Removes the filter of a socket, with SO_DETACH_FILTER.</summary>
    /// <param name="socket">The socket.</param>
    /// <exception cref="UnpException">ENOENT: the socket has no filter. EPERM: SO_LOCK_FILTER is set.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man7/socket.7.html">socket(7)</seealso>
    [SupportedOSPlatform("linux")]
    public static void DetachFrom(SafeHandle socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        Setsockopt(socket, SOL_SOCKET, SO_DETACH_FILTER, 0);
    }

    /// <summary>Returns the filter of a socket, with SO_GET_FILTER, or null if it has none.</summary>
    /// <param name="socket">The socket.</param>
    /// <exception cref="UnpException">EACCES: the filter is a program of eBPF.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man7/socket.7.html">socket(7)</seealso>
    [SupportedOSPlatform("linux")]
    public static BpfProgram? GetFrom(SafeHandle socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        while (true)
        {
            uint count = Read(socket, []);
            if (count == 0)
                return null;
            sock_filter[] program = new sock_filter[count];
            uint copied = Read(socket, program);
            if (copied == count)
                return new(program);
        }
    }

    /// <summary>Copies the filter and returns its length, in instructions. An empty buffer only asks for the length.</summary>
    /// <returns>0 as well if the filter is longer than the buffer now, because another thread has replaced it.</returns>
    static uint Read(SafeHandle socket, Span<sock_filter> buffer)
    {
        uint count = (uint)buffer.Length; // the kernel counts instructions here, not bytes
        fixed (sock_filter* first = buffer)
        {
            if (getsockopt(socket, SOL_SOCKET, SO_GET_FILTER, first, &count) == 0)
                return count;
        }
        Errno error = Errno.Last;
        return error == Errno.EINVAL && buffer.Length > 0 ? 0u : throw new UnpException(error, "getsockopt", nameof(SO_GET_FILTER));
    }
}
