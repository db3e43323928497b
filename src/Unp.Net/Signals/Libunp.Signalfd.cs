using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using static Unp.Net.Libc;

namespace Unp.Net;

public static unsafe partial class Libunp
{
    /// <summary>
    /// <c>signalfd(2)</c>, close-on-exec: a descriptor from which pending signals are read, for <see cref="Poll"/> and every <see cref="Poller"/>.
    /// Linux only.
    /// </summary>
    /// <remarks>
    /// It gives the signals of the thread that reads it and of the process, never those of another thread: add it to a poller, wait, and read in the
    /// one thread that blocks them (<see cref="Sigprocmask(int, in SigSet, out SigSet)"/>).
    /// </remarks>
    /// <param name="mask">The signals; SIGKILL and SIGSTOP are passed over.</param>
    /// <param name="flags">0 or SFD_NONBLOCK.</param>
    /// <exception cref="UnpException">EINVAL (unknown flags), EMFILE, ENFILE, ENOMEM.</exception>
    /// <exception cref="PlatformNotSupportedException">This system has kqueue's EVFILT_SIGNAL instead.</exception>
    [SupportedOSPlatform("linux")]
    public static Fd Signalfd(in SigSet mask, int flags = 0)
    {
        CheckSignalfd("signalfd");
        fixed (SigSet* p = &mask)
        {
            int fd = signalfd(-1, p, flags | SFD_CLOEXEC);
            return fd >= 0 ? new Fd(fd) { Kind = DescriptorKind.Signalfd } : throw Failed("signalfd");
        }
    }

    /// <summary><c>signalfd(2)</c>: changes the signals of such a descriptor. Linux only.</summary>
    /// <exception cref="UnpException">EINVAL: not a signalfd; EBADF.</exception>
    /// <exception cref="PlatformNotSupportedException">This system has kqueue's EVFILT_SIGNAL instead.</exception>
    [SupportedOSPlatform("linux")]
    public static void Signalfd(SafeHandle fd, in SigSet mask)
    {
        Check(fd);
        CheckSignalfd("signalfd");
        fixed (SigSet* p = &mask)
        {
            if (signalfd(fd, p, 0) < 0)
                throw Failed("signalfd");
        }
    }

    /// <summary>Takes pending signals, waiting for the first. Linux only.</summary>
    /// <param name="fd">A signalfd.</param>
    /// <param name="signals">Where they go, at least one.</param>
    /// <returns>How many there were, at least 1.</returns>
    /// <exception cref="UnpException">EAGAIN: non-blocking, and there is none; EINVAL: not a signalfd, from which nothing was taken; EBADF.</exception>
    /// <exception cref="ArgumentException"><paramref name="signals"/> is empty.</exception>
    [SupportedOSPlatform("linux")]
    public static int Signalfd_read(SafeHandle fd, Span<signalfd_siginfo> signals)
    {
        int n = signalfd_read(fd, signals);
        return n >= 0 ? n : throw DescriptorKinds.Failed("signalfd_read", fd, DescriptorKind.Signalfd);
    }

    /// <summary>As <see cref="Signalfd_read"/>, but returns -1 with <see cref="Errno.Last"/> where that throws.</summary>
    [SupportedOSPlatform("linux")]
    public static int signalfd_read(SafeHandle fd, Span<signalfd_siginfo> signals)
    {
        Check(fd);
        CheckSignalfd("signalfd_read");
        if (signals.IsEmpty)
            throw new ArgumentException("There is room for 0 signals.", nameof(signals));
        if (!DescriptorKinds.Is(fd, DescriptorKind.Signalfd))
            return -1;
        nint n;
        do
            n = read(fd, MemoryMarshal.AsBytes(signals));
        while (Interrupted(n));
        return n < 0 ? -1 : (int)(n / sizeof(signalfd_siginfo));
    }

    static void CheckSignalfd(string function)
    {
        if (!OperatingSystem.IsLinux())
            throw new PlatformNotSupportedException($"{function} exists on Linux only; here is kqueue with EVFILT_SIGNAL, and Sigwait.");
    }
}
