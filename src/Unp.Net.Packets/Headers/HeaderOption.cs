using System.Runtime.InteropServices;

namespace Unp.Net.Packets;

/// <summary>A view of one option or parameter: a type and its data.</summary>
/// <remarks>It is valid as long as the bytes of the packet below it. <c>default</c> is an empty option of type 0.</remarks>
public readonly ref struct HeaderOption
{
    internal HeaderOption(int type, ReadOnlySpan<byte> bytes, int dataOffset)
    {
        Type = type;
        Bytes = bytes;
        Data = bytes[dataOffset..];
    }

    /// <summary>Gets the type, which TCP calls the kind.</summary>
    public int Type { get; }

    /// <summary>Gets the whole option with its type and length, without padding.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>Gets the bytes after the type and the length.</summary>
    public ReadOnlySpan<byte> Data { get; }

    /// <summary>Reads a structure at the start of the data, such as <see cref="PrefixInformation"/>.</summary>
    /// <typeparam name="T">The structure, whose fields are in network byte order.</typeparam>
    /// <param name="value">The structure; zeros if the data is shorter.</param>
    /// <returns>Whether the data has the whole structure.</returns>
    public bool TryRead<T>(out T value)
        where T : unmanaged
        => MemoryMarshal.TryRead(Data, out value);

    /// <summary>Returns the type and the data in hexadecimal.</summary>
    public override string ToString() => $"option {Type}: 0x{Convert.ToHexStringLower(Data)}";
}
