using System.Diagnostics;
using Unp.Net.Tests.Sockets;

namespace Unp.Net.Tests.Polling;

/// <summary>Tests Pselect, Ppoll and Epoll_pwait2: an unmasked signal ends the wait, a masked one is handled after it.</summary>
public class SignalMaskTests
{
    public static TheoryData<string> Calls => ["pselect6", "ppoll", "epoll_pwait2"];

    [Theory]
    [MemberData(nameof(Calls))]
    public void Unmasked_signal_ends_wait_with_EINTR(string call)
    {
        using var interruption = new Interruption();
        using var pair = StreamPair.Unix(out Fd first, out _);
        foreach (TimeSpan? timeout in (TimeSpan?[])[null, Limit.Default])
        {
            var waiting = new BlockedThread<int>(() => Wait(call, first, timeout, SigSet.Of(SIGUSR2)));
            interruption.Hit(waiting, call);
            var failure = Assert.Throws<UnpException>(() => waiting.Result);
            Assert.Equal((Errno.EINTR, Name(call)), (failure.Errno, failure.Function));
            Assert.StartsWith($"{Name(call)} error: Interrupted system call", failure.Message);
        }
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public void Masked_signal_is_handled_after_wait(string call)
    {
        var handled = new Signals.Caught();
        using IDisposable registration = Signal(SIGUSR1, handled.Add);
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        var waiting = new BlockedThread<int>(() => Wait(call, first, null, SigSet.Of(SIGUSR1))).WaitUntilIn(call);
        waiting.Kill(SIGUSR1);
        waiting.WaitUntilIn(call);
        Assert.True(handled.IsEmpty);
        Writen(second, "x"u8);
        Assert.Equal(1, waiting.Result);
        Assert.Equal(SIGUSR1, handled.Next());
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public void Timeout_is_never_too_short_and_zero_checks_once(string call)
    {
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        TimeSpan[] timeouts = [TimeSpan.Zero, TimeSpan.FromTicks(1), TimeSpan.FromMicroseconds(100), TimeSpan.FromMilliseconds(30)];
        foreach (TimeSpan timeout in timeouts)
        {
            long started = Stopwatch.GetTimestamp();
            Assert.Equal(0, Limit.Run(() => Wait(call, first, timeout, SigSet.Empty)));
            Assert.InRange(Stopwatch.GetElapsedTime(started), timeout, Limit.Default);
        }
        Writen(second, "x"u8);
        Assert.Equal(1, Wait(call, first, TimeSpan.Zero, SigSet.Full));
        Assert.Throws<ArgumentOutOfRangeException>("timeout", () => Wait(call, first, TimeSpan.FromTicks(-1), SigSet.Empty));
    }

    static string Name(string call) => call == "pselect6" ? "pselect" : call;

    static int Wait(string call, Fd fd, TimeSpan? timeout, SigSet mask)
    {
        switch (call)
        {
            case "pselect6":
                FdSet readset = default, writeset = default, exceptset = default;
                readset.Set(fd);
                int n = Pselect(readset.Maxfdp1, ref readset, ref writeset, ref exceptset, timeout, mask);
                Assert.Equal(n == 1, readset.IsSet(fd));
                return n;
            case "ppoll":
                return Ppoll([new pollfd { fd = Kernel.Number(fd), events = POLLIN }], timeout, mask);
            default:
                using (Fd epfd = Epoll_create1())
                {
                    Epoll_ctl(epfd, EPOLL_CTL_ADD, fd, EPOLLIN);
                    return Epoll_pwait2(epfd, new epoll_event[1], timeout, mask);
                }
        }
    }
}
