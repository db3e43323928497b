using Unp.Net.Abi;

namespace Unp.Net;

/// <summary>
/// The control messages in a buffer that the kernel has filled: C's CMSG_FIRSTHDR and CMSG_NXTHDR (UNP 14.6). The enumeration never leaves
/// the buffer, and ends at the first malformed message.
/// </summary>
/// <example>
/// <code>
/// ReceivedMessage received = Recvmsg(udp, buffer, control: new byte[256]);
/// foreach (ControlMessage message in received.Control)
/// {
///     if (message.TryGetHopLimit(out int hops))
///         Console.WriteLine(hops);
/// }
/// </code>
/// </example>
/// <param name="bytes">The control data, <c>msg_controllen</c> bytes.</param>
public readonly ref partial struct ControlMessages(ReadOnlySpan<byte> bytes)
{
    readonly ReadOnlySpan<byte> bytes = bytes;

    /// <summary>Returns an enumerator that starts at the first message.</summary>
    public Enumerator GetEnumerator() => new(bytes);

    /// <summary>Returns the messages: <c>"[level 1, type 2, 12 bytes] [level 0, type 2, 4 bytes]"</c>.</summary>
    public override string ToString()
    {
        string text = "";
        foreach (ControlMessage message in this)
            text += $"{(text.Length == 0 ? "" : " ")}[{message.ToString()}]";
        return text;
    }

    /// <summary>The enumerator of the messages.</summary>
    public ref struct Enumerator
    {
        ReadOnlySpan<byte> rest;

        internal Enumerator(ReadOnlySpan<byte> bytes) => rest = bytes;

        /// <summary>Gets the current message.</summary>
        public ControlMessage Current { get; private set; }

        /// <summary>Moves to the next message. Returns false at the end or at a malformed message.</summary>
        public bool MoveNext()
        {
            if (!ControlLayout.TryReadHeader(rest, out int length, out int level, out int type))
                return false;
            Current = new ControlMessage(level, type, rest[ControlLayout.DataOffset..length]);
            rest = rest[ControlLayout.Step(length, rest.Length)..];
            return true;
        }

        /// <summary>Returns the text of the current message.</summary>
        public override readonly string ToString() => Current.ToString();
    }
}
