using System.Runtime.Versioning;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

// Functions for the signals of one thread: its mask and its pending signals. porting.md explains which signals a thread gets.
public static unsafe partial class Libunp
{
    /// <summary><c>pthread_sigmask(3)</c>: changes the signals that this thread blocks (figure 5.6, UNP 20.5).</summary>
    /// <remarks>
    /// <para>The mask belongs to the operating system's thread. Use a dedicated thread, or restore the mask before the method returns,
    /// because the thread pool reuses its threads. Threads and processes that this thread starts inherit the mask.</para>
    /// <para>The kernel delivers a signal of the process to any thread that does not block it, and .NET's threads do not. So only a signal
    /// sent to this thread stays pending here (<see cref="tgkill"/>, F_SETOWN_EX).</para>
    /// <para>The mask never includes SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP and SIGRTMIN, because the runtime needs them. A thread that
    /// blocked SIGRTMIN could delay a garbage collection indefinitely.</para>
    /// </remarks>
    /// <param name="how">SIG_BLOCK adds to the mask, SIG_UNBLOCK removes from it, SIG_SETMASK replaces it.</param>
    /// <param name="set">The signals.</param>
    /// <param name="old">The previous mask.</param>
    /// <exception cref="UnpException">EINVAL: <paramref name="how"/> is unknown.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man3/pthread_sigmask.3.html">pthread_sigmask(3)</seealso>
    public static void Sigprocmask(int how, in SigSet set, out SigSet old)
    {
        SigSet wanted = how == SIG_UNBLOCK ? set : SignalAction.WithoutReservedByRuntime(set);
        fixed (SigSet* oldset = &old)
        {
            int error = pthread_sigmask(how, &wanted, oldset);
            if (error != 0)
                throw new UnpException(new Errno(error), "sigprocmask");
        }
    }

    /// <inheritdoc cref="Sigprocmask(int, in SigSet, out SigSet)"/>
    public static void Sigprocmask(int how, in SigSet set) => Sigprocmask(how, set, out _);

    /// <summary><c>pthread_sigmask(3)</c>: returns the signals that this thread blocks.</summary>
    /// <seealso href="https://man7.org/linux/man-pages/man3/pthread_sigmask.3.html">pthread_sigmask(3)</seealso>
    public static SigSet Sigprocmask()
    {
        Sigprocmask(SIG_UNBLOCK, SigSet.Empty, out SigSet mask);
        return mask;
    }

    /// <summary><c>sigpending(2)</c>: returns the blocked signals that are pending for this thread or for the process.</summary>
    /// <seealso href="https://man7.org/linux/man-pages/man2/sigpending.2.html">sigpending(2)</seealso>
    public static SigSet Sigpending()
    {
        SigSet set = default;
        return sigpending(&set) == 0 ? set : throw Failed("sigpending");
    }

    /// <summary>
    /// <c>sigsuspend(2)</c>: replaces the signal mask of this thread and waits until a signal interrupts it, in one step (UNP 20.5, 25.3).
    /// </summary>
    /// <remarks>
    /// <para>A signal that became pending while it was blocked ends the wait at once, so no signal can fall between the change of the mask
    /// and the wait. This holds for a signal to this thread (<see cref="tgkill"/>, F_SETOWN_EX). A signal to the process may go to another
    /// thread of the runtime, which does not block it.</para>
    /// <para>The handler of <see cref="Signal(int, Action{int})"/> runs on the thread pool, perhaps after the wait has ended. A signal of
    /// the runtime can end the wait, too. So check in a loop what the wait is for, as in C.</para>
    /// </remarks>
    /// <param name="mask">
    /// The signals that are blocked during the wait. It replaces the mask of the thread, which is restored afterwards. It never includes
    /// the signals that <see cref="Sigprocmask(int, in SigSet, out SigSet)"/> does not block.
    /// </param>
    /// <example>
    /// The wait of UNP 25.3: the thread blocks SIGALRM except while it waits.
    /// <code>
    /// Sigprocmask(SIG_BLOCK, SigSet.Of(SIGALRM), out SigSet old);
    /// while (!Volatile.Read(ref isDone))
    ///     Sigsuspend(old);
    /// </code>
    /// </example>
    /// <seealso href="https://man7.org/linux/man-pages/man2/sigsuspend.2.html">sigsuspend(2)</seealso>
    public static void Sigsuspend(in SigSet mask)
    {
        SigSet during = SignalAction.WithoutReservedByRuntime(mask);
        if (sigsuspend(&during) == -1 && Errno.Last != Errno.EINTR)
            throw Failed("sigsuspend");
    }

    /// <summary><c>sigwait(3)</c>: waits for a pending signal of the set, and consumes it.</summary>
    /// <param name="set">The signals, which this thread must block. A signal that it does not block is never returned.</param>
    /// <returns>The signal.</returns>
    /// <exception cref="UnpException">EINVAL: the set contains a signal that does not exist.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man3/sigwait.3.html">sigwait(3)</seealso>
    public static int Sigwait(in SigSet set)
    {
        fixed (SigSet* p = &set)
        {
            int signo, error;
            do
                error = sigwait(p, &signo);
            while (error == Errno.EINTR.Value);
            return error == 0 ? signo : throw new UnpException(new Errno(error), "sigwait");
        }
    }

    /// <summary>
    /// <c>sigwaitinfo(2)</c>: waits for a pending signal of the set, consumes it and returns its details. Other signals do not end the
    /// wait.
    /// </summary>
    /// <param name="set">The signals, which this thread must block. A signal that it does not block is never returned.</param>
    /// <exception cref="UnpException">EINVAL: the set contains a signal that does not exist.</exception>
    /// <exception cref="PlatformNotSupportedException">macOS has <see cref="Sigwait"/> only.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/sigwaitinfo.2.html">sigwaitinfo(2)</seealso>
    [UnsupportedOSPlatform("macos")]
    public static siginfo_t Sigwaitinfo(in SigSet set)
    {
        CheckSigwaitinfo("sigwaitinfo");
        siginfo_t info;
        fixed (SigSet* p = &set)
        {
            int signo;
            do
                signo = sigwaitinfo(p, &info);
            while (Interrupted(signo));
            return signo >= 0 ? info : throw Failed("sigwaitinfo");
        }
    }

    /// <summary><c>sigtimedwait(2)</c>: waits as <see cref="Sigwaitinfo"/> does, with a timeout.</summary>
    /// <param name="set">The signals, which this thread must block. A signal that it does not block is never returned.</param>
    /// <param name="timeout">The longest wait, in nanoseconds; zero checks once; null waits indefinitely.</param>
    /// <param name="info">The details of the signal.</param>
    /// <returns>True if there was a signal; false if the time is over.</returns>
    /// <exception cref="UnpException">EINVAL: the set contains a signal that does not exist.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative.</exception>
    /// <exception cref="PlatformNotSupportedException">macOS has <see cref="Sigwait"/> only.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/sigtimedwait.2.html">sigtimedwait(2)</seealso>
    [UnsupportedOSPlatform("macos")]
    public static bool Sigtimedwait(in SigSet set, TimeSpan? timeout, out siginfo_t info)
    {
        CheckSigwaitinfo("sigtimedwait");
        var deadline = new Deadline(timeout);
        fixed (SigSet* p = &set)
        fixed (siginfo_t* received = &info)
        {
            int signo;
            do
            {
                timespec rest = deadline.RestAsTimespec();
                signo = sigtimedwait(p, received, deadline.IsInfinite ? null : &rest);
            }
            while (Interrupted(signo));
            return signo >= 0 || (Errno.Last == Errno.EAGAIN ? false : throw Failed("sigtimedwait"));
        }
    }

    static void CheckSigwaitinfo(string function)
    {
        if (Target.IsMacOS)
            throw new PlatformNotSupportedException($"macOS has no {function}. Use Sigwait, or kqueue with EVFILT_SIGNAL.");
    }
}
