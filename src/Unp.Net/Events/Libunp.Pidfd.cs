using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using static Unp.Net.Libc;

namespace Unp.Net;

public static partial class Libunp
{
    /// <summary>
    /// <c>pidfd_open(2)</c>, close-on-exec: a descriptor of a process, readable once that has ended, for <see cref="Poll"/> and every
    /// <see cref="Poller"/>. It goes on meaning this process when the number is another's. Linux 5.3 only.
    /// </summary>
    /// <param name="pid">A process. One that is no child may have ended, and its number be another's, before this call.</param>
    /// <param name="flags">0 or PIDFD_NONBLOCK.</param>
    /// <exception cref="UnpException">ESRCH: there is none; EINVAL, EMFILE, ENFILE; ENOSYS: an older kernel. The message has the number.</exception>
    /// <exception cref="PlatformNotSupportedException">This system has kqueue's EVFILT_PROC instead.</exception>
    [SupportedOSPlatform("linux")]
    public static Fd Pidfd_open(int pid, uint flags = 0)
    {
        CheckPidfd("pidfd_open");
        int fd = pidfd_open(pid, flags);
        return fd >= 0 ? new Fd(fd) : throw Failed("pidfd_open", $"pid {pid}");
    }

    /// <summary><c>pidfd_send_signal(2)</c>: sends a signal to this process, and to no other that may have its number now. Linux 5.1 only.</summary>
    /// <param name="fd">The process: <see cref="Pidfd_open"/>, <see cref="SpawnedProcess.Pidfd"/>, <see cref="Getpeerpidfd"/>.</param>
    /// <param name="signo">The signal, or 0 to find out whether there still is this process.</param>
    /// <exception cref="UnpException">ESRCH: it has ended, and was waited for; EPERM; EINVAL: no such signal; EBADF: no process's descriptor; the message has both.</exception>
    /// <exception cref="PlatformNotSupportedException">This system has kill instead.</exception>
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
        if (!OperatingSystem.IsLinux())
            throw new PlatformNotSupportedException($"{function} exists on Linux only; here are kill, and kqueue with EVFILT_PROC.");
    }
}
