using System.Buffers.Binary;

namespace Unp.Net.Pipelines;

sealed class LengthPrefixFraming : PrefixFraming
{
    readonly int size;
    readonly bool littleEndian;

    public LengthPrefixFraming(int size, int limit, bool littleEndian)
        : base(limit)
    {
        if (size is not (1 or 2 or 4 or 8))
            throw new ArgumentOutOfRangeException(nameof(size), size, "A length has 1, 2, 4 or 8 bytes.");
        if (size < sizeof(int) && limit >> (8 * size) != 0)
            throw new ArgumentOutOfRangeException(nameof(limit), limit, $"A length of {size} bytes holds {(1 << (8 * size)) - 1} at the most.");
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

    protected override int WritePrefix(Span<byte> room, uint length)
    {
        switch (size, littleEndian)
        {
            case (1, _): room[0] = (byte)length; break;
            case (2, false): BinaryPrimitives.WriteUInt16BigEndian(room, (ushort)length); break;
            case (2, true): BinaryPrimitives.WriteUInt16LittleEndian(room, (ushort)length); break;
            case (4, false): BinaryPrimitives.WriteUInt32BigEndian(room, length); break;
            case (4, true): BinaryPrimitives.WriteUInt32LittleEndian(room, length); break;
            case (_, false): BinaryPrimitives.WriteUInt64BigEndian(room, length); break;
            case (_, true): BinaryPrimitives.WriteUInt64LittleEndian(room, length); break;
        }
        return size;
    }
}
