using System.Runtime.InteropServices;

namespace Unp.Net;

public static unsafe partial class Libunp
{
    /// <summary>
    /// Receives a datagram with its flags, its destination and its interface (figure 22.1).
    /// </summary>
    /// <remarks>
    /// The socket needs the option <see cref="SocketOptions.IpPktInfo"/> or <see cref="SocketOptions.Ipv6RecvPktInfo"/>, on FreeBSD
    /// IP_RECVDSTADDR and IP_RECVIF. The function works on every system; the book's version gets no packet information on Linux.
    /// </remarks>
    /// <param name="fd">A datagram socket.</param>
    /// <param name="buffer">A buffer for the datagram.</param>
    /// <param name="flags">The flags of <see cref="Recvfrom"/>. On return, the kernel's flags: MSG_TRUNC, MSG_CTRUNC, MSG_OOB...</param>
    /// <param name="from">The sender.</param>
    /// <param name="pktinfo">The destination and the interface. It has no family if the socket does not have the option.</param>
    /// <returns>The number of bytes; 0 is an empty datagram.</returns>
    /// <exception cref="UnpException">EAGAIN (non-blocking, or the timeout has expired), ECONNREFUSED (connected sockets).</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/recvmsg.2.html">recvmsg(2)</seealso>
    public static int Recvfrom_flags(SafeHandle fd, Span<byte> buffer, ref int flags, out SockAddr from, out PacketInfo pktinfo) =>
        recvfrom_flags(fd, buffer, ref flags, out from, out pktinfo) is >= 0 and int n
            ? n : throw FailedToReceive("recvfrom_flags", fd, flags);

    /// <summary>
    /// Like <see cref="Recvfrom_flags"/>, but returns -1 and sets <see cref="Errno.Last"/> where that method throws (figure 22.1).
    /// </summary>
    public static int recvfrom_flags(SafeHandle fd, Span<byte> buffer, ref int flags, out SockAddr from, out PacketInfo pktinfo)
    {
        Check(fd);
        CheckRoom(buffer);
        from = default;
        pktinfo = default;
        fixed (byte* p = buffer)
        {
            var iov = new iovec(p, buffer.Length);
            Span<byte> control = stackalloc byte[2 * ControlSpace.PacketInfo];
            if (!ReceiveOnce(fd, new(ref iov), flags, control, default, out MessageFacts facts))
                return -1;
            facts.Pidfd?.Dispose();
            new ReceivedMessage(facts, control).TryGetPacketInfo(out pktinfo);
            flags = facts.Flags;
            from = facts.Sender;
            return facts.Length;
        }
    }
}
