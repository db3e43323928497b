using Unp.Net.Abi;

namespace Unp.Net;

/// <summary>
/// Control data as the kernel writes it, message for message: <c>foreach (ControlMessage message in received.Control)</c>; C's CMSG_FIRSTHDR and
/// CMSG_NXTHDR (section 14.6). Whatever the bytes are, it stays inside them: it ends where they make no sense.
/// </summary>
/// <param name="bytes">The control data, <c>msg_controllen</c> bytes.</param>
public readonly ref struct ControlMessages(ReadOnlySpan<byte> bytes)
{
    readonly ReadOnlySpan<byte> bytes = bytes;

    /// <summary>Starts at the first message.</summary>
    public Enumerator GetEnumerator() => new(bytes);

    /// <summary>Goes from message to message.</summary>
    public ref struct Enumerator
    {
        ReadOnlySpan<byte> rest;

        internal Enumerator(ReadOnlySpan<byte> bytes) => rest = bytes;

        /// <summary>The message.</summary>
        public ControlMessage Current { get; private set; }

        /// <summary>Whether there is another one that makes sense.</summary>
        public bool MoveNext()
        {
            if (!ControlLayout.TryReadHeader(rest, out int length, out int level, out int type))
                return false;
            Current = new ControlMessage(level, type, rest[ControlLayout.DataOffset..length]);
            rest = rest[ControlLayout.Step(length, rest.Length)..];
            return true;
        }
    }
}
