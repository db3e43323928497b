using System.Diagnostics;

namespace Unp.Samples.traceroute;

/// <summary>
/// Receives the answers from the error queue of the UDP socket, which needs no rights: IP_RECVERR of <c>ip(7)</c>. The kernel finds the
/// socket of a message. An entry has the address of the probe and that of the host that reports.
/// </summary>
sealed class ErrorQueueReceiver : IProbeReceiver
{
    readonly Fd sendfd;
    readonly byte[] recvbuf = new byte[ushort.MaxValue];
    readonly byte[] controlbuf = new byte[ControlSpace.ExtendedError + ControlSpace.Timestamp];

    public ErrorQueueReceiver(Fd sendfd, int family)
    {
        this.sendfd = sendfd;
        Setsockopt(sendfd, family == AF_INET ? SocketOptions.IpRecvErr : SocketOptions.Ipv6RecvErr, true);
        Setsockopt(sendfd, SocketOptions.Timestamp, true);
    }

    /// <summary>Sends a probe. An answer that came too late makes sendto fail once, until it is taken from the queue.</summary>
    public void Send(ReadOnlySpan<byte> probe, in SockAddr to)
    {
        while (!TrySendmsg(sendfd, probe, out _, 0, to))
        {
            Errno error = Errno.Last;
            if (!TryTake(out _, out _, out _))
                throw new UnpException(error, "sendto", $"{to}");
        }
    }

    public ProbeAnswer? Receive(int port, TimeSpan timeout)
    {
        long started = Stopwatch.GetTimestamp();
        TimeSpan left;
        while ((left = timeout - Stopwatch.GetElapsedTime(started)) > TimeSpan.Zero && WaitForError(left))
        {
            while (TryTake(out SockAddr to, out ExtendedError error, out DateTimeOffset time))
            {
                bool isIcmp = error.Origin == SO_EE_ORIGIN_ICMP || error.Origin == SO_EE_ORIGIN_ICMP6;
                if (isIcmp && to.Port == port)
                    return new ProbeAnswer(error.Offender, error.Type, error.Code, (int)error.Info, time);
            }
        }
        return null;
    }

    /// <summary>Takes the next entry of the queue.</summary>
    /// <param name="to">The address to which the datagram was sent.</param>
    /// <param name="error">The error.</param>
    /// <param name="time">The time at which the message arrived.</param>
    bool TryTake(out SockAddr to, out ExtendedError error, out DateTimeOffset time)
    {
        (to, error, time) = (default, default, default);
        if (!TryRecvmsg(sendfd, recvbuf, out ReceivedMessage msg, MSG_ERRQUEUE | MSG_DONTWAIT, controlbuf))
            return false;
        (to, time) = (msg.Address, Arrival.TimeOf(msg));
        return msg.TryGetError(out error);
    }

    /// <summary>Waits for an entry. Datagrams that arrive end no wait.</summary>
    bool WaitForError(TimeSpan timeout) =>
        Poll([new pollfd { fd = (int)sendfd.DangerousGetHandle() }], timeout) > 0;
}
