using static Unp.Net.Libc;

namespace Unp.Net.Pipelines;

/// <summary>
/// The result of <see cref="LoopSocket.ReceiveMessageAsync"/>, apart from the data. It has the properties of <see cref="ReceivedMessage"/>.
/// </summary>
public readonly record struct LoopMessage
{
    internal LoopMessage(scoped in ReceivedMessage message)
    {
        Length = message.Length;
        Flags = message.Flags;
        Address = message.Address;
        ControlLength = message.ControlLength;
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

    /// <summary>
    /// Gets the number of bytes in the control buffer. Read them by <c>new ControlMessages(control.Span[..message.ControlLength])</c>.
    /// </summary>
    public int ControlLength { get; }

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
}
