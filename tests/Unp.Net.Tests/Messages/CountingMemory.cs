using System.Buffers;
using System.Runtime.InteropServices;

namespace Unp.Net.Tests.Messages;

/// <summary>A memory that counts its pins.</summary>
sealed unsafe class CountingMemory(int length) : MemoryManager<byte>
{
    readonly byte* memory = (byte*)NativeMemory.AllocZeroed((nuint)length);

    public int Pins { get; private set; }

    public override Span<byte> GetSpan() => new(memory, length);

    public override MemoryHandle Pin(int elementIndex = 0)
    {
        Pins++;
        return new MemoryHandle(memory + elementIndex, default, this);
    }

    public override void Unpin() => Pins--;

    protected override void Dispose(bool disposing) => NativeMemory.Free(memory);
}
