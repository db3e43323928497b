using System.Runtime.InteropServices;
using Unp.Net.Abi;

namespace Unp.Net;

/// <summary>Descriptors of processes, pidfd_open(2). C libraries have got the functions only lately; the system calls have these numbers on both architectures.</summary>
static unsafe partial class PidFds
{
    const nint SYS_pidfd_send_signal = 424;
    const nint SYS_pidfd_open = 434;

    /// <summary>A descriptor, close-on-exec, or -1: ESRCH, EMFILE, ENOSYS (before Linux 5.3).</summary>
    internal static int Open(int pid)
    {
        ThrowUnlessLinux();
        return (int)syscall(SYS_pidfd_open, pid, 0);
    }

    /// <summary>0, or -1: ESRCH, EPERM, EINVAL, EBADF, ENOSYS (before Linux 5.1).</summary>
    internal static int SendSignal(SafeHandle pidfd, int signo)
    {
        ThrowUnlessLinux();
        return (int)syscall(SYS_pidfd_send_signal, pidfd, signo, null, 0);
    }

    static void ThrowUnlessLinux()
    {
        if (!Target.IsLinux)
            throw new PlatformNotSupportedException($"Descriptors of processes do not exist on {Target.Name}.");
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint syscall(nint number, nint pid, nint flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint syscall(nint number, SafeHandle pidfd, nint sig, void* info, nint flags);
}
