using Unp.Net.Tests.Sockets;

namespace Unp.Net.Tests.LibcCalls;

/// <summary>Tests poll, and that Libc repeats no call after a signal.</summary>
public class PollTests
{
    [Fact]
    public void Ready_descriptors_are_reported_and_counted()
    {
        var (first, second) = Loopback.UnixPair();
        using (first)
        {
            Span<pollfd> fds =
            [
                new pollfd { fd = Kernel.Number(first), events = POLLIN | POLLOUT },
                new pollfd { fd = Kernel.Number(second), events = POLLIN },
                new pollfd { fd = -1, events = POLLIN, revents = POLLIN },
                new pollfd { fd = 999_999, events = POLLIN },
            ];
            Assert.Equal(2, poll(fds, 0));
            Assert.Equal((POLLOUT, 0, 0, POLLNVAL), (fds[0].revents, fds[1].revents, fds[2].revents, fds[3].revents));

            second.Dispose();
            fds[1].fd = -1;
            Assert.Equal(2, poll(fds, 0));
            Assert.Equal(POLLIN | POLLOUT | POLLHUP, fds[0].revents);
        }
    }

    [Fact]
    public unsafe void Time_out_is_0_and_too_many_descriptors_are_error()
    {
        using Fd fd = Loopback.Datagram();
        var wait = new pollfd { fd = Kernel.Number(fd), events = POLLIN };
        Assert.Equal(0, poll(&wait, 1, 1));
        Assert.Equal(0, poll([], 1));
        Assert.Equal((-1, Errno.EINVAL), (poll(&wait, int.MaxValue, 0), Errno.Last));
    }

    [Fact]
    public void Signal_ends_wait()
    {
        using var interruption = new Interruption();
        var (first, second) = Loopback.UnixPair();
        using (first)
        using (second)
        {
            Kernel.MakeInterruptible(first);
            int number = Kernel.Number(first);
            Func<(nint, Errno)>[] calls =
            [
                () => (poll([new pollfd { fd = number, events = POLLIN }], -1), Errno.Last),
                () => (recv(number, new byte[1], 0), Errno.Last),
                () => (read(first, new byte[1]), Errno.Last),
            ];
            foreach (var (call, name) in calls.Zip((string[])["poll", "recvfrom", "read"]))
            {
                var blocked = new BlockedThread<(nint, Errno)>(call);
                interruption.Hit(blocked, name);
                Assert.Equal((-1, Errno.EINTR), blocked.Result);
            }
        }
    }
}
