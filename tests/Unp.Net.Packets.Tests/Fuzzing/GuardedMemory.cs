using System.Runtime.InteropServices;

namespace Unp.Net.Packets.Tests;

/// <summary>Memory that ends where an inaccessible page begins, so a read behind it ends the process, also one by unsafe code.</summary>
sealed unsafe partial class GuardedMemory : IDisposable
{
    const int PageSize = 4096;
    const int PROT_NONE = 0;

    readonly nint memory;
    readonly int room;

    public GuardedMemory(int pages)
    {
        room = pages * PageSize;
        memory = mmap(0, room + PageSize, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        Assert.NotEqual(-1, memory);
        Assert.Equal(0, mprotect(memory + room, PageSize, PROT_NONE));
    }

    /// <summary>Returns the last bytes before the inaccessible page.</summary>
    public Span<byte> Last(int length) => new((void*)(memory + room - length), length);

    public void Dispose() => _ = munmap(memory, room + PageSize);

    [LibraryImport("libc")]
    private static partial nint mmap(nint address, nint length, int protection, int flags, int fd, nint offset);

    [LibraryImport("libc")]
    private static partial int mprotect(nint address, nint length, int protection);

    [LibraryImport("libc")]
    private static partial int munmap(nint address, nint length);
}
