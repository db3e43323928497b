using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>A memory mapping created by <see cref="Libunp.Mmap"/>. Disposing it unmaps the memory (<c>munmap(2)</c>).</summary>
/// <remarks>
/// A span or reference into the memory must not be used after it is disposed, because the addresses may then belong to another object. Keep
/// the object in a <c>using</c> around all code that uses them.
/// </remarks>
public sealed unsafe class MappedMemory : SafeHandle
{
    internal MappedMemory(void* address, long length)
        : base(-1, ownsHandle: true)
    {
        SetHandle((nint)address);
        Length = length;
    }

    /// <summary>Gets the number of bytes.</summary>
    public long Length { get; }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == -1;

    /// <summary>Gets the bytes as a span. The memory must not be larger than <see cref="int.MaxValue"/> bytes.</summary>
    /// <exception cref="ObjectDisposedException">The memory is no longer mapped.</exception>
    /// <exception cref="OverflowException">The memory is larger.</exception>
    public Span<byte> Span
    {
        get
        {
            CheckMapped();
            return new((void*)handle, checked((int)Length));
        }
    }

    /// <summary>
    /// Returns a reference to a value in the memory, for example <c>Interlocked.Increment(ref memory.At&lt;long&gt;(8))</c>.
    /// </summary>
    /// <param name="offset">
    /// The position of the value. If processes change it concurrently, it must be a multiple of the value's size.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The value does not lie inside the memory.</exception>
    /// <exception cref="ObjectDisposedException">The memory is no longer mapped.</exception>
    public ref T At<T>(long offset)
        where T : unmanaged
    {
        CheckMapped();
        if (offset < 0 || offset > Length - sizeof(T))
            throw new ArgumentOutOfRangeException(
                nameof(offset), offset, $"A value of {sizeof(T)} bytes must lie inside the {Length} bytes of the memory.");
        return ref Unsafe.AsRef<T>((void*)(handle + (nint)offset));
    }

    /// <summary>Returns a text such as <c>"4096 bytes of mapped memory"</c>.</summary>
    public override string ToString() => $"{Length} bytes of mapped memory";

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => munmap((void*)handle, (nuint)Length) == 0;

    void CheckMapped() => ObjectDisposedException.ThrowIf(IsClosed, this);
}
