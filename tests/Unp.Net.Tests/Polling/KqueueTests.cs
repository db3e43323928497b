namespace Unp.Net.Tests.Polling;

#pragma warning disable CA1416 // the test checks that the call fails at run time on other systems

public class KqueueTests
{
    [Fact]
    public void System_without_kqueue_names_alternatives()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There is kqueue here.");
        using Fd fd = Loopback.Datagram();
        string reason = " exists on macOS and FreeBSD only. Use epoll or poll.";
        Assert.Equal("kqueue" + reason, Assert.Throws<PlatformNotSupportedException>(() => Kqueue()).Message);
        Assert.Equal("kevent" + reason, Assert.Throws<PlatformNotSupportedException>(() => Kevent(fd, [], [])).Message);
    }
}
