using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>A message of a <see cref="MessageBatch"/>, received or to be sent.</summary>
public sealed class BatchMessage
{
    readonly MessageBatch batch;
    readonly int index;

    internal BatchMessage(MessageBatch batch, int index)
    {
        this.batch = batch;
        this.index = index;
    }

    /// <summary>Gets the whole buffer. To send, fill it and set <see cref="Length"/>.</summary>
    public Span<byte> Buffer => batch.Buffer(index);

    /// <summary>Gets the datagram: the first <see cref="Length"/> bytes of the buffer.</summary>
    public Span<byte> Data => Buffer[..Math.Min(Length, batch.Size)];

    /// <summary>
    /// Gets or sets the number of bytes of the datagram. It exceeds the buffer only if a longer datagram was received and the flags of the
    /// call contained MSG_TRUNC (Linux).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or larger than the buffer.</exception>
    public int Length
    {
        get => (int)batch.Length(index);
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, batch.Size);
            batch.Length(index) = (uint)value;
        }
    }

    /// <summary>
    /// Gets or sets the address of the sender or receiver. The default value, without a family, stands for the peer of a connected socket.
    /// </summary>
    public SockAddr Address
    {
        get => batch.Address(index);
        set => batch.Address(index) = value;
    }

    /// <summary>Gets the flags of the received datagram: a combination of MSG_TRUNC, MSG_CTRUNC, MSG_EOR...</summary>
    public int Flags => batch.Flags(index);

    /// <summary>Gets whether the datagram was longer than the buffer; the rest is lost.</summary>
    public bool IsTruncated => (Flags & MSG_TRUNC) != 0;

    /// <summary>Gets whether the control data was longer than its buffer; the rest is lost.</summary>
    public bool IsControlTruncated => (Flags & MSG_CTRUNC) != 0;

    /// <summary>Gets the received control messages. They are valid until <see cref="ControlBuffer"/> is written to.</summary>
    public ControlMessages Control => new(batch.ControlReceived(index));

    /// <summary>
    /// Gets the buffer in which a <see cref="ControlWriter"/> can build the argument of <see cref="SetControl"/> without a copy.
    /// </summary>
    public Span<byte> ControlBuffer => batch.ControlBuffer(index);

    /// <summary>
    /// Sets the control messages of the datagram. Every send uses them, until others are set or a batch is received. An empty span removes
    /// them.
    /// </summary>
    /// <param name="written"><see cref="ControlWriter.Written"/>.</param>
    /// <exception cref="ArgumentException">The control messages are longer than <see cref="MessageBatch.ControlSize"/>.</exception>
    public void SetControl(ReadOnlySpan<byte> written)
    {
        if (written.Length > batch.ControlSize)
        {
            throw new ArgumentException(
                $"The control messages have {written.Length} bytes, but the batch was created with a controlSize of {batch.ControlSize}.",
                nameof(written));
        }
        written.CopyTo(ControlBuffer);
        batch.ControlToSend(index) = written.Length;
    }

    /// <inheritdoc cref="ReceivedMessage.TryGetPacketInfo"/>
    public bool TryGetPacketInfo(out PacketInfo info) => PacketInfo.TryFind(batch.ControlReceived(index), out info);
}
