using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

public static partial class Libunp
{
    /// <summary>Opens a descriptor of a process, close-on-exec (<c>pidfd_open(2)</c>). Linux since 5.3 only.</summary>
    /// <remarks>
    /// The descriptor becomes readable when the process exits, so <see cref="Poll"/> and every <see cref="Poller"/> can wait for that. It
    /// still refers to this process after the kernel has reused its number.
    /// </remarks>
    /// <param name="pid">
    /// A process. Unless it is a child, it may exit before the call, and its number may then belong to another process.
    /// </param>
    /// <param name="flags">0 or PIDFD_NONBLOCK.</param>
    /// <exception cref="UnpException">
    /// ESRCH: no such process; EINVAL, EMFILE, ENFILE; ENOSYS: the kernel is older. The message contains the process number.
    /// </exception>
    /// <exception cref="PlatformNotSupportedException">The system is not Linux. Use kqueue with EVFILT_PROC.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/pidfd_open.2.html">pidfd_open(2)</seealso>
    [SupportedOSPlatform("linux")]
    public static Fd Pidfd_open(int pid, uint flags = 0)
    {
        CheckPidfd("pidfd_open");
        int fd = pidfd_open(pid, flags);
        return fd >= 0 ? new Fd(fd) : throw Failed("pidfd_open", $"pid {pid}");
    }

    /// <summary>
    /// Sends a signal to a process, never to another one with the same number (<c>pidfd_send_signal(2)</c>). Linux since 5.1 only.
    /// </summary>
    /// <param name="fd">
    /// A descriptor of the process, from <see cref="Pidfd_open"/>, <see cref="SpawnedProcess.Pidfd"/> or <see cref="Getpeerpidfd"/>.
    /// </param>
    /// <param name="signo">The signal, or 0 to check whether the process still exists.</param>
    /// <exception cref="UnpException">
    /// ESRCH: the process has exited and was waited for; EPERM; EINVAL: no such signal; EBADF: not a descriptor of a process. The message
    /// contains the descriptor and the signal.
    /// </exception>
    /// <exception cref="PlatformNotSupportedException">The system is not Linux. Use kill.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/pidfd_send_signal.2.html">pidfd_send_signal(2)</seealso>
    [SupportedOSPlatform("linux")]
    public static void Pidfd_send_signal(SafeHandle fd, int signo)
    {
        Check(fd);
        CheckPidfd("pidfd_send_signal");
        if (pidfd_send_signal(fd, signo, 0) < 0)
            throw Failed("pidfd_send_signal", $"{fd}, signal {signo}");
    }

    static void CheckPidfd(string function)
    {
        if (!Target.IsLinux)
            throw new PlatformNotSupportedException($"{function} exists on Linux only. Use kill, or kqueue with EVFILT_PROC.");
    }
}
