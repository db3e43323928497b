using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using static Unp.Net.Libc;

namespace Unp.Net.Packets;

/// <summary>The memory of a ring, which the kernel shares with this process.</summary>
/// <remarks>
/// A span of a packet may outlive the capture, and reading an address that is not mapped would end the process. Therefore the ring is not
/// unmapped but replaced by empty pages, which use no memory. The next ring of the same size takes the addresses over.
/// </remarks>
sealed unsafe class RingMemory : SafeHandle
{
    static readonly ConcurrentDictionary<nuint, ConcurrentBag<nint>> FreeAddresses = new();

    readonly nuint length;

    internal RingMemory(SafeHandle socket, int length)
        : base(-1, ownsHandle: true)
    {
        this.length = (nuint)length;
        bool isReused = Free.TryTake(out nint address);
        void* mapped = mmap((void*)address, this.length, PROT_READ | PROT_WRITE, MAP_SHARED | (isReused ? MAP_FIXED : 0), socket, 0);
        if ((nint)mapped == -1)
        {
            Errno error = Errno.Last;
            if (isReused)
                Free.Add(address);
            throw new UnpException(error, "mmap", $"the ring of {length} bytes");
        }
        SetHandle((nint)mapped);
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == -1;

    internal byte* Start => (byte*)handle;

    ConcurrentBag<nint> Free => FreeAddresses.GetOrAdd(length, static _ => []);

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        // Read-only pages, because the kernel does not reserve memory for them.
        if ((nint)mmap((void*)handle, length, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == -1)
            return munmap((void*)handle, length) == 0;
        Free.Add(handle);
        return true;
    }
}
