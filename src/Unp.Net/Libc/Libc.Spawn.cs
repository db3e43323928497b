using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Unp.Net;

// <spawn.h>. These functions return the error instead of setting errno. Libunp.Spawn uses them.
public static unsafe partial class Libc
{
    /// <summary><c>posix_spawn(3)</c>: starts a program in a child process.</summary>
    /// <param name="pid">Receives the child.</param>
    /// <param name="path">The program's file, NUL-terminated; PATH is not searched.</param>
    /// <param name="file_actions">The actions on descriptors in the child, or null.</param>
    /// <param name="attrp">The attributes: signals, session..., or null.</param>
    /// <param name="argv">The arguments, each NUL-terminated, and a null pointer.</param>
    /// <param name="envp">The environment, each <c>NAME=value</c>, and a null pointer.</param>
    /// <returns>0, or an errno: ENOENT, EACCES, ENOEXEC, E2BIG, EBADF, EAGAIN, ENOMEM. After an error there is no child.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man3/posix_spawn.3.html">posix_spawn(3)</seealso>
    [LibraryImport(LibraryName)]
    public static partial int posix_spawn(
        int* pid, byte* path, posix_spawn_file_actions_t* file_actions, posix_spawnattr_t* attrp, byte** argv, byte** envp);

    /// <summary>
    /// <c>posix_spawnattr_init(3)</c>: creates attributes, none of which is set. Free them with <see cref="posix_spawnattr_destroy"/>.
    /// </summary>
    /// <returns>0, or an errno: ENOMEM.</returns>
    /// <seealso href="https://man.freebsd.org/cgi/man.cgi?query=posix_spawnattr_init&amp;sektion=3">posix_spawnattr_init(3)</seealso>
    [LibraryImport(LibraryName)]
    public static partial int posix_spawnattr_init(posix_spawnattr_t* attr);

    /// <summary><c>posix_spawnattr_destroy(3)</c>: frees the attributes of <see cref="posix_spawnattr_init"/>.</summary>
    /// <returns>0.</returns>
    /// <seealso href="https://man.freebsd.org/cgi/man.cgi?query=posix_spawnattr_destroy&amp;sektion=3">posix_spawnattr_destroy(3)</seealso>
    [LibraryImport(LibraryName)]
    public static partial int posix_spawnattr_destroy(posix_spawnattr_t* attr);

    /// <summary><c>posix_spawnattr_setflags(3)</c>: selects the effective attributes, POSIX_SPAWN_* combined.</summary>
    /// <returns>0, or an errno: EINVAL.</returns>
    /// <seealso href="https://man.freebsd.org/cgi/man.cgi?query=posix_spawnattr_setflags&amp;sektion=3">
    /// posix_spawnattr_setflags(3)
    /// </seealso>
    [LibraryImport(LibraryName)]
    public static partial int posix_spawnattr_setflags(posix_spawnattr_t* attr, short flags);

    /// <summary><c>posix_spawnattr_setpgroup(3)</c>: sets the process group; 0: a new one.</summary>
    /// <returns>0.</returns>
    /// <seealso href="https://man.freebsd.org/cgi/man.cgi?query=posix_spawnattr_setpgroup&amp;sektion=3">
    /// posix_spawnattr_setpgroup(3)
    /// </seealso>
    [LibraryImport(LibraryName)]
    public static partial int posix_spawnattr_setpgroup(posix_spawnattr_t* attr, int pgroup);

    /// <summary><c>posix_spawnattr_setsigmask(3)</c>: sets the signals that are blocked.</summary>
    /// <returns>0.</returns>
    /// <seealso href="https://man.freebsd.org/cgi/man.cgi?query=posix_spawnattr_setsigmask&amp;sektion=3">
    /// posix_spawnattr_setsigmask(3)
    /// </seealso>
    [LibraryImport(LibraryName)]
    public static partial int posix_spawnattr_setsigmask(posix_spawnattr_t* attr, SigSet* sigmask);

    /// <summary><c>posix_spawnattr_setsigdefault(3)</c>: sets the signals that get their default action.</summary>
    /// <returns>0.</returns>
    /// <seealso href="https://man.freebsd.org/cgi/man.cgi?query=posix_spawnattr_setsigdefault&amp;sektion=3">
    /// posix_spawnattr_setsigdefault(3)
    /// </seealso>
    [LibraryImport(LibraryName)]
    public static partial int posix_spawnattr_setsigdefault(posix_spawnattr_t* attr, SigSet* sigdefault);

    /// <summary>
    /// <c>posix_spawn_file_actions_init(3)</c>: creates an empty list of actions. Free it with
    /// <see cref="posix_spawn_file_actions_destroy"/>.
    /// </summary>
    /// <returns>0, or an errno: ENOMEM.</returns>
    /// <seealso href="https://man.freebsd.org/cgi/man.cgi?query=posix_spawn_file_actions_init&amp;sektion=3">
    /// posix_spawn_file_actions_init(3)
    /// </seealso>
    [LibraryImport(LibraryName)]
    public static partial int posix_spawn_file_actions_init(posix_spawn_file_actions_t* actions);

    /// <summary><c>posix_spawn_file_actions_destroy(3)</c>: frees the list of actions.</summary>
    /// <returns>0.</returns>
    /// <seealso href="https://man.freebsd.org/cgi/man.cgi?query=posix_spawn_file_actions_destroy&amp;sektion=3">
    /// posix_spawn_file_actions_destroy(3)
    /// </seealso>
    [LibraryImport(LibraryName)]
    public static partial int posix_spawn_file_actions_destroy(posix_spawn_file_actions_t* actions);

    /// <summary><c>posix_spawn_file_actions_adddup2(3)</c>: adds a dup2. If the numbers are equal, it clears close-on-exec.</summary>
    /// <returns>0, or an errno: EBADF (beyond the limit of descriptors), ENOMEM.</returns>
    /// <seealso href="https://man.freebsd.org/cgi/man.cgi?query=posix_spawn_file_actions_addopen&amp;sektion=3">
    /// posix_spawn_file_actions_addopen(3)
    /// </seealso>
    [LibraryImport(LibraryName)]
    public static partial int posix_spawn_file_actions_adddup2(posix_spawn_file_actions_t* actions, int fd, int newfd);

    /// <summary><c>posix_spawn_file_actions_addopen(3)</c>: adds an open under a given number, which is closed first.</summary>
    /// <param name="actions">The actions.</param>
    /// <param name="fd">The number of the descriptor.</param>
    /// <param name="path">The file, NUL-terminated.</param>
    /// <param name="oflag">As in <see cref="open"/>.</param>
    /// <param name="mode">As in <see cref="open"/>.</param>
    /// <returns>0, or an errno: EBADF (beyond the limit of descriptors), ENOMEM.</returns>
    /// <seealso href="https://man.freebsd.org/cgi/man.cgi?query=posix_spawn_file_actions_addopen&amp;sektion=3">
    /// posix_spawn_file_actions_addopen(3)
    /// </seealso>
    [LibraryImport(LibraryName)]
    public static partial int posix_spawn_file_actions_addopen(
        posix_spawn_file_actions_t* actions, int fd, byte* path, int oflag, uint mode);

    /// <summary><c>posix_spawn_file_actions_addclose(3)</c>: adds a close. It is not an error if the descriptor is not open.</summary>
    /// <returns>0, or an errno: EBADF (beyond the limit of descriptors), ENOMEM.</returns>
    /// <seealso href="https://man.freebsd.org/cgi/man.cgi?query=posix_spawn_file_actions_addopen&amp;sektion=3">
    /// posix_spawn_file_actions_addopen(3)
    /// </seealso>
    [LibraryImport(LibraryName)]
    public static partial int posix_spawn_file_actions_addclose(posix_spawn_file_actions_t* actions, int fd);

    /// <summary><c>posix_spawn_file_actions_addclosefrom_np(3)</c>: adds a close of this descriptor and all higher ones.</summary>
    /// <remarks>glibc 2.34, FreeBSD 13.1; not in musl.</remarks>
    /// <returns>0, or an errno: EBADF, ENOMEM.</returns>
    /// <seealso href="https://man.freebsd.org/cgi/man.cgi?query=posix_spawn_file_actions_addopen&amp;sektion=3">
    /// posix_spawn_file_actions_addopen(3)
    /// </seealso>
    [LibraryImport(LibraryName)]
    [UnsupportedOSPlatform("macos")]
    public static partial int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t* actions, int from);

    /// <summary>
    /// <c>posix_spawn_file_actions_addinherit_np(3)</c>: makes the child inherit this descriptor despite POSIX_SPAWN_CLOEXEC_DEFAULT.
    /// </summary>
    /// <returns>0, or an errno: EBADF, ENOMEM.</returns>
    /// <seealso href="https://www.unix.com/man-page/osx/3/posix_spawn_file_actions_addclose">
    /// posix_spawn_file_actions_addclose(3)
    /// </seealso>
    [LibraryImport(LibraryName)]
    [SupportedOSPlatform("macos")]
    public static partial int posix_spawn_file_actions_addinherit_np(posix_spawn_file_actions_t* actions, int fd);

    /// <summary>
    /// <c>posix_spawn_file_actions_addchdir_np(3)</c>: adds a change of the working directory. The path is NUL-terminated.
    /// </summary>
    /// <remarks>glibc 2.29, musl 1.1.24, macOS 10.15, FreeBSD 13.1.</remarks>
    /// <returns>0, or an errno: ENOMEM.</returns>
    /// <seealso href="https://man.freebsd.org/cgi/man.cgi?query=posix_spawn_file_actions_addopen&amp;sektion=3">
    /// posix_spawn_file_actions_addopen(3)
    /// </seealso>
    [LibraryImport(LibraryName)]
    public static partial int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t* actions, byte* path);
}
