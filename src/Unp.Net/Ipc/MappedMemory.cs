using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>Memory that <see cref="Libunp.Mmap"/> has mapped; disposing it is <c>munmap(2)</c>.</summary>
/// <remarks>
/// A span or reference that was taken from it must not be used after that: the addresses may be another's by then. Keep the object in a <c>using</c> around
/// all that uses them.
/// </remarks>
public sealed unsafe class MappedMemory : SafeHandle
{
    internal MappedMemory(void* address, long length)
        : base(-1, ownsHandle: true)
    {
        SetHandle((nint)address);
        Length = length;
    }

    /// <summary>How many bytes.</summary>
    public long Length { get; }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == -1;

    /// <summary>The bytes, of which there must not be more than <see cref="int.MaxValue"/>.</summary>
    /// <exception cref="ObjectDisposedException">It is not mapped any more.</exception>
    /// <exception cref="OverflowException">There are more.</exception>
    public Span<byte> Span
    {
        get
        {
            CheckMapped();
            return new((void*)handle, checked((int)Length));
        }
    }

    /// <summary>A value in it, to be used in place: <c>Interlocked.Increment(ref memory.At&lt;long&gt;(8))</c>.</summary>
    /// <param name="offset">Its place, a multiple of its size if other processes are to see it change at once.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not inside.</exception>
    /// <exception cref="ObjectDisposedException">It is not mapped any more.</exception>
    public ref T At<T>(long offset)
        where T : unmanaged
    {
        CheckMapped();
        if (offset < 0 || offset > Length - sizeof(T))
            throw new ArgumentOutOfRangeException(nameof(offset), offset, $"{sizeof(T)} bytes do not fit there: the memory has {Length}.");
        return ref Unsafe.AsRef<T>((void*)(handle + (nint)offset));
    }

    /// <summary><c>"4096 bytes of mapped memory"</c></summary>
    public override string ToString() => $"{Length} bytes of mapped memory";

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => munmap((void*)handle, (nuint)Length) == 0;

    void CheckMapped() => ObjectDisposedException.ThrowIf(IsClosed, this);
}
