using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>A message of a <see cref="MessageBatch"/>: what was received, or what is to be sent.</summary>
public sealed class BatchMessage
{
    readonly MessageBatch batch;
    readonly int index;

    internal BatchMessage(MessageBatch batch, int index)
    {
        this.batch = batch;
        this.index = index;
    }

    /// <summary>All of the buffer: to fill with what is to be sent, whose <see cref="Length"/> has to be set.</summary>
    public Span<byte> Buffer => batch.Buffer(index);

    /// <summary>The datagram: the first <see cref="Length"/> bytes of the buffer.</summary>
    public Span<byte> Data => Buffer[..Math.Min(Length, batch.Size)];

    /// <summary>
    /// The bytes of the datagram that came, or is to be sent. More than the buffer has only if one came that was longer, and MSG_TRUNC was among the
    /// flags of the call (Linux).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is set to a negative number, or to more than the buffer has.</exception>
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

    /// <summary>The sender, or who it is to go to; of no family for the peer of a connected socket.</summary>
    public SockAddr Address
    {
        get => batch.Address(index);
        set => batch.Address(index) = value;
    }

    /// <summary>What the kernel said of the one that came: MSG_TRUNC, MSG_CTRUNC, MSG_EOR... ored.</summary>
    public int Flags => batch.Flags(index);

    /// <summary>Whether the datagram was longer than the buffer; the rest is lost.</summary>
    public bool IsTruncated => (Flags & MSG_TRUNC) != 0;

    /// <summary>Whether there was more control data than room; the rest is lost.</summary>
    public bool IsControlTruncated => (Flags & MSG_CTRUNC) != 0;

    /// <summary>The control messages that came. They are gone once <see cref="ControlRoom"/> is written to.</summary>
    public ControlMessages Control => new(batch.ControlReceived(index));

    /// <summary>Where a <see cref="ControlWriter"/> can write what <see cref="SetControl"/> is then given, without a copy.</summary>
    public Span<byte> ControlRoom => batch.ControlRoom(index);

    /// <summary>Has these control messages sent with the datagram, each time until others are set or a batch is received. None at all: an empty span.</summary>
    /// <param name="written"><see cref="ControlWriter.Written"/>.</param>
    /// <exception cref="ArgumentException">There are more bytes than <see cref="MessageBatch.ControlSize"/>.</exception>
    public void SetControl(ReadOnlySpan<byte> written)
    {
        if (written.Length > batch.ControlSize)
            throw new ArgumentException($"{written.Length} bytes of control messages do not go into {batch.ControlSize}.", nameof(written));
        written.CopyTo(ControlRoom);
        batch.ControlToSend(index) = written.Length;
    }

    /// <inheritdoc cref="ReceivedMessage.TryGetPacketInfo"/>
    public bool TryGetPacketInfo(out PacketInfo info) => PacketInfo.TryFind(batch.ControlReceived(index), out info);
}
