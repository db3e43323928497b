using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Unp.Net;

/// <summary>
/// Reads lines from a descriptor through the descriptor's read-ahead buffer. It is what <see cref="Libunp.Readline"/> works with; as an object it also
/// gives lines as slices of the buffer, without copying.
/// </summary>
/// <remarks>
/// A descriptor has one of these, got by <see cref="For"/> and freed when the descriptor is closed. One thread at a time may use it; closing the
/// descriptor meanwhile is safe.
/// </remarks>
public sealed class LineReader
{
    /// <summary>The bytes read at a time when <see cref="For"/> is not told otherwise.</summary>
    public const int DefaultBufferSize = 16 * 1024;

    // The readers of handles that are not ours, and whether there is any: Read looks here each time.
    static readonly ConditionalWeakTable<SafeHandle, LineReader> Foreign = [];
    static volatile bool anyForeign;

    readonly SafeHandle descriptor;
    byte[] buffer;
    int start;
    int end;
    bool lent;
    bool inUse;
    bool freed;

    LineReader(SafeHandle descriptor, int bufferSize)
    {
        this.descriptor = descriptor;
        buffer = ArrayPool<byte>.Shared.Rent(bufferSize);
    }

    /// <summary>What has been read ahead and not given out yet. Valid until the next call on the descriptor.</summary>
    public ReadOnlySpan<byte> Buffered
    {
        get
        {
            Enter();
            try
            {
                lent = end > start;
                return buffer.AsSpan(start, end - start);
            }
            finally
            {
                Exit();
            }
        }
    }

    internal int BufferedLength => end - start;

    /// <summary>The reader of a descriptor, made when it has none yet.</summary>
    /// <param name="descriptor">Any descriptor that can be read.</param>
    /// <param name="bufferSize">The bytes to read at a time, at least 1; it counts only when the reader is made.</param>
    public static LineReader For(SafeHandle descriptor, int bufferSize = DefaultBufferSize)
    {
        Libunp.Check(descriptor);
        ArgumentOutOfRangeException.ThrowIfLessThan(bufferSize, 1);
        if (Attached(descriptor) is { } attached)
            return attached;
        if (descriptor is Fd fd)
        {
            // Of two threads that make the first reader at the same time both use the same.
            var made = new LineReader(fd, bufferSize);
            return Interlocked.CompareExchange(ref fd.Lines, made, null) ?? made;
        }
        return ForForeign(descriptor, bufferSize);
    }

    /// <summary>Apart from <see cref="For"/>, since the closure is made at the beginning of the method that has it.</summary>
    static LineReader ForForeign(SafeHandle descriptor, int bufferSize)
    {
        anyForeign = true;
        return Foreign.GetValue(descriptor, handle => new LineReader(handle, bufferSize));
    }

    /// <summary>The next line with its newline, as a slice of the buffer: valid until the next call on the descriptor.</summary>
    /// <returns>The line; the last one may have no newline; one longer than the buffer comes in pieces. Empty at the end of file.</returns>
    /// <exception cref="UnpException">As <see cref="Libunp.Read"/>. What had come of the line is kept for the next call.</exception>
    public ReadOnlySpan<byte> ReadLine()
    {
        Enter();
        try
        {
            int size = FindLine(buffer.Length);
            if (size < 0)
                throw new UnpException(Errno.Last, "readline");
            ReadOnlySpan<byte> line = buffer.AsSpan(start, size);
            start += size;
            lent = size > 0;
            return line;
        }
        finally
        {
            Exit();
        }
    }

    /// <summary>Copies the next line out, as <see cref="Libunp.readline"/> does.</summary>
    internal int TryReadLine(Span<byte> line)
    {
        Enter();
        try
        {
            int size = FindLine(line.Length);
            if (size > 0)
            {
                buffer.AsSpan(start, size).CopyTo(line);
                start += size;
            }
            return size;
        }
        finally
        {
            Exit();
        }
    }

    /// <summary>Copies out what was read ahead, without reading more.</summary>
    internal int Take(Span<byte> destination, bool peek)
    {
        Enter();
        try
        {
            int size = Math.Min(destination.Length, end - start);
            buffer.AsSpan(start, size).CopyTo(destination);
            if (!peek)
                start += size;
            return size;
        }
        finally
        {
            Exit();
        }
    }

    /// <summary>Forgets what was read ahead: the descriptor names something else now.</summary>
    internal void Discard() => start = end = 0;

    internal static LineReader? Attached(SafeHandle descriptor) =>
        descriptor is Fd fd ? fd.Lines
        : anyForeign && Foreign.TryGetValue(descriptor, out LineReader? lines) ? lines
        : null;

    /// <summary>
    /// Gives the buffer back to the pool, unless another thread is reading a line right now: then that thread does, when it leaves. Each sets its
    /// flag and looks at the other's. The barrier is here, on the rare side, so that a line costs no fence.
    /// </summary>
    internal void Free()
    {
        Volatile.Write(ref freed, true);
        Interlocked.MemoryBarrierProcessWide();
        if (!Volatile.Read(ref inUse))
            ReturnBuffer();
    }

    void Enter()
    {
        if (Volatile.Read(ref inUse))
            throw new InvalidOperationException($"Another thread is reading lines from {descriptor}; one at a time can.");
        lent = false;
        Volatile.Write(ref inUse, true);
        if (Volatile.Read(ref freed))
        {
            Exit();
            throw new ObjectDisposedException(descriptor.ToString());
        }
    }

    void Exit()
    {
        Volatile.Write(ref inUse, false);
        if (Volatile.Read(ref freed))
            ReturnBuffer();
    }

    void ReturnBuffer()
    {
        start = end = 0;
        byte[] returned = Interlocked.Exchange(ref buffer, []);

        // A slice may still be looked at: then nobody else shall write there.
        if (returned.Length > 0 && !lent)
            ArrayPool<byte>.Shared.Return(returned);
    }

    /// <summary>The size of the next line, at most <paramref name="limit"/>: read into the buffer until it is there.</summary>
    /// <returns>The size, 0 at the end of file, or -1 with <see cref="Errno.Last"/>.</returns>
    int FindLine(int limit)
    {
        int searched = 0;
        while (true)
        {
            int held = Math.Min(end - start, limit);
            int newline = buffer.AsSpan(start + searched, held - searched).IndexOf((byte)'\n');
            if (newline >= 0)
                return searched + newline + 1;
            if (held == limit)
                return limit;
            searched = held;
            nint n = Fill(limit);
            if (n <= 0)
                return n < 0 ? -1 : held;
        }
    }

    /// <summary>Reads once, behind what is held; makes room first, up to <paramref name="limit"/> bytes in all.</summary>
    nint Fill(int limit)
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
        }
        if (end == buffer.Length)
            Grow(limit);
        nint n;
        do
            n = Libc.read(descriptor, buffer.AsSpan(end));
        while (Libunp.Interrupted(n));
        if (n > 0)
            end += (int)n;
        return n;
    }

    /// <summary>A line longer than the buffer, for a caller who has room for it.</summary>
    void Grow(int limit)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(limit, 2L * buffer.Length));
        buffer.AsSpan(0, end).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }
}
