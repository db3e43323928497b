using static Unp.Net.Abi.Constant;

namespace Unp.Net;

// Flags of the calls that create descriptors of counters, timers, sets of signals and processes. (eventfd(2), timerfd_create(2),
// signalfd(2),
// pidfd_open(2))
// The columns: Linux, macOS, FreeBSD.
public static partial class Libc
{
    /// <summary><c>eventfd</c>: a read subtracts 1 from the counter instead of resetting it. FreeBSD 13. Not on macOS.</summary>
    public static int EFD_SEMAPHORE => Of(0x1, Absent, 0x1);

    /// <summary><c>eventfd</c>: the descriptor is closed in a program started by <c>exec</c>. Not on macOS.</summary>
    public static int EFD_CLOEXEC => Of(0x80000, Absent, 0x100000);

    /// <summary><c>eventfd</c>: calls on the descriptor fail with EAGAIN instead of waiting. Not on macOS.</summary>
    public static int EFD_NONBLOCK => Of(0x800, Absent, 0x4);

    /// <summary>
    /// <c>timerfd_create</c>: the descriptor is closed in a program started by <c>exec</c>. FreeBSD 14. Not on macOS.
    /// </summary>
    public static int TFD_CLOEXEC => Of(0x80000, Absent, 0x100000);

    /// <summary><c>timerfd_create</c>: calls on the descriptor fail with EAGAIN instead of waiting. Not on macOS.</summary>
    public static int TFD_NONBLOCK => Of(0x800, Absent, 0x4);

    /// <summary><c>timerfd_settime</c>: the time is an absolute time of the clock, not relative to now. Not on macOS.</summary>
    public static int TFD_TIMER_ABSTIME => Of(0x1, Absent, 0x1);

    /// <summary><c>timerfd_settime</c>: a read fails with ECANCELED when the clock is set. Not on macOS.</summary>
    public static int TFD_TIMER_CANCEL_ON_SET => Of(0x2, Absent, 0x2);

    /// <summary><c>signalfd</c>: the descriptor is closed in a program started by <c>exec</c>. Linux only.</summary>
    public static int SFD_CLOEXEC => Of(0x80000, Absent, Absent);

    /// <summary><c>signalfd</c>: calls on the descriptor fail with EAGAIN instead of waiting. Linux only.</summary>
    public static int SFD_NONBLOCK => Of(0x800, Absent, Absent);

    /// <summary><c>pidfd_open</c>: waiting for the process by <c>waitid</c> fails with EAGAIN while it runs. Linux 5.10 only.</summary>
    public static int PIDFD_NONBLOCK => Of(0x800, Absent, Absent);
}
