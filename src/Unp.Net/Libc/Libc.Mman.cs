using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Unp.Net.Abi;

namespace Unp.Net;

// <sys/mman.h>
public static unsafe partial class Libc
{
    /// <summary><c>mmap(2)</c>: maps a part of a file, or zeroed memory, into this process.</summary>
    /// <param name="addr">The preferred address, usually null.</param>
    /// <param name="length">The number of bytes, at least 1.</param>
    /// <param name="prot">PROT_READ, PROT_WRITE and PROT_EXEC combined, or PROT_NONE.</param>
    /// <param name="flags">MAP_SHARED or MAP_PRIVATE, combined with MAP_ANONYMOUS...</param>
    /// <param name="fd">The file, which may be closed afterwards; -1 with MAP_ANONYMOUS.</param>
    /// <param name="offset">The offset in the file, a multiple of the page size.</param>
    /// <returns>The address, or (void*)-1: EACCES, EBADF, EINVAL, ENODEV (cannot be mapped), ENOMEM.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/mmap.2.html">mmap(2)</seealso>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial void* mmap(void* addr, nuint length, int prot, int flags, int fd, long offset);

    /// <inheritdoc cref="mmap(void*, nuint, int, int, int, long)"/>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial void* mmap(void* addr, nuint length, int prot, int flags, SafeHandle fd, long offset);

    /// <summary><c>munmap(2)</c>: unmaps memory. A later access to its addresses raises SIGSEGV.</summary>
    /// <returns>0, or -1: EINVAL.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/munmap.2.html">munmap(2)</seealso>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int munmap(void* addr, nuint length);

    /// <summary><c>memfd_create(2)</c>: creates an empty file in memory, without a path. Linux, FreeBSD 13.</summary>
    /// <param name="name">The name in /proc, up to 249 bytes; it need not be unique.</param>
    /// <param name="flags">0, or MFD_CLOEXEC and MFD_ALLOW_SEALING combined.</param>
    /// <returns>The descriptor, or -1: EINVAL, EMFILE, ENFILE, ENOMEM.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/memfd_create.2.html">memfd_create(2)</seealso>
    [LibraryImport(LibraryName, SetLastError = true, StringMarshallingCustomType = typeof(NativeTextMarshaller))]
    [UnsupportedOSPlatform("macos")]
    public static partial int memfd_create(string name, uint flags);

    /// <summary><c>shm_open(3)</c>: opens or creates shared memory by a name.</summary>
    /// <remarks>Not called on Linux, because an old glibc has it in another library.</remarks>
    [SupportedOSPlatform("macos")]
    internal static int shm_open(string name, int oflag, uint mode) =>
        VariadicOnStack ? shm_open_stack(name, oflag, 0, 0, 0, 0, 0, 0, mode) : shm_open_register(name, oflag, mode);

    [LibraryImport(LibraryName, SetLastError = true, StringMarshallingCustomType = typeof(NativeTextMarshaller))]
    [SupportedOSPlatform("macos")]
    internal static partial int shm_unlink(string name);

    [LibraryImport(LibraryName, EntryPoint = "shm_open", SetLastError = true, StringMarshallingCustomType = typeof(NativeTextMarshaller))]
    private static partial int shm_open_register(string name, int oflag, uint mode);

    [LibraryImport(LibraryName, EntryPoint = "shm_open", SetLastError = true, StringMarshallingCustomType = typeof(NativeTextMarshaller))]
    private static partial int shm_open_stack(string name, int oflag, nint x2, nint x3, nint x4, nint x5, nint x6, nint x7, nuint mode);
}
