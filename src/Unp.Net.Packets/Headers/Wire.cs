using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Unp.Net.Packets;

/// <summary>Access to the bytes of headers, which are in network byte order and have no alignment.</summary>
static class Wire
{
    /// <summary>Converts a number from network to host byte order, or back.</summary>
    public static ushort Order(ushort number) => BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(number) : number;

    /// <inheritdoc cref="Order(ushort)"/>
    public static uint Order(uint number) => BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(number) : number;

    /// <summary>Returns the structure at the start of some bytes, or zeros if the bytes are fewer.</summary>
    public static ref readonly T View<T>(ReadOnlySpan<byte> bytes)
        where T : unmanaged
    {
        if (bytes.Length >= Unsafe.SizeOf<T>())
            return ref MemoryMarshal.AsRef<T>(bytes);
        return ref Zero<T>.Value;
    }

    /// <summary>Returns a number with one of its bit fields replaced.</summary>
    /// <param name="number">The number.</param>
    /// <param name="shift">The position of the field's lowest bit.</param>
    /// <param name="width">The number of bits of the field.</param>
    /// <param name="value">The new value of the field.</param>
    /// <param name="field">The name of the field in the exception.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value does not fit into the field.</exception>
    public static uint WithBits(uint number, int shift, int width, uint value, [CallerMemberName] string field = "")
    {
        uint max = (1u << width) - 1;
        if (value > max)
            throw new ArgumentOutOfRangeException(field, value, $"{field} must be 0 to {max}.");
        return (number & ~(max << shift)) | (value << shift);
    }

    /// <summary>Returns a hash of some bytes.</summary>
    public static int Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = default(HashCode);
        hash.AddBytes(bytes);
        return hash.ToHashCode();
    }

    static class Zero<T>
        where T : unmanaged
    {
        public static readonly T Value;
    }
}
