using System.Diagnostics;
using static Unp.Net.Libc;

namespace Unp.Net.Netlink;

// Receiving one datagram of the kernel.
public sealed partial class NetlinkSocket
{
    /// <summary>The result of a receive.</summary>
    internal enum Arrival
    {
        /// <summary>A datagram of the kernel is in the buffer.</summary>
        Datagram,

        /// <summary>No datagram is there, or none arrived in time.</summary>
        Nothing,

        /// <summary>The kernel dropped messages, because the receive buffer was full. The following ones can be received.</summary>
        Overrun,
    }

    bool isOverrun;

    /// <summary>Receives a datagram. Waits for it, at most <see cref="Timeout"/>.</summary>
    internal Arrival ReceiveDatagram()
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            Arrival arrival = ReceiveAvailable();
            TimeSpan? rest = Timeout - Stopwatch.GetElapsedTime(start);
            if (arrival != Arrival.Nothing || rest < TimeSpan.Zero)
                return arrival;
            Span<pollfd> waiting = [new pollfd { fd = (int)Descriptor.DangerousGetHandle(), events = POLLIN }];
            Libunp.Poll(waiting, rest);
        }
    }

    /// <summary>Receives a datagram if one is there. Datagrams of other processes are dropped, because any process can send them.</summary>
    internal Arrival ReceiveAvailable()
    {
        while (!isOverrun)
        {
            // The first call only asks for the length, because the rest of a datagram that is longer than the buffer would be lost.
            nint length = recvfrom(Descriptor, buffer.AsSpan(0, 1), MSG_PEEK | MSG_TRUNC | MSG_DONTWAIT, out SockAddr from);
            if (length > buffer.Length)
                buffer = new byte[Math.Max((int)length, 2 * buffer.Length)];
            if (length >= 0)
                length = ReceivePeeked(out from);
            if (length < 0)
            {
                Errno error = Errno.Last;
                if (error == Errno.EINTR)
                    continue;
                received = 0;
                if (error == Errno.EAGAIN)
                    return Arrival.Nothing;
                if (error != Errno.ENOBUFS)
                    throw new UnpException(error, "recvfrom", $"{Descriptor}");
                isOverrun = true;
                break;
            }
            received = (int)Math.Min(length, buffer.Length);
            isOverrun |= length > buffer.Length;
            if (PortOf(from) == 0)
                return Arrival.Datagram;
        }
        isOverrun = false;
        received = 0;
        return Arrival.Overrun;
    }

    /// <summary>Receives the datagram whose length is known.</summary>
    /// <remarks>
    /// Each receive makes the kernel continue a dump. While this datagram fills the socket's buffer, the kernel has no room and reports
    /// ENOBUFS. So the datagram is received first, and the overrun is reported afterwards.
    /// </remarks>
    nint ReceivePeeked(out SockAddr from)
    {
        nint length;
        while ((length = recvfrom(Descriptor, buffer, MSG_TRUNC | MSG_DONTWAIT, out from)) < 0 && Errno.Last == Errno.ENOBUFS)
            isOverrun = true;
        return length;
    }
}
