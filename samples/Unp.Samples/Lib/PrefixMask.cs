using System.Net;

namespace Unp.Samples;

/// <summary>The mask of a prefix, as the older commands write it: 255.255.255.0 for 24 bits.</summary>
static class PrefixMask
{
    /// <summary>Returns the mask of a number of bits.</summary>
    /// <param name="length">The bits that are set.</param>
    /// <param name="bits">The bits of an address: 32 or 128.</param>
    public static IPAddress Of(int length, int bits)
    {
        byte[] bytes = new byte[bits / 8];
        for (int bit = 0; bit < length; bit++)
            bytes[bit / 8] |= (byte)(0x80 >> (bit % 8));
        return new IPAddress(bytes);
    }

    /// <summary>Returns the number of bits of a mask, or null if they are not the first ones.</summary>
    public static int? LengthOf(IPAddress mask)
    {
        byte[] bytes = mask.GetAddressBytes();
        int length = bytes.Sum(part => int.PopCount(part));
        return Of(length, bytes.Length * 8).Equals(mask) ? length : null;
    }
}
