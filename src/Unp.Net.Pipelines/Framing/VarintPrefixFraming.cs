namespace Unp.Net.Pipelines;

sealed class VarintPrefixFraming(int limit) : PrefixFraming(limit)
{
    protected override bool TryReadPrefix(ReadOnlySpan<byte> bytes, out int size, out ulong length)
    {
        length = 0;
        for (size = 0; size < bytes.Length; size++)
        {
            byte seven = bytes[size];
            int shift = 7 * size;
            if (shift > 63 || (shift == 63 && seven > 1))
                throw new InvalidDataException("The length of a frame has more than 64 bits.");
            length |= (ulong)(seven & 0x7f) << shift;
            if (seven < 0x80)
            {
                size++;
                return true;
            }
        }
        return false;
    }

    protected override int WritePrefix(Span<byte> room, uint length)
    {
        int size = 0;
        for (; length >= 0x80; length >>= 7)
            room[size++] = (byte)(length | 0x80);
        room[size++] = (byte)length;
        return size;
    }
}
