using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

public static unsafe partial class Libunp
{
    /// <summary>
    /// <c>signalfd(2)</c>: creates a descriptor from which pending signals are read, close-on-exec. <see cref="Poll"/> and every
    /// <see cref="Poller"/> can wait for it. Linux only.
    /// </summary>
    /// <remarks>
    /// A read returns the signals of the reading thread and of the process, never those of another thread. So block the signals
    /// (<see cref="Sigprocmask(int, in SigSet, out SigSet)"/>), wait and read on the same thread.
    /// </remarks>
    /// <param name="mask">The signals; SIGKILL and SIGSTOP are ignored.</param>
    /// <param name="flags">0 or SFD_NONBLOCK.</param>
    /// <exception cref="UnpException">EINVAL: unknown flags; EMFILE, ENFILE, ENOMEM.</exception>
    /// <exception cref="PlatformNotSupportedException">The system has no signalfd. Use kqueue with EVFILT_SIGNAL.</exception>
    /// <example>
    /// A signal to this thread. A signal to the process would go to another thread, which does not block it: use
    /// <see cref="Signal(int, Action{int})"/> for that.
    /// <code>
    /// SigSet set = SigSet.Of(SIGUSR1);
    /// Sigprocmask(SIG_BLOCK, set);
    /// using Fd signals = Signalfd(set);
    /// tgkill(getpid(), gettid(), SIGUSR1);
    /// var received = new signalfd_siginfo[1];
    /// ReadSignalfd(signals, received);
    /// Console.WriteLine($"signal {received[0].ssi_signo}");
    /// </code>
    /// </example>
    /// <seealso href="https://man7.org/linux/man-pages/man2/signalfd.2.html">signalfd(2)</seealso>
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

    /// <summary><c>signalfd(2)</c>: changes the signals of a signalfd. Linux only.</summary>
    /// <exception cref="UnpException">EINVAL: not a signalfd; EBADF.</exception>
    /// <exception cref="PlatformNotSupportedException">The system has no signalfd. Use kqueue with EVFILT_SIGNAL.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/signalfd.2.html">signalfd(2)</seealso>
    [SupportedOSPlatform("linux")]
    public static void Signalfd(SafeHandle fd, in SigSet mask)
    {
        Check(fd);
        CheckSignalfd("signalfd");
        fixed (SigSet* p = &mask)
        {
            if (signalfd(fd, p, 0) < 0)
                throw Failed("signalfd", fd);
        }
    }

    /// <summary>Reads pending signals from a signalfd, and waits for the first one. Linux only.</summary>
    /// <param name="fd">A signalfd.</param>
    /// <param name="signals">The buffer for the signals. It must not be empty.</param>
    /// <returns>The number of signals, at least 1.</returns>
    /// <exception cref="UnpException">
    /// EAGAIN: the descriptor is non-blocking and no signal is pending; EINVAL: not a signalfd, nothing was read from it; EBADF.
    /// </exception>
    /// <exception cref="ArgumentException"><paramref name="signals"/> is empty.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/signalfd.2.html">signalfd(2)</seealso>
    [SupportedOSPlatform("linux")]
    public static int ReadSignalfd(SafeHandle fd, Span<signalfd_siginfo> signals) =>
        TryReadSignalfd(fd, signals, out int count) ? count : throw DescriptorKinds.Failed("read", fd, DescriptorKind.Signalfd);

    /// <summary>
    /// Works like <see cref="ReadSignalfd"/>, but returns false with the error in <see cref="Errno.Last"/> instead of throwing
    /// <see cref="UnpException"/>.
    /// </summary>
    /// <param name="fd">A signalfd.</param>
    /// <param name="signals">The buffer for the signals. It must not be empty.</param>
    /// <param name="count">The number of signals, at least 1; 0 after an error.</param>
    /// <exception cref="ArgumentException"><paramref name="signals"/> is empty.</exception>
    [SupportedOSPlatform("linux")]
    public static bool TryReadSignalfd(SafeHandle fd, Span<signalfd_siginfo> signals, out int count)
    {
        count = 0;
        Check(fd);
        CheckSignalfd("signalfd");
        if (signals.IsEmpty)
            throw new ArgumentException("The buffer for the signals must not be empty.", nameof(signals));
        if (!DescriptorKinds.Is(fd, DescriptorKind.Signalfd))
            return false;
        nint n;
        do
            n = read(fd, MemoryMarshal.AsBytes(signals));
        while (Interrupted(n));
        count = n < 0 ? 0 : (int)(n / sizeof(signalfd_siginfo));
        return n >= 0;
    }

    static void CheckSignalfd(string function)
    {
        if (!Target.IsLinux)
            throw new PlatformNotSupportedException($"{function} exists on Linux only. Use kqueue with EVFILT_SIGNAL, or Sigwait.");
    }
}
