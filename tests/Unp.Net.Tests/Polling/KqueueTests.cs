namespace Unp.Net.Tests.Polling;

#pragma warning disable CA1416 // that it says so at run time too is what is tested

public class KqueueTests
{
    [Fact]
    public void System_without_it_says_what_there_is_instead()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There is kqueue here.");
        using Fd fd = Loopback.Datagram();
        string reason = " exists on macOS and FreeBSD only. Use epoll or poll.";
        Assert.Equal("kqueue" + reason, Assert.Throws<PlatformNotSupportedException>(() => Kqueue()).Message);
        Assert.Equal("kevent" + reason, Assert.Throws<PlatformNotSupportedException>(() => Kevent(fd, [], [])).Message);
    }
}
