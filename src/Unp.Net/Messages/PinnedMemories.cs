using System.Buffers;

namespace Unp.Net;

/// <summary>
/// A list of memories that are pinned during a call; its arrays are pooled. If a memory cannot be pinned, for example because its owner was
/// disposed, the exception is thrown before the call.
/// </summary>
unsafe ref struct PinnedMemories
{
    readonly MemoryHandle[] handles;
    readonly iovec[] pieces;
    int count;

    PinnedMemories(int capacity)
    {
        handles = ArrayPool<MemoryHandle>.Shared.Rent(capacity);
        pieces = ArrayPool<iovec>.Shared.Rent(capacity);
    }

    internal readonly Span<iovec> Pieces => pieces.AsSpan(0, count);

    internal static PinnedMemories Of(ReadOnlySpan<ReadOnlyMemory<byte>> memories)
    {
        var pinned = new PinnedMemories(memories.Length);
        foreach (ReadOnlyMemory<byte> memory in memories)
            pinned.Add(memory);
        return pinned;
    }

    internal static PinnedMemories Of(ReadOnlySpan<Memory<byte>> memories)
    {
        var pinned = new PinnedMemories(memories.Length);
        foreach (Memory<byte> memory in memories)
            pinned.Add(memory);
        return pinned;
    }

    void Add(ReadOnlyMemory<byte> memory)
    {
        try
        {
            handles[count] = memory.Pin();
            pieces[count] = new iovec(handles[count].Pointer, memory.Length);
            count++;
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        while (count > 0)
            handles[--count].Dispose();
        ArrayPool<MemoryHandle>.Shared.Return(handles, clearArray: true);
        ArrayPool<iovec>.Shared.Return(pieces);
    }
}
