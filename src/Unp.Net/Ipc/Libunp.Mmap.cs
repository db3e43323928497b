using System.Runtime.InteropServices;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

public static unsafe partial class Libunp
{
    /// <summary>Maps a file, shared memory or zeros into this process (figures 30.14 and 30.19, <c>mmap(2)</c>).</summary>
    /// <param name="length">
    /// The number of bytes, at least 1. Bytes beyond the end of a file can be mapped, but an access to them raises SIGBUS.
    /// </param>
    /// <param name="prot">A combination of PROT_READ and PROT_WRITE.</param>
    /// <param name="flags">MAP_SHARED or MAP_PRIVATE, combined with MAP_ANONYMOUS if there is no descriptor.</param>
    /// <param name="fd">The file, which may be closed afterwards; null with MAP_ANONYMOUS.</param>
    /// <param name="offset">The position in the file of the first byte, a multiple of the page size.</param>
    /// <exception cref="UnpException">
    /// EACCES (the file is not open for the access), EBADF, EINVAL, ENODEV (the file cannot be mapped), ENOMEM.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is less than 1.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/mmap.2.html">mmap(2)</seealso>
    public static MappedMemory Mmap(long length, int prot, int flags, SafeHandle? fd = null, long offset = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        if (fd is not null)
            Check(fd);
        void* address = fd is null
            ? mmap(null, (nuint)length, prot, flags, -1, offset)
            : mmap(null, (nuint)length, prot, flags, fd, offset);
        return (nint)address != -1 ? new MappedMemory(address, length) : throw Failed("mmap", $"{length} bytes");
    }

    /// <summary>Creates unnamed shared memory: a descriptor to map by <see cref="Mmap"/> with MAP_SHARED.</summary>
    /// <remarks>
    /// The process maps it, and so does each process that the descriptor is passed to. The book maps /dev/zero or anonymous memory before
    /// it forks (UNP 30.6). A child of a managed process begins with exec, which would drop such mappings.
    /// </remarks>
    /// <param name="length">The number of bytes, at least 1. All are zero.</param>
    /// <exception cref="UnpException">EMFILE, ENFILE, ENOMEM.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is less than 1.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/memfd_create.2.html">memfd_create(2)</seealso>
    public static Fd SharedMemory(long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        Fd fd = Target.IsMacOS ? OpenNameless()
            : memfd_create("unp", (uint)MFD_CLOEXEC) is >= 0 and int memfd ? new Fd(memfd)
            : throw Failed("memfd_create");
        int result;
        do
            result = ftruncate(fd, length);
        while (Interrupted(result));
        if (result == 0)
            return fd;
        UnpException failure = Failed("ftruncate", $"{length} bytes");
        fd.Dispose();
        throw failure;
    }

    [System.Runtime.Versioning.SupportedOSPlatform("macos")]
    static Fd OpenNameless()
    {
        string name = $"/unp.{Guid.NewGuid():N}"[..30];
        int fd = shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0x180);
        if (fd < 0)
            throw Failed("shm_open", name);
        _ = shm_unlink(name);
        return Own(fd);
    }
}
