using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Unp.Net;

/// <summary>The bytes of a descriptor that were read ahead. Each function that reads from the descriptor takes them first.</summary>
/// <remarks><see cref="Fd"/> frees them when it is closed. <see cref="LineReader"/> is the only implementation.</remarks>
interface IReadAhead
{
    // The bytes of handles other than Fd. The flag keeps Read fast while the table is empty.
    private static readonly ConditionalWeakTable<SafeHandle, IReadAhead> Foreign = [];
    private static volatile bool anyForeign;

    /// <summary>The number of bytes.</summary>
    int BufferedLength { get; }

    /// <summary>Copies bytes, without reading more. With <paramref name="peek"/> they remain.</summary>
    int Take(Span<byte> destination, bool peek);

    /// <summary>Discards the bytes, because the descriptor now refers to another file.</summary>
    void Discard();

    /// <summary>Returns the buffer to its pool, because the descriptor is closed.</summary>
    void Free();

    /// <summary>Returns the bytes of a descriptor, or null if nothing was ever read ahead.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static IReadAhead? Attached(SafeHandle descriptor) =>
        descriptor is Fd fd ? fd.ReadAhead
        : anyForeign && Foreign.TryGetValue(descriptor, out IReadAhead? bytes) ? bytes
        : null;

    /// <summary>Attaches bytes to a handle other than <see cref="Fd"/>, and returns those that are attached.</summary>
    static IReadAhead AttachForeign(SafeHandle descriptor, ConditionalWeakTable<SafeHandle, IReadAhead>.CreateValueCallback create)
    {
        anyForeign = true;
        return Foreign.GetValue(descriptor, create);
    }

    /// <summary>Copies bytes of a descriptor that were read ahead; 0 if there are none.</summary>
    static int Take(SafeHandle descriptor, Span<byte> destination, bool peek) => Attached(descriptor)?.Take(destination, peek) ?? 0;
}
