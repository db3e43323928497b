using static Unp.Net.Abi.Constant;

namespace Unp.Net;

// Flags of mmap and memfd_create. (mmap(2), memfd_create(2))
// The columns: Linux, macOS, FreeBSD.
public static partial class Libc
{
    /// <summary><c>mmap</c>: no access.</summary>
    public const int PROT_NONE = 0;

    /// <summary><c>mmap</c>: the pages can be read.</summary>
    public const int PROT_READ = 1;

    /// <summary><c>mmap</c>: the pages can be written.</summary>
    public const int PROT_WRITE = 2;

    /// <summary><c>mmap</c>: the pages can be executed.</summary>
    public const int PROT_EXEC = 4;

    /// <summary><c>mmap</c>: writes are visible in all mappings of the same file, and reach the file.</summary>
    public const int MAP_SHARED = 1;

    /// <summary><c>mmap</c>: writes go to a private copy of this process.</summary>
    public const int MAP_PRIVATE = 2;

    /// <summary><c>mmap</c>: map at exactly this address, and replace existing mappings there.</summary>
    public const int MAP_FIXED = 0x10;

    /// <summary><c>mmap</c>: map zeroed memory instead of a file.</summary>
    public static int MAP_ANONYMOUS => Of(0x20, 0x1000, 0x1000);

    /// <summary><c>memfd_create</c>: the descriptor is close-on-exec. Not on macOS.</summary>
    public static int MFD_CLOEXEC => Of(1, Absent, 1);

    /// <summary><c>memfd_create</c>: F_ADD_SEALS is allowed. Not on macOS.</summary>
    public static int MFD_ALLOW_SEALING => Of(2, Absent, 2);
}
