using System.Runtime.Versioning;
using static Unp.Net.Libc;

namespace Unp.Net;

// Signals for one thread: which it blocks, and how it takes those that are pending. porting.md tells which signals get there.
public static unsafe partial class Libunp
{
    /// <summary><c>pthread_sigmask(3)</c>: changes the signals that this thread blocks (figure 5.6 and section 20.5 use the call).</summary>
    /// <remarks>
    /// <para>The mask belongs to the thread of the system. Use a thread of your own, or restore the mask before the method ends: the thread pool
    /// hands its threads to others. Threads and processes that this thread starts inherit it.</para>
    /// <para>A signal to the process goes to any thread that does not block it, and .NET's threads do not: only what is sent to this thread alone
    /// stays pending here (<see cref="tgkill"/>, F_SETOWN_EX). SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP and SIGRTMIN are left out when signals are
    /// blocked, as the runtime lives by them: a thread that blocks the last could keep a garbage collection waiting for ever.</para>
    /// </remarks>
    /// <param name="how">SIG_BLOCK adds to the mask, SIG_UNBLOCK takes from it, SIG_SETMASK replaces it.</param>
    /// <param name="set">The signals.</param>
    /// <param name="old">The mask from before.</param>
    /// <exception cref="UnpException">EINVAL: no such <paramref name="how"/>.</exception>
    public static void Sigprocmask(int how, in SigSet set, out SigSet old)
    {
        SigSet wanted = how == SIG_UNBLOCK ? set : set.WithoutTheRuntimes();
        fixed (SigSet* oldset = &old)
        {
            int error = pthread_sigmask(how, &wanted, oldset);
            if (error != 0)
                throw new UnpException(new Errno(error), "sigprocmask");
        }
    }

    /// <inheritdoc cref="Sigprocmask(int, in SigSet, out SigSet)"/>
    public static void Sigprocmask(int how, in SigSet set) => Sigprocmask(how, set, out _);

    /// <summary><c>pthread_sigmask(3)</c>: the signals that this thread blocks.</summary>
    public static SigSet Sigprocmask()
    {
        Sigprocmask(SIG_UNBLOCK, SigSet.Empty, out SigSet mask);
        return mask;
    }

    /// <summary><c>sigpending(2)</c>: the signals that wait for this thread, or for the process, because they are blocked.</summary>
    public static SigSet Sigpending()
    {
        SigSet set = default;
        return sigpending(&set) == 0 ? set : throw Failed("sigpending");
    }

    /// <summary><c>sigwait(3)</c>: takes a pending signal of the set, waiting for one.</summary>
    /// <param name="set">Signals that this thread blocks; those that it does not are never seen.</param>
    /// <returns>The signal.</returns>
    /// <exception cref="UnpException">EINVAL: a signal that does not exist.</exception>
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
    /// <c>sigwaitinfo(2)</c>: takes a pending signal of the set, waiting for one, and what is known of it. Another signal does not end the wait.
    /// </summary>
    /// <param name="set">Signals that this thread blocks; those that it does not are never seen.</param>
    /// <exception cref="UnpException">EINVAL: a signal that does not exist.</exception>
    /// <exception cref="PlatformNotSupportedException">macOS has <see cref="Sigwait"/> only.</exception>
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

    /// <summary><c>sigtimedwait(2)</c>: as <see cref="Sigwaitinfo"/>, for at most a time.</summary>
    /// <param name="set">Signals that this thread blocks; those that it does not are never seen.</param>
    /// <param name="timeout">At most so long, to the nanosecond; zero looks once; null waits for ever.</param>
    /// <param name="info">What is known of the signal.</param>
    /// <returns>Whether there was one; false: the time ran out.</returns>
    /// <exception cref="UnpException">EINVAL: a signal that does not exist.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative.</exception>
    /// <exception cref="PlatformNotSupportedException">macOS has <see cref="Sigwait"/> only.</exception>
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
        if (OperatingSystem.IsMacOS())
            throw new PlatformNotSupportedException($"macOS has no {function}; use Sigwait, or kqueue with EVFILT_SIGNAL.");
    }
}
