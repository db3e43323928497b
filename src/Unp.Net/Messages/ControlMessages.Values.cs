namespace Unp.Net;

// The value of the first message of a kind. Each method looks through all messages.
public readonly ref partial struct ControlMessages
{
    /// <summary>Gets the TTL or hop limit of the datagram. The socket needs IP_RECVTTL or IPV6_RECVHOPLIMIT.</summary>
    /// <param name="hops">0 to 255.</param>
    /// <returns>Whether the kernel reported it.</returns>
    public bool TryGetHopLimit(out int hops)
    {
        foreach (ControlMessage message in this)
        {
            if (message.TryGetHopLimit(out hops))
                return true;
        }
        hops = 0;
        return false;
    }

    /// <summary>Gets the type of service or traffic class of the datagram. The socket needs IP_RECVTOS or IPV6_RECVTCLASS.</summary>
    /// <param name="value">0 to 255; the lower two bits are ECN.</param>
    /// <returns>Whether the kernel reported it.</returns>
    public bool TryGetTrafficClass(out int value)
    {
        foreach (ControlMessage message in this)
        {
            if (message.TryGetTrafficClass(out value))
                return true;
        }
        value = 0;
        return false;
    }

    /// <summary>Gets the size of the datagrams that the kernel has joined. The socket needs UDP_GRO (Linux).</summary>
    /// <param name="size">The bytes of each datagram; the last one may be smaller.</param>
    /// <returns>Whether the kernel reported it.</returns>
    public bool TryGetSegmentSize(out int size)
    {
        foreach (ControlMessage message in this)
        {
            if (message.TryGetSegmentSize(out size))
                return true;
        }
        size = 0;
        return false;
    }

    /// <summary>Gets the time of arrival. The socket needs SO_TIMESTAMP or SO_TIMESTAMPNS.</summary>
    /// <param name="time">By CLOCK_REALTIME.</param>
    /// <returns>Whether the kernel reported it.</returns>
    public bool TryGetTimestamp(out timespec time)
    {
        foreach (ControlMessage message in this)
        {
            if (message.TryGetTimestamp(out time))
                return true;
        }
        time = default;
        return false;
    }

    /// <summary>Gets the times of the kernel and of the network card. The socket needs SO_TIMESTAMPING (Linux).</summary>
    /// <param name="times">Both times.</param>
    /// <returns>Whether the kernel reported them.</returns>
    public bool TryGetTimestamps(out SocketTimestamps times)
    {
        foreach (ControlMessage message in this)
        {
            if (message.TryGetTimestamps(out times))
                return true;
        }
        times = default;
        return false;
    }

    /// <summary>
    /// Gets the sender's process, user and group (UNP 15.8). The socket needs SO_PASSCRED (Linux) or LOCAL_CREDS (FreeBSD).
    /// </summary>
    /// <param name="credentials">The credentials, as verified by the kernel.</param>
    /// <returns>Whether the kernel reported them.</returns>
    public bool TryGetCredentials(out PeerCredentials credentials)
    {
        foreach (ControlMessage message in this)
        {
            if (message.TryGetCredentials(out credentials))
                return true;
        }
        credentials = default;
        return false;
    }

    /// <summary>Gets the reason why a datagram could not be delivered. The socket needs IP_RECVERR or IPV6_RECVERR (Linux).</summary>
    /// <param name="error">The error and its offender.</param>
    /// <returns>Whether the kernel reported it.</returns>
    public bool TryGetError(out ExtendedError error)
    {
        foreach (ControlMessage message in this)
        {
            if (message.TryGetError(out error))
                return true;
        }
        error = default;
        return false;
    }

    /// <summary>
    /// Gets the notice that a datagram was larger than the path MTU (UNP 22.9). The socket needs
    /// <see cref="SocketOptions.Ipv6RecvPathMtu"/>.
    /// </summary>
    /// <remarks>
    /// The kernel reports it as a message without data. On Linux it does so for a datagram of this socket that failed with EMSGSIZE because
    /// of <see cref="SocketOptions.Ipv6DontFrag"/>.
    /// </remarks>
    /// <param name="destination">The destination of that datagram.</param>
    /// <param name="mtu">The path MTU in bytes.</param>
    /// <returns>Whether the kernel reported it.</returns>
    public bool TryGetPathMtu(out SockAddr destination, out int mtu)
    {
        foreach (ControlMessage message in this)
        {
            if (message.TryGetPathMtu(out destination, out mtu))
                return true;
        }
        destination = default;
        mtu = 0;
        return false;
    }

    /// <summary>Gets the destination of the datagram and the interface at which it arrived (UNP 22.2).</summary>
    /// <remarks>
    /// The socket needs <see cref="SocketOptions.IpPktInfo"/> or <see cref="SocketOptions.Ipv6RecvPktInfo"/>; on FreeBSD IP_RECVDSTADDR and
    /// IP_RECVIF.
    /// </remarks>
    /// <param name="info">The destination and the interface.</param>
    /// <returns>Whether the kernel reported at least one of the two.</returns>
    public bool TryGetPacketInfo(out PacketInfo info) => PacketInfo.TryFind(bytes, out info);
}
