namespace Unp.Net.Tests;

/// <summary>The longest TimeSpan is accepted everywhere, although it does not fit into the kernel's units.</summary>
public class LongestTimeTests
{
    static readonly Dictionary<string, Action<TimeSpan>> Waits = new()
    {
        ["readable_timeo"] = time => OnReadable((fd, _) => Assert.Equal(1, Readable_timeo(fd, time))),
        ["writable_timeo"] = time => OnReadable((fd, _) => Assert.Equal(1, Writable_timeo(fd, time))),
        ["poll"] = time => OnReadable((_, number) => Assert.Equal(1, Poll([new pollfd { fd = number, events = POLLIN }], time))),
        ["ppoll"] = time => OnReadable((_, number) => Assert.Equal(1, Ppoll([new pollfd { fd = number, events = POLLIN }], time, default))),
        ["select"] = time => OnReadable((fd, number) =>
        {
            FdSet set = default;
            set.Set(fd);
            Assert.Equal(1, Select(number + 1, ref set, time));
        }),
        ["epoll"] = time => OnReadable((fd, _) =>
        {
            using Fd list = Epoll_create1();
            Epoll_ctl(list, EPOLL_CTL_ADD, fd, EPOLLIN);
            Assert.Equal(1, Epoll_wait(list, new epoll_event[1], time));
            Assert.Equal(1, Epoll_pwait2(list, new epoll_event[1], time, default));
        }),
        ["Poller"] = time => OnReadable((fd, _) =>
        {
            foreach (string mechanism in TestKqueue.Mechanisms)
            {
                using Poller poller = Poller.Create(mechanism);
                poller.SpinPeriod = time;
                poller.Add(fd, PollEvents.Readable);
                Assert.Equal(1, poller.Wait(new PollEvent[1], time));
                poller.SpinPeriod = TimeSpan.Zero;
                Assert.Equal(1, poller.Wait(new PollEvent[1], time));
            }
        }),
        ["connect"] = time =>
        {
            using Fd listener = Loopback.Listener();
            using Fd tcp = Socket(AF_INET, SOCK_STREAM);
            Connect_nonb(tcp, Getsockname(listener), time);
            SockAddr name = SockAddr.UnixAbstract($"unp longest {getpid()}");
            using Fd server = Loopback.Listener(name);
            using Fd unix = Socket(AF_UNIX, SOCK_STREAM);
            Connect_timeo(unix, name, time);
        },
        ["sockopt"] = time => OnReadable((fd, _) =>
        {
            Setsockopt(fd, SocketOptions.RcvTimeo, time);
            Assert.Equal(1, Read(fd, new byte[10]));
        }),
        ["timerfd"] = time =>
        {
            using Fd timer = Timerfd_create(CLOCK_MONOTONIC);
            Timerfd_settime(timer, time, time);
            Assert.True(Timerfd_gettime(timer, out TimeSpan _) > TimeSpan.FromDays(100 * 365));
        },
        ["heartbeat"] = time =>
        {
            using var pair = StreamPair.Tcp(out Fd client, out _);
            Heartbeat_cli(client, time, 1).Dispose();
        },
        ["zero copy"] = time =>
        {
            using var pair = StreamPair.Tcp(out Fd client, out _);
            using var sender = new ZeroCopySender(client) { DisposeTimeout = time };
            Assert.True(sender.Complete(time));
        },
        ["mutex"] = time =>
        {
            using Fd shm = SharedMemory(SharedMutex.Size);
            using MappedMemory memory = Mmap(SharedMutex.Size, PROT_READ | PROT_WRITE, MAP_SHARED, shm);
            using SharedMutex mutex = SharedMutex.Create(memory);
            mutex.Enter();
            var waiting = new BlockedThread<bool>(() =>
            {
                bool isTaken = mutex.TryEnter(time, out _);
                mutex.Exit();
                return isTaken;
            });
            waiting.WaitUntilIn("futex");
            mutex.Exit();
            Assert.True(waiting.Result);
        },
    };

    public static TheoryData<string> Names => [.. Waits.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Longest_time_is_accepted(string name) => Limit.Run(() => Waits[name](TimeSpan.MaxValue));

    static void OnReadable(Action<Fd, int> wait)
    {
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        Writen(second, "x"u8);
        wait(first, (int)first.DangerousGetHandle());
    }
}
