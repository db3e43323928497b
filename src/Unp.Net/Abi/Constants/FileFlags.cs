using static Unp.Net.Abi.Constant;

namespace Unp.Net;

// Flags of open and of a descriptor (O_*), of the ...at calls (AT_*), and the modes of access.
// The columns: Linux, macOS, FreeBSD.
public static partial class Libc
{
    /// <summary>Open for reading.</summary>
    public const int O_RDONLY = 0x0;

    /// <summary>Open for writing.</summary>
    public const int O_WRONLY = 0x1;

    /// <summary>Open for both.</summary>
    public const int O_RDWR = 0x2;

    /// <summary>
    /// Mask of the three modes above in the result of <see cref="F_GETFL"/>. musl's mask also contains <see cref="O_PATH"/>.
    /// </summary>
    public const int O_ACCMODE = 0x3;

    /// <summary>Each write goes to the end of the file.</summary>
    public static int O_APPEND => Of(0x400, 0x8, 0x8);

    /// <summary>Create the file if it does not exist.</summary>
    public static int O_CREAT => Of(0x40, 0x200, 0x200);

    /// <summary>With <see cref="O_CREAT"/>: fail if the file exists.</summary>
    public static int O_EXCL => Of(0x80, 0x800, 0x800);

    /// <summary>Truncate the file to length 0.</summary>
    public static int O_TRUNC => Of(0x200, 0x400, 0x400);

    /// <summary>A terminal does not become the process's controlling one.</summary>
    public static int O_NOCTTY => Of(0x100, 0x20000, 0x8000);

    /// <summary>Calls on the descriptor fail with <see cref="Errno.EAGAIN"/> instead of waiting.</summary>
    public static int O_NONBLOCK => Of(0x800, 0x4, 0x4);

    /// <summary>System V's name of <see cref="O_NONBLOCK"/>.</summary>
    public static int O_NDELAY => Of(0x800, 0x4, 0x4);

    /// <summary>Each write returns after the data and the file's metadata are on the disk.</summary>
    public static int O_SYNC => Of(0x101000, 0x80, 0x80);

    /// <summary>BSD's name of <see cref="O_SYNC"/>. Not in musl.</summary>
    public static int O_FSYNC => Of(0x101000, 0x80, 0x80);

    /// <summary>Each write returns after the data is on the disk.</summary>
    public static int O_DSYNC => Of(0x1000, 0x400000, 0x1000000);

    /// <summary>Reads wait for pending writes too; the same as <see cref="O_SYNC"/>. Linux only.</summary>
    public static int O_RSYNC => Of(0x101000, Absent, Absent);

    /// <summary>The owner (<see cref="F_SETOWN"/>) gets a signal when the descriptor becomes readable or writable.</summary>
    public static int O_ASYNC => Of(0x2000, 0x40, 0x40);

    /// <summary>The descriptor is closed in a program started by <c>exec</c>.</summary>
    public static int O_CLOEXEC => Of(0x80000, 0x1000000, 0x100000);

    /// <summary>Fail unless it is a directory.</summary>
    public static int O_DIRECTORY => Of(ByArchitecture(0x10000, 0x4000), 0x100000, 0x20000);

    /// <summary>Fail if the last part of the path is a symbolic link.</summary>
    public static int O_NOFOLLOW => Of(ByArchitecture(0x20000, 0x8000), 0x100, 0x100);

    /// <summary>Bypass the page cache; for a pipe, use packets. Not on macOS.</summary>
    public static int O_DIRECT => Of(ByArchitecture(0x4000, 0x10000), Absent, 0x10000);

    /// <summary>A descriptor that only identifies the file, without opening it for reading or writing. Not on macOS.</summary>
    public static int O_PATH => Of(0x200000, Absent, 0x400000);

    /// <summary>A file without name in the given directory. Linux only.</summary>
    public static int O_TMPFILE => Of(ByArchitecture(0x410000, 0x404000), Absent, Absent);

    /// <summary>Reading does not change the access time. Only for the file's owner. Linux only.</summary>
    public static int O_NOATIME => Of(0x40000, Absent, Absent);

    /// <summary>Take a shared <c>flock</c> when opening. Not on Linux.</summary>
    public static int O_SHLOCK => Of(Absent, 0x10, 0x10);

    /// <summary>Take an exclusive <c>flock</c> when opening. Not on Linux.</summary>
    public static int O_EXLOCK => Of(Absent, 0x20, 0x20);

    /// <summary>For event notification only: does not keep a volume from being unmounted. macOS only.</summary>
    public static int O_EVTONLY => Of(Absent, 0x8000, Absent);

    /// <summary>Open the symbolic link itself. macOS only.</summary>
    public static int O_SYMLINK => Of(Absent, 0x200000, Absent);

    /// <summary>Fail if any part of the path is a symbolic link. macOS only.</summary>
    public static int O_NOFOLLOW_ANY => Of(Absent, 0x20000000, Absent);

    /// <summary>Fail if the path leaves the starting directory. FreeBSD only.</summary>
    public static int O_RESOLVE_BENEATH => Of(Absent, Absent, 0x800000);

    /// <summary><c>openat2</c>: fail with EXDEV if the path or a symbolic link in it leaves the starting directory. Linux only.</summary>
    public static int RESOLVE_BENEATH => Of(0x8, Absent, Absent);

    /// <summary><c>openat2</c>: the links in /proc that lead to a process's files are not followed. Linux only.</summary>
    public static int RESOLVE_NO_MAGICLINKS => Of(0x2, Absent, Absent);

    /// <summary><c>openat2</c>: no symbolic link is followed. Linux only.</summary>
    public static int RESOLVE_NO_SYMLINKS => Of(0x4, Absent, Absent);

    /// <summary><c>openat2</c>: fail with EXDEV if the path enters another file system. Linux only.</summary>
    public static int RESOLVE_NO_XDEV => Of(0x1, Absent, Absent);

    /// <summary><c>openat2</c>: the starting directory is the root, as with <c>chroot</c>. Linux only.</summary>
    public static int RESOLVE_IN_ROOT => Of(0x10, Absent, Absent);

    /// <summary><c>openat2</c>: fail with EAGAIN rather than wait for the disk. Linux only.</summary>
    public static int RESOLVE_CACHED => Of(0x20, Absent, Absent);

    /// <summary>Check the file's signature, if the kernel supports it. FreeBSD only.</summary>
    public static int O_VERIFY => Of(Absent, Absent, 0x200000);

    /// <summary>Reset a terminal to its default settings. FreeBSD only.</summary>
    public static int O_TTY_INIT => Of(Absent, Absent, 0x80000);

    /// <summary>Instead of a directory's descriptor: the working directory.</summary>
    public static int AT_FDCWD => Of(-100, -2, -100);

    /// <summary>Use the symbolic link itself, not its target.</summary>
    public static int AT_SYMLINK_NOFOLLOW => Of(0x100, 0x20, 0x200);

    /// <summary>Use the target of the symbolic link, for <c>linkat</c>, which by default does not follow it.</summary>
    public static int AT_SYMLINK_FOLLOW => Of(0x400, 0x40, 0x400);

    /// <summary><c>unlinkat</c> removes a directory.</summary>
    public static int AT_REMOVEDIR => Of(0x200, 0x80, 0x800);

    /// <summary><c>faccessat</c> checks with the effective user and group.</summary>
    public static int AT_EACCESS => Of(0x200, 0x10, 0x100);

    /// <summary>An empty path means the descriptor's own file. Not on macOS.</summary>
    public static int AT_EMPTY_PATH => Of(0x1000, Absent, 0x4000);

    /// <summary><c>access</c>: does the file exist?</summary>
    public const int F_OK = 0;

    /// <summary><c>access</c>: may it be read?</summary>
    public const int R_OK = 4;

    /// <summary><c>access</c>: may it be written?</summary>
    public const int W_OK = 2;

    /// <summary><c>access</c>: may it be executed (a directory: searched)?</summary>
    public const int X_OK = 1;

    /// <summary>Descriptor of standard input.</summary>
    public const int STDIN_FILENO = 0;

    /// <summary>Descriptor of standard output.</summary>
    public const int STDOUT_FILENO = 1;

    /// <summary>Descriptor of standard error.</summary>
    public const int STDERR_FILENO = 2;

    /// <summary><c>lseek</c>: from the beginning of the file.</summary>
    public const int SEEK_SET = 0;

    /// <summary><c>lseek</c>: from the file's position.</summary>
    public const int SEEK_CUR = 1;

    /// <summary><c>lseek</c>: from the end of the file.</summary>
    public const int SEEK_END = 2;
}
