namespace Unp.Net.Tests.Events;

public class PidfdTests
{
    [Fact]
    public void Pidfd_takes_signals_and_is_readable_after_exit()
    {
        using Peer cat = Peer.Start("cat");
        using Fd fd = Pidfd_open(cat.Id);
        Assert.True(Kernel.IsCloseOnExec(fd));
        Assert.Equal(0, Readable_timeo(fd, TimeSpan.Zero));
        Pidfd_send_signal(fd, 0);
        Assert.Equal(0, pidfd_send_signal(Kernel.Number(fd), 0, 0));
        Pidfd_send_signal(fd, SIGTERM);
        Assert.Equal(1, Readable_timeo(fd, Limit.Default));
        Assert.Equal(128 + SIGTERM, cat.WaitForExit());
        var failure = Assert.Throws<UnpException>(() => Pidfd_send_signal(fd, 0));
        Assert.Equal((Errno.ESRCH, "pidfd_send_signal"), (failure.Errno, failure.Function));
    }

    [Fact]
    public void Missing_process_is_esrch_with_its_number()
    {
        int gone;
        using (Peer program = Peer.Start("true"))
        {
            gone = program.Id;
            program.WaitForExit();
        }
        Assert.Equal($"pidfd_open error: No such process (pid {gone})", Assert.Throws<UnpException>(() => Pidfd_open(gone)).Message);
        Assert.Equal(Errno.EINVAL, Assert.Throws<UnpException>(() => Pidfd_open(-1)).Errno);
        using Fd file = Open("/dev/null", O_RDONLY);
        Assert.Equal(Errno.EBADF, Assert.Throws<UnpException>(() => Pidfd_send_signal(file, 0)).Errno);
    }
}
