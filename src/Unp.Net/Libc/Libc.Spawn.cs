using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Unp.Net;

// <spawn.h>. These functions return the error instead of leaving it in errno. Libunp.Spawn is made of them.
public static unsafe partial class Libc
{
    /// <summary><c>posix_spawn(3)</c>: starts a program in a child process.</summary>
    /// <param name="pid">The child.</param>
    /// <param name="path">The program's file, NUL-terminated; PATH is not searched.</param>
    /// <param name="file_actions">What the child does with its descriptors, or null.</param>
    /// <param name="attrp">Signals, session and the like, or null.</param>
    /// <param name="argv">The arguments, each NUL-terminated, and a null pointer.</param>
    /// <param name="envp">The environment, <c>NAME=value</c> each, and a null pointer.</param>
    /// <returns>0, or an errno: ENOENT, EACCES, ENOEXEC, E2BIG, EBADF, EAGAIN, ENOMEM. Then there is no child.</returns>
    [LibraryImport(LibraryName)]
    public static partial int posix_spawn(
        int* pid, byte* path, posix_spawn_file_actions_t* file_actions, posix_spawnattr_t* attrp, byte** argv, byte** envp);

    /// <summary><c>posix_spawnattr_init(3)</c>: no attribute is set; to be followed by <see cref="posix_spawnattr_destroy"/>.</summary>
    /// <returns>0, or an errno: ENOMEM.</returns>
    [LibraryImport(LibraryName)]
    public static partial int posix_spawnattr_init(posix_spawnattr_t* attr);

    /// <summary><c>posix_spawnattr_destroy(3)</c>: frees what <see cref="posix_spawnattr_init"/> took.</summary>
    /// <returns>0.</returns>
    [LibraryImport(LibraryName)]
    public static partial int posix_spawnattr_destroy(posix_spawnattr_t* attr);

    /// <summary><c>posix_spawnattr_setflags(3)</c>: which attributes count, POSIX_SPAWN_* ored.</summary>
    /// <returns>0, or an errno: EINVAL.</returns>
    [LibraryImport(LibraryName)]
    public static partial int posix_spawnattr_setflags(posix_spawnattr_t* attr, short flags);

    /// <summary><c>posix_spawnattr_setpgroup(3)</c>: the process group; 0: one of its own.</summary>
    /// <returns>0.</returns>
    [LibraryImport(LibraryName)]
    public static partial int posix_spawnattr_setpgroup(posix_spawnattr_t* attr, int pgroup);

    /// <summary><c>posix_spawnattr_setsigmask(3)</c>: the signals that are blocked.</summary>
    /// <returns>0.</returns>
    [LibraryImport(LibraryName)]
    public static partial int posix_spawnattr_setsigmask(posix_spawnattr_t* attr, SigSet* sigmask);

    /// <summary><c>posix_spawnattr_setsigdefault(3)</c>: the signals that get their default action.</summary>
    /// <returns>0.</returns>
    [LibraryImport(LibraryName)]
    public static partial int posix_spawnattr_setsigdefault(posix_spawnattr_t* attr, SigSet* sigdefault);

    /// <summary><c>posix_spawn_file_actions_init(3)</c>: nothing to do yet; to be followed by <see cref="posix_spawn_file_actions_destroy"/>.</summary>
    /// <returns>0, or an errno: ENOMEM.</returns>
    [LibraryImport(LibraryName)]
    public static partial int posix_spawn_file_actions_init(posix_spawn_file_actions_t* actions);

    /// <summary><c>posix_spawn_file_actions_destroy(3)</c>: frees what the other functions took.</summary>
    /// <returns>0.</returns>
    [LibraryImport(LibraryName)]
    public static partial int posix_spawn_file_actions_destroy(posix_spawn_file_actions_t* actions);

    /// <summary><c>posix_spawn_file_actions_adddup2(3)</c>: dup2 in the child; equal numbers: it is no longer close-on-exec.</summary>
    /// <returns>0, or an errno: EBADF (beyond the limit of descriptors), ENOMEM.</returns>
    [LibraryImport(LibraryName)]
    public static partial int posix_spawn_file_actions_adddup2(posix_spawn_file_actions_t* actions, int fd, int newfd);

    /// <summary><c>posix_spawn_file_actions_addopen(3)</c>: open in the child, under a number that is closed before.</summary>
    /// <param name="actions">The actions.</param>
    /// <param name="fd">The number.</param>
    /// <param name="path">The file, NUL-terminated.</param>
    /// <param name="oflag">As of <see cref="open"/>.</param>
    /// <param name="mode">As of <see cref="open"/>.</param>
    /// <returns>0, or an errno: EBADF (beyond the limit of descriptors), ENOMEM.</returns>
    [LibraryImport(LibraryName)]
    public static partial int posix_spawn_file_actions_addopen(posix_spawn_file_actions_t* actions, int fd, byte* path, int oflag, uint mode);

    /// <summary><c>posix_spawn_file_actions_addclose(3)</c>: close in the child; not open is no error.</summary>
    /// <returns>0, or an errno: EBADF (beyond the limit of descriptors), ENOMEM.</returns>
    [LibraryImport(LibraryName)]
    public static partial int posix_spawn_file_actions_addclose(posix_spawn_file_actions_t* actions, int fd);

    /// <summary><c>posix_spawn_file_actions_addclosefrom_np(3)</c>: close this descriptor and all higher ones in the child.</summary>
    /// <remarks>glibc 2.34, FreeBSD 13.1; not in musl.</remarks>
    /// <returns>0, or an errno: EBADF, ENOMEM.</returns>
    [LibraryImport(LibraryName)]
    [UnsupportedOSPlatform("macos")]
    public static partial int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t* actions, int from);

    /// <summary><c>posix_spawn_file_actions_addinherit_np(3)</c>: the child gets this descriptor, whatever POSIX_SPAWN_CLOEXEC_DEFAULT says.</summary>
    /// <returns>0, or an errno: EBADF, ENOMEM.</returns>
    [LibraryImport(LibraryName)]
    [SupportedOSPlatform("macos")]
    public static partial int posix_spawn_file_actions_addinherit_np(posix_spawn_file_actions_t* actions, int fd);

    /// <summary><c>posix_spawn_file_actions_addchdir_np(3)</c>: the child's working directory, NUL-terminated.</summary>
    /// <remarks>glibc 2.29, musl 1.1.24, macOS 10.15, FreeBSD 13.1.</remarks>
    /// <returns>0, or an errno: ENOMEM.</returns>
    [LibraryImport(LibraryName)]
    public static partial int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t* actions, byte* path);
}
