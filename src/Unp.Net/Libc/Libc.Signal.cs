using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Unp.Net;

// <signal.h>, <sys/signalfd.h>, and the calls of <unistd.h> for threads.
public static unsafe partial class Libc
{
    /// <summary><c>kill(2)</c>: sends a signal to a process, a process group or all processes.</summary>
    /// <param name="pid">
    /// A process (positive), a process group (0: the caller's, below -1: its negative number), or all processes (-1).
    /// </param>
    /// <param name="sig">The signal, or 0 to check whether the process exists.</param>
    /// <returns>0, or -1: ESRCH, EPERM, EINVAL.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/kill.2.html">kill(2)</seealso>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int kill(int pid, int sig);

    /// <summary><c>tgkill(2)</c>: sends a signal to one thread of a process.</summary>
    /// <param name="tgid">The process.</param>
    /// <param name="tid">The id of the thread (<see cref="gettid"/>).</param>
    /// <param name="sig">The signal, or 0 to check whether the thread exists.</param>
    /// <returns>0, or -1: ESRCH, EPERM, EINVAL, EAGAIN (a real-time signal beyond RLIMIT_SIGPENDING).</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/tgkill.2.html">tgkill(2)</seealso>
    [SupportedOSPlatform("linux")]
    public static int tgkill(int tgid, int tid, int sig) => (int)syscall(Abi.Target.IsArm64 ? 131 : 234, tgid, tid, sig, 0);

    /// <summary>
    /// <c>gettid(2)</c>: returns the kernel's number of this thread. For the main thread it is the number of the process.
    /// </summary>
    /// <seealso href="https://man7.org/linux/man-pages/man2/gettid.2.html">gettid(2)</seealso>
    [SupportedOSPlatform("linux")]
    public static int gettid() => (int)syscall(Abi.Target.IsArm64 ? 178 : 186, 0, 0, 0, 0);

    /// <summary><c>pthread_self(3)</c>: returns this thread, for <see cref="pthread_kill"/>.</summary>
    [LibraryImport(LibraryName)]
    internal static partial nint pthread_self();

    /// <summary>
    /// <c>pthread_kill(3)</c>: sends a signal to a thread of this process. Not called on Linux, because an old glibc has it in another
    /// library.
    /// </summary>
    [LibraryImport(LibraryName)]
    internal static partial int pthread_kill(nint thread, int sig);

    /// <summary>
    /// <c>pthread_sigmask(3)</c>: reads or changes the signals that this thread blocks. The mask belongs to the native thread, which the
    /// thread
    /// pool reuses for other work, so change it only in a thread of your own. New threads and processes inherit it.
    /// </summary>
    /// <param name="how">SIG_BLOCK, SIG_UNBLOCK or SIG_SETMASK.</param>
    /// <param name="set">The signals, or null to leave the mask as it is.</param>
    /// <param name="oldset">Receives the previous mask, or null.</param>
    /// <returns>0 or the error itself, not -1: EINVAL.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man3/pthread_sigmask.3.html">pthread_sigmask(3)</seealso>
    public static int pthread_sigmask(int how, SigSet* set, SigSet* oldset)
    {
        // glibc had this in libpthread before 2.32. On Linux every mask belongs to a thread, so the older function does the same there.
        if (!Abi.Target.IsLinux)
            return pthread_sigmask_bsd(how, set, oldset);
        return sigprocmask(how, set, oldset) == 0 ? 0 : Marshal.GetLastSystemError();
    }

    /// <summary><c>sigpending(2)</c>: reads the blocked signals that are pending for this thread or the process.</summary>
    /// <returns>0, or -1: EFAULT.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/sigpending.2.html">sigpending(2)</seealso>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int sigpending(SigSet* set);

    /// <summary><c>sigsuspend(2)</c>: replaces the signal mask of this thread and waits for a handled signal, in one step.</summary>
    /// <param name="mask">The signals that are blocked during the wait. Afterwards the thread has its previous mask again.</param>
    /// <returns>-1: EINTR after a handler has run, its only success.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/sigsuspend.2.html">sigsuspend(2)</seealso>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int sigsuspend(SigSet* mask);

    /// <summary><c>sigwait(3)</c>: waits for a signal and accepts it. The signal must be blocked in this thread.</summary>
    /// <param name="set">The signals to wait for.</param>
    /// <param name="sig">Receives the signal.</param>
    /// <returns>0 or the error itself, not -1: EINVAL; EINTR on musl.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man3/sigwait.3.html">sigwait(3)</seealso>
    [LibraryImport(LibraryName)]
    public static partial int sigwait(SigSet* set, int* sig);

    /// <summary><c>sigwaitinfo(2)</c>: like sigwait, with more information about the signal. Not on macOS.</summary>
    /// <param name="set">The signals to wait for.</param>
    /// <param name="info">Receives information about the signal, or null.</param>
    /// <returns>The signal, or -1: EINTR (another signal was handled), EINVAL.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/sigwaitinfo.2.html">sigwaitinfo(2)</seealso>
    [LibraryImport(LibraryName, SetLastError = true)]
    [UnsupportedOSPlatform("macos")]
    public static partial int sigwaitinfo(SigSet* set, siginfo_t* info);

    /// <summary><c>sigtimedwait(2)</c>: like sigwaitinfo, with a time-out. Not on macOS.</summary>
    /// <param name="set">The signals to wait for.</param>
    /// <param name="info">Receives information about the signal, or null.</param>
    /// <param name="timeout">The longest wait; null waits indefinitely.</param>
    /// <returns>The signal, or -1: EAGAIN (time-out), EINTR (another signal was handled), EINVAL.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/sigtimedwait.2.html">sigtimedwait(2)</seealso>
    [LibraryImport(LibraryName, SetLastError = true)]
    [UnsupportedOSPlatform("macos")]
    public static partial int sigtimedwait(SigSet* set, siginfo_t* info, timespec* timeout);

    /// <summary><c>signalfd(2)</c>: creates a descriptor from which a thread reads its pending signals and those of the process.</summary>
    /// <param name="fd">-1 for a new descriptor, or an existing one whose signals are changed.</param>
    /// <param name="mask">The signals. They must be blocked; otherwise their action consumes them.</param>
    /// <param name="flags">0, or SFD_CLOEXEC and SFD_NONBLOCK combined.</param>
    /// <returns>The descriptor, or -1: EINVAL, EBADF, EMFILE, ENFILE, ENODEV, ENOMEM.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/signalfd.2.html">signalfd(2)</seealso>
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

    // For calls without a function in some C libraries.
    [LibraryImport(LibraryName, SetLastError = true)]
    private static partial nint syscall(nint number, nint first, nint second, nint third, nint fourth);

    [LibraryImport(LibraryName, SetLastError = true)]
    private static partial nint syscall(nint number, SafeHandle first, nint second, nint third, nint fourth);
}
