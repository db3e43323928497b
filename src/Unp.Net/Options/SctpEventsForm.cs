using System.Runtime.CompilerServices;
using Unp.Net.Abi;

namespace Unp.Net;

/// <summary>An sctp_event_subscribe: one byte per event, in the order of the flags. Each system has a prefix of them.</summary>
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
            throw new ArgumentException($"{option.Name} does not support {value & ~all} on {Target.Name}.", nameof(value));
        for (int i = 0; i < Size; i++)
            bytes[i] = (byte)((int)value >> i & 1);
        return Size;
    }

    public override bool Grows => true;

    /// <summary>
    /// Returns a length that covers all events of the kernel, and each event of the value. Linux rejects more bytes than it knows, and does
    /// not turn off an event beyond the length. An event that the kernel does not know is included, so it is rejected and not ignored.
    /// </summary>
    public override int LengthFor(ReadOnlySpan<byte> bytes, int known) => Math.Max(known, bytes.LastIndexOfAnyExcept((byte)0) + 1);
}
