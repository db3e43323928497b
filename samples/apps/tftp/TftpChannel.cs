using System.Diagnostics;

namespace Unp.Samples.tftp;

/// <summary>
/// A transfer's socket, which talks to one client, and the clock of its retransmissions. The port of the socket and that of the client are
/// the two transfer identifiers (TID).
/// </summary>
/// <remarks>The socket is not connected, because a connected one would not receive the packets of a wrong sender.</remarks>
/// <param name="sockfd">A datagram socket with a port of its own. The channel closes it.</param>
/// <param name="client">The client.</param>
/// <param name="interval">The time until the first retransmission. Each further one takes twice as long (RFC 1123, 4.2.3.2).</param>
sealed class TftpChannel(Fd sockfd, SockAddr client, TimeSpan interval) : IDisposable
{
    /// <summary>The number of times that a packet is sent before the client counts as gone.</summary>
    const int MaxTransmissions = 5;

    TimeSpan interval = interval;
    bool isFixed;
    int expirations;
    long due;
    volatile bool hasAnswered;

    /// <summary>Gets whether the client has sent a packet to this socket. Other threads may ask.</summary>
    public bool HasAnswered => hasAnswered;

    /// <summary>Replaces the interval by the client's choice, which does not grow.</summary>
    public void FixInterval(TimeSpan chosen) => (interval, isFixed) = (chosen, true);

    /// <summary>Sends a packet. A failure counts as a lost packet, because the cause may be gone before the retransmission.</summary>
    public void Send(ReadOnlySpan<byte> packet) => _ = sendto(sockfd, packet, 0, client);

    public void SendError(TftpException reason) => TftpPacket.SendError(sockfd, client, reason.Code, reason.Message);

    /// <summary>Starts the clock after a step of the transfer. Repeated packets of the client must not start it.</summary>
    public void Restart()
    {
        expirations = 0;
        due = Stopwatch.GetTimestamp() + Ticks(interval);
    }

    /// <summary>Receives the next packet of the client.</summary>
    /// <param name="buffer">A buffer. A longer datagram is truncated.</param>
    /// <param name="packet">The packet, whose data are in the buffer.</param>
    /// <returns>False if the time has expired. The last packet must then be sent again.</returns>
    /// <exception cref="TftpException">The time has expired too often.</exception>
    /// <exception cref="TftpAbortException">The client has sent an ERROR packet.</exception>
    public bool TryReceive(Span<byte> buffer, out TftpPacket packet)
    {
        packet = default;
        while (Stopwatch.GetTimestamp() is var now && now < due && Readable_timeo(sockfd, Stopwatch.GetElapsedTime(now, due)) > 0)
        {
            // The kernel reports a datagram as readable before it verifies the checksum, so the receive might block.
            int n = (int)recvfrom(sockfd, buffer, MSG_DONTWAIT, out SockAddr from);
            if (n < 0 && !Errno.Last.IsAny(Errno.EAGAIN, Errno.EINTR))
                throw new UnpException(Errno.Last, "recvfrom");
            if (n >= 0 && IsFromClient(buffer[..n], from) && TftpPacket.TryRead(buffer[..n], out packet))
                return true;
        }
        Expire();
        return false;
    }

    public void Dispose() => sockfd.Dispose();

    /// <summary>Refuses the packets of other senders, without harm to the transfer (RFC 1350, 4).</summary>
    bool IsFromClient(ReadOnlySpan<byte> datagram, in SockAddr from)
    {
        TftpOpcode opcode = TftpPacket.OpcodeOf(datagram);
        if (from.Equals(client))
        {
            hasAnswered = true;
            return opcode != TftpOpcode.Error ? true : throw new TftpAbortException();
        }
        if (opcode != TftpOpcode.Error)
            TftpPacket.SendError(sockfd, from, TftpErrorCode.UnknownTransfer, "Unknown transfer ID");
        return false;
    }

    void Expire()
    {
        if (++expirations == MaxTransmissions)
            throw new TftpException(TftpErrorCode.Undefined, "The transfer has timed out");
        due = Stopwatch.GetTimestamp() + Ticks(isFixed ? interval : interval * (1 << expirations));
    }

    static long Ticks(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);
}
