using System.Runtime.CompilerServices;
using Unp.Net.Abi;

namespace Unp.Net;

/// <summary>An sctp_event_subscribe: a byte for each event, in the order of the flags. Each system has the first so many of them.</summary>
sealed class SctpEventsForm() : OptionForm<SctpEvents>(
    "sctp_event_subscribe",
    Target.IsLinux ? Unsafe.SizeOf<Abi.Linux.sctp_event_subscribe>() : Unsafe.SizeOf<Abi.FreeBsd.sctp_event_subscribe>())
{
    public override SctpEvents Decode(ReadOnlySpan<byte> bytes)
    {
        SctpEvents events = 0;
        for (int i = 0; i < bytes.Length; i++)
            events |= bytes[i] != 0 ? (SctpEvents)(1 << i) : 0;
        return events;
    }

    public override int Encode(SctpEvents value, Span<byte> bytes, SocketOption option)
    {
        SctpEvents all = (SctpEvents)((1 << Size) - 1);
        if ((value & ~all) != 0)
            throw new ArgumentException($"{option.Name} has no {value & ~all} on {Target.Name}.", nameof(value));
        for (int i = 0; i < Size; i++)
            bytes[i] = (byte)((int)value >> i & 1);
        return Size;
    }

    public override bool Grows => true;

    /// <summary>
    /// Linux refuses more bytes than it knows, and leaves on what it knows and is not told. An event that it does not know and that is wanted is told
    /// all the same: it is refused, not forgotten.
    /// </summary>
    public override int LengthFor(ReadOnlySpan<byte> bytes, int known) => Math.Max(known, bytes.LastIndexOfAnyExcept((byte)0) + 1);
}
