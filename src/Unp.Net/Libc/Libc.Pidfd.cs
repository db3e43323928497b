using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Unp.Net;

// <sys/pidfd.h>, Linux only. Calls syscall(2), because glibc has the functions only since 2.36 and musl lacks them. The numbers are the
// same on
// every architecture.
public static partial class Libc
{
    /// <summary>
    /// <c>pidfd_open(2)</c>: opens a descriptor of a process, which is readable once the process has ended. It is close-on-exec. Linux 5.3.
    /// </summary>
    /// <param name="pid">The process.</param>
    /// <param name="flags">0 or PIDFD_NONBLOCK.</param>
    /// <returns>The descriptor, or -1: ESRCH, EINVAL, EMFILE, ENFILE, ENODEV, ENOMEM, ENOSYS (an older kernel).</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/pidfd_open.2.html">pidfd_open(2)</seealso>
    [SupportedOSPlatform("linux")]
    public static int pidfd_open(int pid, uint flags) => (int)syscall(434, pid, (nint)flags, 0, 0);

    /// <summary>
    /// <c>pidfd_send_signal(2)</c>: sends a signal to the process of the descriptor, never to a later process with the same number. Linux
    /// 5.1.
    /// </summary>
    /// <param name="pidfd">The process.</param>
    /// <param name="sig">The signal, or 0 to check whether the process still exists.</param>
    /// <param name="flags">0.</param>
    /// <returns>0, or -1: ESRCH (it has ended and was waited for), EPERM, EINVAL, EBADF, ENOSYS (an older kernel).</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/pidfd_send_signal.2.html">pidfd_send_signal(2)</seealso>
    [SupportedOSPlatform("linux")]
    public static int pidfd_send_signal(int pidfd, int sig, uint flags) => (int)syscall(424, pidfd, sig, 0, (nint)flags);

    /// <inheritdoc cref="pidfd_send_signal(int, int, uint)"/>
    [SupportedOSPlatform("linux")]
    public static int pidfd_send_signal(SafeHandle pidfd, int sig, uint flags) => (int)syscall(424, pidfd, sig, 0, (nint)flags);
}
