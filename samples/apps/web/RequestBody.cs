using System.Buffers;
using Unp.Net.Pipelines;

namespace Unp.Samples.web;

/// <summary>
/// The body of a request, in blocks that are rented as it arrives, so a client that only announces a body costs no memory. The bodies of
/// all clients together have a limit.
/// </summary>
sealed class RequestBody(BlockPool pool) : IDisposable
{
    /// <summary>The maximum size of a body in bytes.</summary>
    public const int MaxLength = 1 << 20;

    /// <summary>The maximum size of all bodies together in bytes.</summary>
    const int MaxTotal = 32 << 20;

    static int total;

    readonly List<IMemoryOwner<byte>> blocks = [];

    /// <summary>Gets the number of bytes received.</summary>
    public int Length { get; private set; }

    /// <summary>Gets room for the next bytes. Returns false if the bodies of all clients have reached their limit.</summary>
    public bool TryGetMemory(out Memory<byte> memory)
    {
        memory = default;
        int size = pool.MaxBufferSize;
        if (Length == blocks.Count * size)
        {
            if (Interlocked.Add(ref total, size) > MaxTotal)
            {
                Interlocked.Add(ref total, -size);
                return false;
            }
            blocks.Add(pool.Rent());
        }
        memory = blocks[^1].Memory[(Length % size)..size];
        return true;
    }

    /// <summary>Counts the bytes that were written to the room.</summary>
    public void Advance(int bytes) => Length += bytes;

    /// <summary>Sends the whole body.</summary>
    public async Task SendAsync(LoopSocket to)
    {
        int left = Length;
        foreach (IMemoryOwner<byte> block in blocks)
        {
            int length = Math.Min(left, pool.MaxBufferSize);
            await to.SendAsync(block.Memory[..length]);
            left -= length;
        }
    }

    public void Dispose()
    {
        Interlocked.Add(ref total, -blocks.Count * pool.MaxBufferSize);
        blocks.ForEach(block => block.Dispose());
        blocks.Clear();
    }
}
