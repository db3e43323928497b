using static Unp.Net.Abi.Constant;

namespace Unp.Net;

// Flags of a posix_spawnattr_t, which select its effective attributes. (posix_spawn(3))
// The columns: Linux, macOS, FreeBSD.
public static partial class Libc
{
    /// <summary>Reset the effective user and group to the real ones.</summary>
    public const int POSIX_SPAWN_RESETIDS = 0x1;

    /// <summary>Use the process group that was set; 0: a new group.</summary>
    public const int POSIX_SPAWN_SETPGROUP = 0x2;

    /// <summary>Reset the signals of the set to their default action.</summary>
    public static int POSIX_SPAWN_SETSIGDEF => Of(0x4, 0x4, 0x10);

    /// <summary>Use the signal mask that was set.</summary>
    public static int POSIX_SPAWN_SETSIGMASK => Of(0x8, 0x8, 0x20);

    /// <summary>Use the scheduling parameters that were set. Not on macOS.</summary>
    public static int POSIX_SPAWN_SETSCHEDPARAM => Of(0x10, Absent, 0x4);

    /// <summary>Use the scheduling policy that was set. Not on macOS.</summary>
    public static int POSIX_SPAWN_SETSCHEDULER => Of(0x20, Absent, 0x8);

    /// <summary>Has no effect: the child always shares memory until it executes. Linux only.</summary>
    public static int POSIX_SPAWN_USEVFORK => Of(0x40, Absent, Absent);

    /// <summary>Start a new session without controlling terminal. Not on FreeBSD.</summary>
    public static int POSIX_SPAWN_SETSID => Of(0x80, 0x400, Absent);

    /// <summary>Replace the calling process, as exec does. macOS only.</summary>
    public static int POSIX_SPAWN_SETEXEC => Of(Absent, 0x40, Absent);

    /// <summary>The child starts stopped. macOS only.</summary>
    public static int POSIX_SPAWN_START_SUSPENDED => Of(Absent, 0x80, Absent);

    /// <summary>Every descriptor that the file actions do not name is closed in the child. macOS only.</summary>
    public static int POSIX_SPAWN_CLOEXEC_DEFAULT => Of(Absent, 0x4000, Absent);
}
