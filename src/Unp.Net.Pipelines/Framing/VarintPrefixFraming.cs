namespace Unp.Net.Pipelines;

/// <summary>Frames with a length prefix in LEB128.</summary>
sealed class VarintPrefixFraming(int limit) : PrefixFraming(limit)
{
    protected override bool TryReadPrefix(ReadOnlySpan<byte> bytes, out int size, out ulong length)
    {
        length = 0;
        for (size = 0; size < bytes.Length; size++)
        {
            byte next = bytes[size];
            int shift = 7 * size;
            if (shift > 63 || (shift == 63 && next > 1))
                throw new InvalidDataException("The length prefix of the frame exceeds 64 bits.");
            length |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                size++;
                return true;
            }
        }
        return false;
    }

    protected override int WritePrefix(Span<byte> destination, uint length)
    {
        int size = 0;
        for (; length >= 0x80; length >>= 7)
            destination[size++] = (byte)(length | 0x80);
        destination[size++] = (byte)length;
        return size;
    }
}
