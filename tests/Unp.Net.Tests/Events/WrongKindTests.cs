namespace Unp.Net.Tests.Events;

/// <summary>Each function refuses a descriptor of another kind, names the wrong kind, and consumes nothing.</summary>
public sealed class WrongKindTests : IDisposable
{
    static readonly Dictionary<string, Action<Fd>> Functions = new()
    {
        ["eventfd_read"] = fd => Eventfd_read(fd),
        ["eventfd_write"] = fd => Eventfd_write(fd),
        ["timerfd"] = fd => ReadTimerfd(fd),
        ["signalfd"] = fd => ReadSignalfd(fd, new signalfd_siginfo[2]),
    };

    static readonly string[] Kinds = ["eventfd", "timerfd", "signalfd", "pipe", "socket", "file"];

    readonly TempDirectory directory = new();

    public static TheoryData<string, string> WrongKinds =>
        [
            .. from function in Functions.Keys
            from kind in Kinds
            where !function.StartsWith(kind, StringComparison.Ordinal)
            select (function, kind),
        ];

    public void Dispose() => directory.Dispose();

    [Theory]
    [MemberData(nameof(WrongKinds))]
    public void Other_kind_is_einval_and_nothing_is_consumed(string function, string kind)
    {
        using Fd fd = Filled(kind, out Fd? writer);
        using (writer)
        {
            var failure = Assert.Throws<UnpException>(() => Functions[function](fd));
            Assert.Equal(Errno.EINVAL, failure.Errno);
            (string call, string expected) = function[0] == 'e' ? (function, "an eventfd") : ("read", $"a {function}");
            Assert.Equal($"{call} error: Invalid argument ({fd} is not {expected})", failure.Message);
            AssertFilled(kind, fd);
        }
    }

    [Theory]
    [MemberData(nameof(WrongKinds))]
    public void Other_kind_is_detected_through_dotnet_handle(string function, string kind)
    {
        using Fd fd = Filled(kind, out Fd? writer);
        using (writer)
        {
            using Fd borrowed = Fd.Borrow(Kernel.Number(fd));
            for (int i = 0; i < 2; i++)
                Assert.Equal(Errno.EINVAL, Assert.Throws<UnpException>(() => Functions[function](borrowed)).Errno);
            AssertFilled(kind, fd);
        }
    }

    [Fact]
    public void Try_forms_set_einval()
    {
        using Fd fd = Eventfd(1);
        Errno.Last = default;
        Assert.Equal((false, Errno.EINVAL), (TryReadTimerfd(fd, out ulong expirations), Errno.Last));
        Errno.Last = default;
        Assert.Equal((false, Errno.EINVAL), (TryReadSignalfd(fd, new signalfd_siginfo[1], out int signals), Errno.Last));
        Assert.Equal((0ul, 0, 1ul), (expirations, signals, Eventfd_read(fd)));
    }

    [Fact]
    public void Descriptor_made_elsewhere_works()
    {
        using Fd first = Eventfd(7), second = Timerfd_create(CLOCK_MONOTONIC);
        using Fd eventfd = Dup(first), timerfd = Dup(second);
        Assert.Equal(7ul, Eventfd_read(eventfd));
        Timerfd_settime(timerfd, TimeSpan.Zero);
        Assert.Equal(1ul, Limit.Run(() => ReadTimerfd(timerfd)));
    }

    [Fact]
    public void Reused_number_of_other_kind_is_detected()
    {
        using Fd fd = Eventfd(1), timer = Timerfd_create(CLOCK_MONOTONIC);
        Assert.Equal(1ul, Eventfd_read(fd));
        Dup2(timer, fd);
        Assert.Equal(Errno.EINVAL, Assert.Throws<UnpException>(() => Eventfd_read(fd)).Errno);
        Timerfd_settime(fd, TimeSpan.Zero);
        Assert.Equal(1ul, Limit.Run(() => ReadTimerfd(fd)));
    }

    Fd Filled(string kind, out Fd? writer)
    {
        writer = null;
        byte[] content = new byte[300];
        content[0] = 1;
        switch (kind)
        {
            case "eventfd":
                return Eventfd(5);
            case "timerfd":
                Fd timer = Timerfd_create(CLOCK_MONOTONIC);
                Timerfd_settime(timer, TimeSpan.Zero);
                return timer;
            case "signalfd":
                return Signalfd(SigSet.Of(SIGUSR2));
            case "pipe":
                Pipe(out Fd reader, out writer);
                Writen(writer, content);
                return reader;
            case "socket":
                Socketpair(AF_UNIX, SOCK_STREAM, 0, out Fd first, out writer);
                Writen(writer, content);
                return first;
            default:
                File.WriteAllBytes(directory["file"], content);
                return Open(directory["file"], O_RDWR);
        }
    }

    static void AssertFilled(string kind, Fd fd)
    {
        switch (kind)
        {
            case "eventfd":
                Assert.Equal(5ul, Eventfd_read(fd));
                break;
            case "timerfd":
                Assert.Equal(1ul, Limit.Run(() => ReadTimerfd(fd)));
                break;
            case "signalfd":
                break;
            default:
                Assert.Equal(300, Readn(fd, new byte[kind == "file" ? 301 : 300]));
                break;
        }
    }
}
