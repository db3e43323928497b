using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Unp.Net.Packets;

/// <summary>A view of one chunk of an SCTP packet (RFC 9260 section 3.2).</summary>
/// <remarks>It is valid as long as the bytes of the packet below it. <c>default</c> is an empty chunk of zeros.</remarks>
public readonly ref struct SctpChunk
{
    internal const int HeaderSize = 4;

    SctpChunk(ReadOnlySpan<byte> bytes)
    {
        Bytes = bytes;
    }

    /// <summary>Gets the whole chunk with its header, without padding.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>Gets the type.</summary>
    public SctpChunkType Type => (SctpChunkType)(Bytes.IsEmpty ? 0 : Bytes[0]);

    /// <summary>Gets the flags of the type. In a DATA chunk 1 marks the end and 2 the beginning of a message.</summary>
    public byte Flags => Bytes.IsEmpty ? (byte)0 : Bytes[1];

    /// <summary>Gets the bytes after the header.</summary>
    public ReadOnlySpan<byte> Value => Bytes.IsEmpty ? default : Bytes[HeaderSize..];

    /// <summary>Gets the user data of a DATA chunk.</summary>
    public ReadOnlySpan<byte> UserData => Type == SctpChunkType.Data ? After(SctpDataFields.Size) : default;

    /// <summary>Gets the gap blocks of a SACK chunk, as many as are there.</summary>
    public ReadOnlySpan<SctpGapBlock> GapAckBlocks
    {
        get
        {
            if (Type != SctpChunkType.Sack || !TryRead(out SctpSackFields sack))
                return default;
            ReadOnlySpan<SctpGapBlock> blocks = MemoryMarshal.Cast<byte, SctpGapBlock>(After(SctpSackFields.Size));
            return blocks[..Math.Min(sack.NumberOfGapAckBlocks, blocks.Length)];
        }
    }

    /// <summary>Gets the parameters of an INIT, INIT ACK or heartbeat chunk, and the causes of an ABORT or ERROR.</summary>
    public HeaderOptions Parameters => new(
        Type switch
        {
            SctpChunkType.Init or SctpChunkType.InitAck => After(SctpInitFields.Size),
            SctpChunkType.Heartbeat or SctpChunkType.HeartbeatAck or SctpChunkType.Abort or SctpChunkType.Error => Value,
            _ => default,
        },
        OptionFormat.Sctp);

    /// <summary>Reads the fields after the header, such as <see cref="SctpDataFields"/>.</summary>
    /// <typeparam name="T">The structure of this type of chunk.</typeparam>
    /// <param name="fields">The fields; zeros if the chunk is shorter.</param>
    /// <returns>Whether the chunk has the whole structure.</returns>
    public bool TryRead<T>(out T fields)
        where T : unmanaged
    {
        bool hasFields = Value.Length >= Unsafe.SizeOf<T>();
        fields = hasFields ? Wire.View<T>(Value) : default;
        return hasFields;
    }

    /// <summary>Returns the type, the flags and the length.</summary>
    public override string ToString() => $"{Type}, flags 0x{Flags:x}, {Bytes.Length} bytes";

    internal static bool TryRead(scoped ref ReadOnlySpan<byte> rest, out SctpChunk chunk)
    {
        chunk = default;
        if (rest.Length < HeaderSize)
            return false;
        int length = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
        if (length < HeaderSize || length > rest.Length)
            return false;
        chunk = new SctpChunk(rest[..length]);
        rest = rest[Math.Min((length + 3) & ~3, rest.Length)..];
        return true;
    }

    ReadOnlySpan<byte> After(int size) => size <= Value.Length ? Value[size..] : default;
}
