using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Unp.Net.Packets;

/// <summary>A view of a TCP segment (RFC 9293).</summary>
/// <remarks>It is valid as long as the bytes below it. <c>default</c> is an empty segment of zeros.</remarks>
public readonly ref struct TcpSegment
{
    // The number of Fast Open among the experiments with TCP options, before its kind 34 (RFC 7413 section 4.1.1).
    const int FastOpenExperiment = 0xF989;

    readonly ReadOnlySpan<byte> bytes;

    TcpSegment(ReadOnlySpan<byte> bytes)
    {
        this.bytes = bytes;
    }

    /// <summary>Gets the first 20 bytes of the header.</summary>
    public ref readonly TcpHeader Header => ref Wire.View<TcpHeader>(bytes);

    /// <summary>Gets the options of the header. Their types are <see cref="TcpOptionKind"/>s.</summary>
    public HeaderOptions Options => new(bytes.IsEmpty ? default : bytes[TcpHeader.Size..Header.HeaderLength], OptionFormat.Ipv4AndTcp);

    /// <summary>Gets the captured bytes after the header.</summary>
    public ReadOnlySpan<byte> Payload => bytes[Header.HeaderLength..];

    /// <summary>Gets the largest segment that the sender accepts, or null. Only a SYN states it.</summary>
    public int? MaximumSegmentSize =>
        TryGet(TcpOptionKind.MaximumSegmentSize, sizeof(ushort), out ReadOnlySpan<byte> data)
            ? BinaryPrimitives.ReadUInt16BigEndian(data) : null;

    /// <summary>Gets the shift count of the window, or null. Only a SYN states it. More than 14 counts as 14 (RFC 7323).</summary>
    public int? WindowScale => TryGet(TcpOptionKind.WindowScale, 1, out ReadOnlySpan<byte> data) ? data[0] : null;

    /// <summary>Gets whether the sender understands selective acknowledgments. Only a SYN states it.</summary>
    public bool IsSackPermitted => TryGet(TcpOptionKind.SackPermitted, 0, out _);

    /// <summary>Gets the blocks of data that arrived after a gap.</summary>
    public ReadOnlySpan<SackBlock> SackBlocks =>
        Options.TryGet((int)TcpOptionKind.Sack, out HeaderOption option) ? MemoryMarshal.Cast<byte, SackBlock>(option.Data) : default;

    /// <summary>Gets the clock value of the sender and the one that it returns, or null (RFC 7323: TSval and TSecr).</summary>
    public (uint Value, uint EchoReply)? Timestamps =>
        TryGet(TcpOptionKind.Timestamps, 2 * sizeof(uint), out ReadOnlySpan<byte> data)
            ? (BinaryPrimitives.ReadUInt32BigEndian(data), BinaryPrimitives.ReadUInt32BigEndian(data[sizeof(uint)..])) : null;

    /// <summary>Reads the cookie of TCP Fast Open, of its own kind or of the experiment before that.</summary>
    /// <param name="cookie">The cookie. It is empty if a client asks for one.</param>
    /// <returns>Whether the segment has the option.</returns>
    public bool TryGetFastOpenCookie(out ReadOnlySpan<byte> cookie)
    {
        foreach (HeaderOption option in Options)
        {
            cookie = option.Data;
            if (option.Type == (int)TcpOptionKind.FastOpen)
                return true;
            if (option.Type == (int)TcpOptionKind.Experiment && cookie.Length >= sizeof(ushort)
                && BinaryPrimitives.ReadUInt16BigEndian(cookie) == FastOpenExperiment)
            {
                cookie = cookie[sizeof(ushort)..];
                return true;
            }
        }
        cookie = default;
        return false;
    }

    /// <summary>Reads a segment.</summary>
    /// <param name="bytes">The captured payload of the IP packet.</param>
    /// <param name="segment">The segment; empty on failure.</param>
    /// <returns>Whether the header is complete, with its options, and states a length of 20 bytes at least.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out TcpSegment segment) => Decode(bytes, out segment) == DecodeStatus.Complete;

    /// <summary>Returns the ports, the flags and the numbers.</summary>
    public override string ToString() => $"{Header}, {Payload.Length} bytes";

    internal static DecodeStatus Decode(ReadOnlySpan<byte> bytes, out TcpSegment segment)
    {
        segment = default;
        if (bytes.Length < TcpHeader.Size)
            return DecodeStatus.Truncated;
        int length = Wire.View<TcpHeader>(bytes).HeaderLength;
        if (length < TcpHeader.Size)
            return DecodeStatus.Malformed;
        if (length > bytes.Length)
            return DecodeStatus.Truncated;
        segment = new TcpSegment(bytes);
        return DecodeStatus.Complete;
    }

    // An option of another size counts as absent.
    bool TryGet(TcpOptionKind kind, int size, out ReadOnlySpan<byte> data)
    {
        bool isThere = Options.TryGet((int)kind, out HeaderOption option) && option.Data.Length == size;
        data = isThere ? option.Data : default;
        return isThere;
    }
}
