using System.Diagnostics;

namespace Unp.Net.Tests.Signals;

/// <summary>Tests the mask of a thread and the functions that take its pending signals. Each test uses a thread of its own.</summary>
public class SigmaskTests
{
    static readonly SigSet Usr = SigSet.Of(SIGUSR1, SIGUSR2);

    [Fact]
    public void Mask_is_extended_reduced_and_replaced()
    {
        Limit.Run(() =>
        {
            Assert.False(Sigprocmask().Contains(SIGUSR1));
            Sigprocmask(SIG_BLOCK, SigSet.Of(SIGUSR1), out SigSet old);
            Assert.False(old.Contains(SIGUSR1));
            Sigprocmask(SIG_BLOCK, SigSet.Of(SIGUSR2));
            Assert.True(Sigprocmask().Contains(SIGUSR1) && Sigprocmask().Contains(SIGUSR2));
            Sigprocmask(SIG_UNBLOCK, SigSet.Of(SIGUSR1));
            Assert.False(Sigprocmask().Contains(SIGUSR1));
            Sigprocmask(SIG_SETMASK, old, out SigSet before);
            Assert.True(before.Contains(SIGUSR2));
            Assert.False(Sigprocmask().Contains(SIGUSR2));
            Assert.Equal(Errno.EINVAL, Assert.Throws<UnpException>(() => Sigprocmask(4711, Usr)).Errno);
        });
    }

    [Fact]
    public void Signals_of_runtime_are_never_blocked()
    {
        Limit.Run(() =>
        {
            Sigprocmask(SIG_SETMASK, SigSet.Full);
            SigSet mask = Sigprocmask();
            Assert.All((int[])[SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGRTMIN], signo => Assert.False(mask.Contains(signo)));
            Assert.All((int[])[SIGINT, SIGTERM, SIGURG, SIGIO, SIGRTMAX], signo => Assert.True(mask.Contains(signo)));

            // A fault must still become an exception, and a garbage collection must still be able to stop the thread.
            Assert.Throws<NullReferenceException>(() => NullOf<string>().Length);
            GC.Collect();
        });
    }

    [Fact]
    public void Blocked_signal_stays_pending_until_taken()
    {
        Limit.Run(() =>
        {
            Sigprocmask(SIG_BLOCK, Usr);
            Assert.False(Sigpending().Contains(SIGUSR1));
            SendToThis(SIGUSR1);
            SendToThis(SIGUSR1); // merged with the pending signal
            Assert.True(Sigpending().Contains(SIGUSR1));
            siginfo_t info = Sigwaitinfo(Usr);
            Assert.Equal((SIGUSR1, getpid()), (info.si_signo, info.si_pid));
            Assert.Contains(info.si_code, (int[])[SI_USER, SI_TKILL]); // glibc replaces SI_TKILL by SI_USER
            Assert.False(Sigtimedwait(Usr, TimeSpan.Zero, out _));
            SendToThis(SIGUSR2);
            Assert.Equal(SIGUSR2, Sigwait(Usr));
        });
    }

    [Fact]
    public void Realtime_signals_are_queued()
    {
        Limit.Run(() =>
        {
            SigSet set = SigSet.Of(SIGRTMAX);
            Sigprocmask(SIG_BLOCK, set);
            for (int i = 0; i < 5; i++)
                SendToThis(SIGRTMAX);
            for (int i = 0; i < 5; i++)
                Assert.True(Sigtimedwait(set, TimeSpan.Zero, out _));
            Assert.False(Sigtimedwait(set, TimeSpan.Zero, out _));
        });
    }

    [Fact]
    public void Wait_ends_by_signal_of_set_or_timeout_only()
    {
        using var interruption = new Sockets.Interruption();
        SigSet set = SigSet.Of(SIGUSR2);
        var waiting = new BlockedThread<int>(() =>
        {
            Sigprocmask(SIG_BLOCK, set);
            return Sigwaitinfo(set).si_signo;
        });
        interruption.Hit(waiting, "rt_sigtimedwait");
        waiting.WaitUntilIn("rt_sigtimedwait").Kill(SIGUSR2);
        Assert.Equal(SIGUSR2, waiting.Result);

        var timed = new BlockedThread<TimeSpan>(() =>
        {
            Sigprocmask(SIG_BLOCK, set);
            long started = Stopwatch.GetTimestamp();
            Assert.False(Sigtimedwait(set, TimeSpan.FromSeconds(1), out _));
            return Stopwatch.GetElapsedTime(started);
        });
        interruption.Hit(timed, "rt_sigtimedwait");
        Assert.InRange(timed.Result, TimeSpan.FromSeconds(1), Limit.Default);
    }

    [Fact]
    public void Signalfd_returns_pending_signals_with_details()
    {
        Limit.Run(() =>
        {
            Sigprocmask(SIG_BLOCK, Usr);
            using Fd fd = Signalfd(SigSet.Of(SIGUSR1), SFD_NONBLOCK);
            Assert.True(Kernel.IsCloseOnExec(fd));
            var signals = new signalfd_siginfo[4];
            Assert.Equal((false, Errno.EAGAIN), (TryReadSignalfd(fd, signals, out _), Errno.Last));
            SendToThis(SIGUSR1);
            SendToThis(SIGUSR2);
            Assert.Equal(1, ReadSignalfd(fd, signals));
            Assert.Equal(((uint)SIGUSR1, SI_TKILL, (uint)getpid()), (signals[0].ssi_signo, signals[0].ssi_code, signals[0].ssi_pid));
            Signalfd(fd, Usr);
            SendToThis(SIGUSR1);
            Assert.Equal(2, ReadSignalfd(fd, signals));
            Assert.Throws<ArgumentException>("signals", () => TryReadSignalfd(fd, [], out _));
            Assert.Equal(Errno.EAGAIN, Assert.Throws<UnpException>(() => ReadSignalfd(fd, signals)).Errno);
            using Fd other = Eventfd();
            Assert.Equal(Errno.EINVAL, Assert.Throws<UnpException>(() => Signalfd(other, Usr)).Errno);
            Assert.Equal(Errno.EINVAL, Assert.Throws<UnpException>(() => Signalfd(Usr, 0x40000000)).Errno);
        });
    }

    [Fact]
    public void Signalfd_returns_signals_of_reading_thread_only()
    {
        SigSet set = SigSet.Of(SIGUSR1);
        Limit.Run(() =>
        {
            Sigprocmask(SIG_BLOCK, set);
            using Fd fd = Signalfd(set, SFD_NONBLOCK);
            SendToThis(SIGUSR1);
            Assert.Equal(
                (false, 0), Limit.Run(() => (TryReadSignalfd(fd, new signalfd_siginfo[1], out _), Readable_timeo(fd, TimeSpan.Zero))));
            Assert.Equal(1, ReadSignalfd(fd, new signalfd_siginfo[1]));
        });
    }

    [Fact]
    public void Signal_calls_allocate_nothing()
    {
        Limit.Run(() =>
        {
            Sigprocmask(SIG_BLOCK, Usr);
            using Fd fd = Signalfd(Usr);
            var signals = new signalfd_siginfo[1];
            AllocationCheck.AssertFree("signals", () =>
            {
                _ = tgkill(getpid(), gettid(), SIGUSR1);
                Sigwaitinfo(Usr);
                _ = tgkill(getpid(), gettid(), SIGUSR1);
                ReadSignalfd(fd, signals);
                Sigprocmask(SIG_BLOCK, Usr);
                Sigpending();
            });
        });
    }

    static void SendToThis(int signo) => Assert.Equal(0, tgkill(getpid(), gettid(), signo));

    static T NullOf<T>()
        where T : class => null!;
}
