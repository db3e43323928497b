using static Unp.Net.Libc;

namespace Unp.Net.Pipelines;

/// <summary>
/// The result of <see cref="LoopSocket.ReceiveMessageAsync"/>, apart from the data. It has the members of <see cref="ReceivedMessage"/>.
/// </summary>
/// <remarks>
/// The control messages stay in the caller's buffer. <see cref="Control"/> and the <c>TryGet</c> methods read them there, so call them
/// before the buffer is used again.
/// </remarks>
/// <example>The arrival time of a datagram; the socket has SO_TIMESTAMPNS:<code>
/// LoopMessage message = await socket.ReceiveMessageAsync(buffer, control);
/// if (message.TryGetTimestamp(out timespec time))
///     Console.WriteLine(time.tv_sec);
/// </code></example>
public readonly record struct LoopMessage
{
    readonly ReadOnlyMemory<byte> control;

    internal LoopMessage(scoped in ReceivedMessage message, ReadOnlyMemory<byte> control)
    {
        this.control = control[..message.ControlLength];
        Length = message.Length;
        Flags = message.Flags;
        Address = message.Address;
        DescriptorCount = message.DescriptorCount;
        DescriptorsClosed = message.DescriptorsClosed;
        Pidfd = message.Pidfd;
    }

    /// <inheritdoc cref="ReceivedMessage.Length"/>
    public int Length { get; }

    /// <inheritdoc cref="ReceivedMessage.Flags"/>
    public int Flags { get; }

    /// <inheritdoc cref="ReceivedMessage.Address"/>
    public SockAddr Address { get; }

    /// <inheritdoc cref="ReceivedMessage.ControlLength"/>
    public int ControlLength => control.Length;

    /// <inheritdoc cref="ReceivedMessage.Control"/>
    public ControlMessages Control => new(control.Span);

    /// <inheritdoc cref="ReceivedMessage.DescriptorCount"/>
    public int DescriptorCount { get; }

    /// <inheritdoc cref="ReceivedMessage.DescriptorsClosed"/>
    public int DescriptorsClosed { get; }

    /// <inheritdoc cref="ReceivedMessage.Pidfd"/>
    public Fd? Pidfd { get; }

    /// <inheritdoc cref="ReceivedMessage.IsTruncated"/>
    public bool IsTruncated => (Flags & MSG_TRUNC) != 0;

    /// <inheritdoc cref="ReceivedMessage.IsControlTruncated"/>
    public bool IsControlTruncated => (Flags & MSG_CTRUNC) != 0;

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

    /// <inheritdoc cref="ControlMessages.TryGetPacketInfo"/>
    public bool TryGetPacketInfo(out PacketInfo info) => Control.TryGetPacketInfo(out info);

    /// <summary>Returns a text such as <c>"5 bytes from 192.0.2.1:9877"</c>, with the number of descriptors if there are any.</summary>
    public override string ToString() =>
        LoopSocket.Describe(Length, Address)
        + (DescriptorCount == 0 ? "" : DescriptorCount == 1 ? ", 1 descriptor" : $", {DescriptorCount} descriptors")
        + (IsTruncated ? " (truncated)" : "");
}
