using System.Runtime.InteropServices;

namespace Unp.Net;

public static unsafe partial class Libunp
{
    /// <summary>
    /// Receives a datagram and tells its flags, its destination and its interface (figure 22.1): asked for by <see cref="SocketOptions.IpPktInfo"/> or
    /// <see cref="SocketOptions.Ipv6RecvPktInfo"/>, on FreeBSD by IP_RECVDSTADDR and IP_RECVIF. It works on every system, where the book's sees nothing on Linux.
    /// </summary>
    /// <param name="fd">A datagram socket.</param>
    /// <param name="buffer">Room for the datagram.</param>
    /// <param name="flags">In: as of <see cref="Recvfrom"/>. Out: what the kernel said: MSG_TRUNC, MSG_CTRUNC, MSG_OOB...</param>
    /// <param name="from">The sender.</param>
    /// <param name="pktinfo">Destination and interface; of no family where the socket was not asked for them.</param>
    /// <returns>The number of bytes; 0 is an empty datagram.</returns>
    /// <exception cref="UnpException">EAGAIN (non-blocking, or the time-out ran out), ECONNREFUSED (connected sockets).</exception>
    public static int Recvfrom_flags(SafeHandle fd, Span<byte> buffer, ref int flags, out SockAddr from, out PacketInfo pktinfo) =>
        recvfrom_flags(fd, buffer, ref flags, out from, out pktinfo) is >= 0 and int n ? n : throw Failed("recvfrom_flags");

    /// <summary>As <see cref="Recvfrom_flags"/>, but returns -1 and leaves <see cref="Errno.Last"/> where that throws (figure 22.1).</summary>
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
