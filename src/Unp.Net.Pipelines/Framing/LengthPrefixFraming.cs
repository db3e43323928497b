using System.Buffers.Binary;

namespace Unp.Net.Pipelines;

/// <summary>Frames with a length prefix of a fixed size.</summary>
sealed class LengthPrefixFraming : PrefixFraming
{
    readonly int size;
    readonly bool littleEndian;

    public LengthPrefixFraming(int size, int limit, bool littleEndian)
        : base(limit)
    {
        if (size is not (1 or 2 or 4 or 8))
            throw new ArgumentOutOfRangeException(nameof(size), size, "The size of the prefix must be 1, 2, 4 or 8 bytes.");
        if (size < sizeof(int) && limit >> (8 * size) != 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(limit), limit, $"The limit must not exceed {(1 << (8 * size)) - 1} if size is {size}.");
        }
        this.size = size;
        this.littleEndian = littleEndian;
    }

    protected override bool TryReadPrefix(ReadOnlySpan<byte> bytes, out int size, out ulong length)
    {
        size = this.size;
        length = 0;
        if (bytes.Length < size)
            return false;
        length = (size, littleEndian) switch
        {
            (1, _) => bytes[0],
            (2, false) => BinaryPrimitives.ReadUInt16BigEndian(bytes),
            (2, true) => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
            (4, false) => BinaryPrimitives.ReadUInt32BigEndian(bytes),
            (4, true) => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
            (_, false) => BinaryPrimitives.ReadUInt64BigEndian(bytes),
            (_, true) => BinaryPrimitives.ReadUInt64LittleEndian(bytes),
        };
        return true;
    }

    protected override int WritePrefix(Span<byte> destination, uint length)
    {
        switch (size, littleEndian)
        {
            case (1, _): destination[0] = (byte)length; break;
            case (2, false): BinaryPrimitives.WriteUInt16BigEndian(destination, (ushort)length); break;
            case (2, true): BinaryPrimitives.WriteUInt16LittleEndian(destination, (ushort)length); break;
            case (4, false): BinaryPrimitives.WriteUInt32BigEndian(destination, length); break;
            case (4, true): BinaryPrimitives.WriteUInt32LittleEndian(destination, length); break;
            case (_, false): BinaryPrimitives.WriteUInt64BigEndian(destination, length); break;
            case (_, true): BinaryPrimitives.WriteUInt64LittleEndian(destination, length); break;
        }
        return size;
    }
}
