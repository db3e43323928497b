using System.Diagnostics;

namespace Unp.Net.Tests.Events;

public class TimerfdTests
{
    static readonly TimeSpan Short = TimeSpan.FromMilliseconds(30);

    [Fact]
    public void Timer_expires_once_after_its_time()
    {
        using Fd fd = Timerfd_create(CLOCK_MONOTONIC);
        Assert.True(Kernel.IsCloseOnExec(fd));
        Assert.Null(Timerfd_gettime(fd, out _));
        long started = Stopwatch.GetTimestamp();
        Timerfd_settime(fd, Short);
        Assert.Equal(1ul, Limit.Run(() => ReadTimerfd(fd)));
        Assert.InRange(Stopwatch.GetElapsedTime(started), Short, Limit.Default);
        Assert.Null(Timerfd_gettime(fd, out TimeSpan interval));
        Assert.Equal(TimeSpan.Zero, interval);
        Assert.Equal(0, Readable_timeo(fd, TimeSpan.Zero));
    }

    [Fact]
    public void Expirations_of_interval_are_counted()
    {
        using Fd fd = Timerfd_create(CLOCK_MONOTONIC);
        long started = Stopwatch.GetTimestamp();
        Timerfd_settime(fd, TimeSpan.Zero, TimeSpan.FromMilliseconds(2));
        ulong count = 0;
        while (count < 10)
            count += Limit.Run(() => ReadTimerfd(fd));
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.FromMilliseconds(18), Limit.Default);
        Assert.InRange(Timerfd_gettime(fd, out TimeSpan interval)!.Value, TimeSpan.FromTicks(1), interval);
        Assert.Equal(TimeSpan.FromMilliseconds(2), interval);
        Timerfd_settime(fd, null);
        Assert.Null(Timerfd_gettime(fd, out interval));
    }

    [Fact]
    public void Zero_expires_at_once_and_null_stops_timer()
    {
        using Fd fd = Timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
        Timerfd_settime(fd, TimeSpan.Zero);
        Assert.Equal(1, Readable_timeo(fd, Limit.Default));
        Assert.Equal(1ul, ReadTimerfd(fd));
        Timerfd_settime(fd, TimeSpan.FromDays(1));
        Assert.InRange(Timerfd_gettime(fd, out _)!.Value, TimeSpan.FromHours(23), TimeSpan.FromDays(1));
        Assert.Equal((false, Errno.EAGAIN), (TryReadTimerfd(fd, out ulong none), Errno.Last));
        Assert.Equal(0ul, none);
        Assert.Equal(Errno.EAGAIN, Assert.Throws<UnpException>(() => ReadTimerfd(fd)).Errno);
        Timerfd_settime(fd, null);
        Assert.Null(Timerfd_gettime(fd, out _));
    }

    [Fact]
    public void Time_of_day_is_absolute_time()
    {
        using Fd fd = Timerfd_create(CLOCK_REALTIME);
        DateTimeOffset when = DateTimeOffset.UtcNow + Short;
        Timerfd_settime(fd, when, cancelOnSet: true);
        Assert.Equal(1ul, Limit.Run(() => ReadTimerfd(fd)));
        Assert.True(DateTimeOffset.UtcNow >= when - TimeSpan.FromMilliseconds(1)); // .NET's clock may be one tick behind the kernel's
        foreach (DateTimeOffset past in (DateTimeOffset[])[DateTimeOffset.UnixEpoch, when])
        {
            Timerfd_settime(fd, past);
            Assert.Equal(1ul, Limit.Run(() => ReadTimerfd(fd)));
        }
    }

    [Theory]
    [InlineData(1, "CLOCK_MONOTONIC")]
    [InlineData(7, "CLOCK_BOOTTIME")]
    public void Time_of_day_is_refused_for_other_clock(int clock, string name)
    {
        using Fd fd = Timerfd_create(clock), again = Dup(fd);
        foreach (Fd timer in (Fd[])[fd, again])
        {
            var refused = Assert.Throws<ArgumentException>("fd", () => Timerfd_settime(timer, DateTimeOffset.UtcNow));
            Assert.Contains($"{timer} is a timer of {name}", refused.Message);
        }
        Assert.Null(Timerfd_gettime(fd, out _));
        using Fd other = Eventfd();
        Assert.Equal(Errno.EINVAL, Assert.Throws<UnpException>(() => Timerfd_settime(other, DateTimeOffset.UtcNow)).Errno);
    }

    [Fact]
    public void Time_of_day_is_accepted_by_duplicate()
    {
        using Fd fd = Timerfd_create(CLOCK_REALTIME), again = Dup(fd);
        Timerfd_settime(again, DateTimeOffset.UtcNow);
        Assert.Equal(1ul, Limit.Run(() => ReadTimerfd(fd)));
    }

    [Fact]
    public void Call_as_in_C_returns_remaining_time()
    {
        using Fd fd = Timerfd_create(CLOCK_MONOTONIC);
        var hour = new itimerspec { it_value = new() { tv_sec = 3600 }, it_interval = new() { tv_sec = 1, tv_nsec = 5 } };
        Assert.Equal(0, Timerfd_settime(fd, 0, hour).it_value.tv_sec);
        itimerspec old = Timerfd_settime(fd, TFD_TIMER_ABSTIME, new itimerspec { it_value = new() { tv_nsec = 1 } });
        Assert.InRange(old.it_value.tv_sec, 3500, 3600);
        Assert.Equal((1, 5), (old.it_interval.tv_sec, old.it_interval.tv_nsec));
        Assert.Equal(1ul, Limit.Run(() => ReadTimerfd(fd)));
    }

    [Fact]
    public unsafe void Invalid_timers_are_refused()
    {
        Assert.Equal(Errno.EINVAL, Assert.Throws<UnpException>(() => Timerfd_create(4711)).Errno);
        using Fd fd = Timerfd_create(CLOCK_MONOTONIC);
        Assert.Throws<ArgumentOutOfRangeException>("value", () => Timerfd_settime(fd, TimeSpan.FromTicks(-1)));
        Assert.Throws<ArgumentOutOfRangeException>("interval", () => Timerfd_settime(fd, Short, TimeSpan.FromTicks(-1)));
        Assert.Throws<ArgumentOutOfRangeException>("when", () => Timerfd_settime(fd, DateTimeOffset.UnixEpoch.AddTicks(-1)));
        Assert.Throws<ArgumentOutOfRangeException>("interval", () => Timerfd_settime(fd, DateTimeOffset.UtcNow, TimeSpan.FromTicks(-1)));
        var wrong = new itimerspec { it_value = new() { tv_nsec = 1_000_000_000 } };
        Assert.Equal(Errno.EINVAL, Assert.Throws<UnpException>(() => Timerfd_settime(fd, 0, wrong)).Errno);
        using Fd other = Eventfd();
        Assert.Equal(
            $"timerfd_settime error: Invalid argument ({other})",
            Assert.Throws<UnpException>(() => Timerfd_settime(other, Short)).Message);
        Assert.Equal(
            $"timerfd_gettime error: Invalid argument ({other})",
            Assert.Throws<UnpException>(() => Timerfd_gettime(other, out _)).Message);
        itimerspec timer = default;
        Assert.Equal((0, 0), (timerfd_settime(Kernel.Number(fd), 0, &timer, null), timerfd_gettime(Kernel.Number(fd), &timer)));
    }

    [Fact]
    public void Calls_allocate_nothing()
    {
        using Fd fd = Timerfd_create(CLOCK_MONOTONIC);
        AllocationCheck.AssertFree("a timer", () =>
        {
            Timerfd_settime(fd, TimeSpan.Zero);
            ReadTimerfd(fd);
            Timerfd_gettime(fd, out _);
        });
    }
}
