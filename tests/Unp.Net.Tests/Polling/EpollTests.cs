using System.Diagnostics;
using Unp.Net.Tests.Sockets;

namespace Unp.Net.Tests.Polling;

public class EpollTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(40)]
    public void Events_carry_own_data_in_order_of_readiness(int count)
    {
        using Fd epfd = Epoll_create1();
        var pairs = Enumerable.Range(0, count).Select(_ => Loopback.UnixPair()).ToArray();
        try
        {
            ulong Data(int i) => 0xFEDC_BA98_0000_0000 + (uint)i;
            for (int i = 0; i < count; i++)
                Epoll_ctl(epfd, EPOLL_CTL_ADD, pairs[i].First, EPOLLIN | EPOLLRDHUP, Data(i));
            for (int i = count - 1; i >= 0; i--)
            {
                if (i % 2 == 0)
                    Writen(pairs[i].Second, "x"u8);
                else
                    Shutdown(pairs[i].Second, SHUT_WR);
            }

            var events = new epoll_event[count + 1];
            events[count].data.u64 = 42;
            Assert.Equal(count, Epoll_wait(epfd, events));
            for (int n = 0; n < count; n++)
            {
                int i = count - 1 - n;
                Assert.Equal((Data(i), i % 2 == 0 ? EPOLLIN : EPOLLIN | EPOLLRDHUP), (events[n].data.u64, events[n].events));
            }

            // If the span is smaller, the next wait reports the others.
            Assert.Equal(1, Epoll_wait(epfd, events.AsSpan(0, 1)));
            Assert.Equal(Data(count - 1), events[0].data.u64);
        }
        finally
        {
            foreach (var (first, second) in pairs)
            {
                first.Dispose();
                second.Dispose();
            }
        }
    }

    [Fact]
    public void Registered_descriptor_is_modified_and_removed()
    {
        using Fd epfd = Epoll_create1();
        using var pair = StreamPair.Unix(out Fd first, out _);
        var events = new epoll_event[4];
        Epoll_ctl(epfd, EPOLL_CTL_ADD, first, EPOLLIN, 1);
        Assert.Equal(0, Epoll_wait(epfd, events, TimeSpan.Zero));
        Epoll_ctl(epfd, EPOLL_CTL_MOD, first, EPOLLOUT | EPOLLET, 2);
        Assert.Equal(1, Epoll_wait(epfd, events, TimeSpan.Zero));
        Assert.Equal((EPOLLOUT, 2ul), (events[0].events, events[0].data.u64));
        Assert.Equal(0, Epoll_wait(epfd, events, TimeSpan.Zero)); // EPOLLET reports an edge once
        Epoll_ctl(epfd, EPOLL_CTL_MOD, first, EPOLLOUT, ulong.MaxValue);
        Assert.Equal(1, Epoll_wait(epfd, events, TimeSpan.Zero));
        Assert.Equal(ulong.MaxValue, events[0].data.u64);
        Epoll_ctl(epfd, EPOLL_CTL_DEL, first);
        Assert.Equal(0, Epoll_wait(epfd, events, TimeSpan.Zero));
    }

    [Fact]
    public unsafe void Libc_functions_accept_numbers()
    {
        using Fd epfd = Epoll_create1();
        using var pair = StreamPair.Unix(out Fd first, out _);
        int list = Kernel.Number(epfd);
        var events = new epoll_event[4];
        Assert.Equal(0, epoll_ctl(list, EPOLL_CTL_ADD, Kernel.Number(first), new() { events = EPOLLOUT, data = new() { u64 = 7 } }));
        Assert.Equal(1, epoll_wait(list, events, 0));
        Assert.Equal(7ul, events[0].data.u64);
        timespec zero = default;
        events[0] = default;
        Assert.Equal(1, epoll_pwait2(list, events, &zero, null));
        Assert.Equal((EPOLLOUT, 7ul), (events[0].events, events[0].data.u64));
        Assert.Equal(-1, epoll_pwait2(Kernel.Number(first), events, &zero, null));
        Assert.Equal(Errno.EINVAL, Errno.Last);
    }

    [Fact]
    public void Errors_name_descriptor()
    {
        using Fd epfd = Epoll_create1();
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        Epoll_ctl(epfd, EPOLL_CTL_ADD, first, EPOLLIN);
        AssertFails(Errno.EEXIST, "File exists", EPOLL_CTL_ADD, first);
        AssertFails(Errno.ENOENT, "No such file or directory", EPOLL_CTL_MOD, second);
        AssertFails(Errno.ENOENT, "No such file or directory", EPOLL_CTL_DEL, second);
        AssertFails(Errno.EINVAL, "Invalid argument", EPOLL_CTL_ADD, epfd);
        using var directory = new TempDirectory();
        using Fd file = Open(directory["file"], O_RDWR | O_CREAT, 0x180);
        AssertFails(Errno.EPERM, "Operation not permitted", EPOLL_CTL_ADD, file);

        void AssertFails(Errno errno, string reason, int op, Fd fd)
        {
            var failure = Assert.Throws<UnpException>(() => Epoll_ctl(epfd, op, fd, EPOLLIN));
            Assert.Equal((errno, $"epoll_ctl error: {reason} (fd {Kernel.Number(fd)})"), (failure.Errno, failure.Message));
        }
    }

    [Fact]
    public void Descriptor_that_is_no_interest_list_is_EINVAL()
    {
        using Fd fd = Loopback.Datagram();
        Assert.Equal(
            $"epoll_wait error: Invalid argument ({fd})",
            Assert.Throws<UnpException>(() => Epoll_wait(fd, new epoll_event[1])).Message);
        Assert.Equal(
            $"epoll_pwait2 error: Invalid argument ({fd})",
            Assert.Throws<UnpException>(() => Epoll_pwait2(fd, new epoll_event[1], null, SigSet.Empty)).Message);
    }

    [Fact]
    public void Empty_buffer_and_negative_timeout_are_rejected()
    {
        using Fd epfd = Epoll_create1();
        Assert.Throws<ArgumentException>("events", () => Epoll_wait(epfd, []));
        Assert.Throws<ArgumentException>("events", () => Epoll_pwait2(epfd, [], null, SigSet.Empty));
        Assert.Throws<ArgumentOutOfRangeException>("timeout", () => Epoll_wait(epfd, new epoll_event[1], TimeSpan.FromTicks(-1)));
    }

    [Fact]
    public void Interest_list_is_close_on_exec()
    {
        using Fd epfd = Epoll_create1();
        Assert.True(Kernel.IsCloseOnExec(epfd));
    }

    [Fact]
    public void Timeout_is_rounded_up_and_never_too_short()
    {
        using Fd epfd = Epoll_create1();
        foreach (int ticks in (int[])[0, 1, 1_000, 10_001, 300_000])
        {
            TimeSpan timeout = TimeSpan.FromTicks(ticks);
            long started = Stopwatch.GetTimestamp();
            Assert.Equal(0, Limit.Run(() => Epoll_wait(epfd, new epoll_event[1], timeout)));
            Assert.InRange(Stopwatch.GetElapsedTime(started), timeout, Limit.Default);
        }
    }

    [Fact]
    public void Signal_does_not_end_wait()
    {
        using var interruption = new Interruption();
        using Fd epfd = Epoll_create1();
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        Epoll_ctl(epfd, EPOLL_CTL_ADD, first, EPOLLIN);
        foreach (TimeSpan? timeout in (TimeSpan?[])[null, Limit.Default])
        {
            var waiting = new BlockedThread<int>(() => Epoll_wait(epfd, new epoll_event[3], timeout));
            interruption.Hit(waiting, "epoll_wait");
            interruption.Hit(waiting, "epoll_wait");
            waiting.WaitUntilIn("epoll_wait");
            Writen(second, "x"u8);
            Assert.Equal(1, waiting.Result);
            Read(first, new byte[1]);
        }
    }
}
