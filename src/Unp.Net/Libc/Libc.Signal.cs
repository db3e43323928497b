using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Unp.Net;

// <signal.h>, <sys/signalfd.h>, and the calls of <unistd.h> that are about threads.
public static unsafe partial class Libc
{
    /// <summary><c>kill(2)</c>: sends a signal to a process (positive), a process group (0: the caller's, or negative) or all (-1).</summary>
    /// <param name="pid">The process or group.</param>
    /// <param name="sig">The signal, or 0 to find out whether there is such a process.</param>
    /// <returns>0, or -1: ESRCH, EPERM, EINVAL.</returns>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int kill(int pid, int sig);

    /// <summary><c>tgkill(2)</c>: sends a signal to one thread of a process.</summary>
    /// <param name="tgid">The process.</param>
    /// <param name="tid">The thread, by its <see cref="gettid"/>.</param>
    /// <param name="sig">The signal, or 0 to find out whether there is such a thread.</param>
    /// <returns>0, or -1: ESRCH, EPERM, EINVAL, EAGAIN (a real-time signal, and RLIMIT_SIGPENDING is reached).</returns>
    [SupportedOSPlatform("linux")]
    public static int tgkill(int tgid, int tid, int sig) => (int)syscall(Abi.Target.IsArm64 ? 131 : 234, tgid, tid, sig, 0);

    /// <summary><c>gettid(2)</c>: the kernel's number of this thread, which only that of the main thread shares with the process.</summary>
    [SupportedOSPlatform("linux")]
    public static int gettid() => (int)syscall(Abi.Target.IsArm64 ? 178 : 186, 0, 0, 0, 0);

    /// <summary><c>pthread_self(3)</c>: this thread, for <see cref="pthread_kill"/>.</summary>
    [LibraryImport(LibraryName)]
    internal static partial nint pthread_self();

    /// <summary><c>pthread_kill(3)</c>: sends a signal to a thread of this process. Not called on Linux, where an old glibc has it in another library.</summary>
    [LibraryImport(LibraryName)]
    internal static partial int pthread_kill(nint thread, int sig);

    /// <summary>
    /// <c>pthread_sigmask(3)</c>: reads or changes the signals that this thread blocks. It belongs to the thread of the system, which the thread pool
    /// hands to others: change it in a thread of your own. Threads that this one starts inherit it, processes too.
    /// </summary>
    /// <param name="how">SIG_BLOCK, SIG_UNBLOCK or SIG_SETMASK.</param>
    /// <param name="set">The signals, or null to leave the mask as it is.</param>
    /// <param name="oldset">Gets the mask from before, or null.</param>
    /// <returns>0 or the error itself, not -1: EINVAL.</returns>
    public static int pthread_sigmask(int how, SigSet* set, SigSet* oldset)
    {
        // glibc had this in libpthread before 2.32. Linux knows no mask but a thread's, so that the older function does the same there.
        if (!Abi.Target.IsLinux)
            return pthread_sigmask_bsd(how, set, oldset);
        return sigprocmask(how, set, oldset) == 0 ? 0 : Marshal.GetLastSystemError();
    }

    /// <summary><c>sigpending(2)</c>: the signals that wait for this thread, or for the process, because they are blocked.</summary>
    /// <returns>0, or -1: EFAULT.</returns>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int sigpending(SigSet* set);

    /// <summary><c>sigwait(3)</c>: takes a pending signal, waiting for one. It has to be blocked in this thread.</summary>
    /// <param name="set">The signals to wait for.</param>
    /// <param name="sig">Gets the signal.</param>
    /// <returns>0 or the error itself, not -1: EINVAL; EINTR on musl.</returns>
    [LibraryImport(LibraryName)]
    public static partial int sigwait(SigSet* set, int* sig);

    /// <summary><c>sigwaitinfo(2)</c>: as sigwait, and tells more about the signal. Not on macOS.</summary>
    /// <param name="set">The signals to wait for.</param>
    /// <param name="info">Gets what is known of the signal, or null.</param>
    /// <returns>The signal, or -1: EINTR (another signal was handled), EINVAL.</returns>
    [LibraryImport(LibraryName, SetLastError = true)]
    [UnsupportedOSPlatform("macos")]
    public static partial int sigwaitinfo(SigSet* set, siginfo_t* info);

    /// <summary><c>sigtimedwait(2)</c>: as sigwaitinfo, with a time-out. Not on macOS.</summary>
    /// <param name="set">The signals to wait for.</param>
    /// <param name="info">Gets what is known of the signal, or null.</param>
    /// <param name="timeout">The longest wait; null waits for ever.</param>
    /// <returns>The signal, or -1: EAGAIN (the time ran out), EINTR (another signal was handled), EINVAL.</returns>
    [LibraryImport(LibraryName, SetLastError = true)]
    [UnsupportedOSPlatform("macos")]
    public static partial int sigtimedwait(SigSet* set, siginfo_t* info, timespec* timeout);

    /// <summary><c>signalfd(2)</c>: a descriptor from which the pending signals of the reading thread, and of the process, are read.</summary>
    /// <param name="fd">-1 for a new descriptor, or one whose signals are to be others.</param>
    /// <param name="mask">The signals. They have to be blocked, or their action takes them.</param>
    /// <param name="flags">0, or SFD_CLOEXEC and SFD_NONBLOCK ored.</param>
    /// <returns>The descriptor, or -1: EINVAL, EBADF, EMFILE, ENFILE, ENODEV, ENOMEM.</returns>
    [LibraryImport(LibraryName, SetLastError = true)]
    [SupportedOSPlatform("linux")]
    public static partial int signalfd(int fd, SigSet* mask, int flags);

    /// <inheritdoc cref="signalfd(int, SigSet*, int)"/>
    [LibraryImport(LibraryName, SetLastError = true)]
    [SupportedOSPlatform("linux")]
    public static partial int signalfd(SafeHandle fd, SigSet* mask, int flags);

    [LibraryImport(LibraryName, EntryPoint = "pthread_sigmask")]
    private static partial int pthread_sigmask_bsd(int how, SigSet* set, SigSet* oldset);

    [LibraryImport(LibraryName)]
    private static partial int sigprocmask(int how, SigSet* set, SigSet* oldset);

    // For calls that not every C library in use has a function for.
    [LibraryImport(LibraryName, SetLastError = true)]
    private static partial nint syscall(nint number, nint first, nint second, nint third, nint fourth);

    [LibraryImport(LibraryName, SetLastError = true)]
    private static partial nint syscall(nint number, SafeHandle first, nint second, nint third, nint fourth);
}
