namespace Unp.Net;

// Values of the control messages.
public readonly ref partial struct ReceivedMessage
{
    /// <inheritdoc cref="ControlMessages.TryGetHopLimit"/>
    public bool TryGetHopLimit(out int hops) => Control.TryGetHopLimit(out hops);

    /// <inheritdoc cref="ControlMessages.TryGetTrafficClass"/>
    public bool TryGetTrafficClass(out int value) => Control.TryGetTrafficClass(out value);

    /// <inheritdoc cref="ControlMessages.TryGetSegmentSize"/>
    public bool TryGetSegmentSize(out int size) => Control.TryGetSegmentSize(out size);

    /// <inheritdoc cref="ControlMessages.TryGetTimestamp"/>
    public bool TryGetTimestamp(out timespec time) => Control.TryGetTimestamp(out time);

    /// <inheritdoc cref="ControlMessages.TryGetTimestamps"/>
    public bool TryGetTimestamps(out SocketTimestamps times) => Control.TryGetTimestamps(out times);

    /// <inheritdoc cref="ControlMessages.TryGetCredentials"/>
    public bool TryGetCredentials(out PeerCredentials credentials) => Control.TryGetCredentials(out credentials);

    /// <inheritdoc cref="ControlMessages.TryGetError"/>
    public bool TryGetError(out ExtendedError error) => Control.TryGetError(out error);

    /// <inheritdoc cref="ControlMessages.TryGetPathMtu"/>
    public bool TryGetPathMtu(out SockAddr destination, out int mtu) => Control.TryGetPathMtu(out destination, out mtu);
}
