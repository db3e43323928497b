namespace Unp.Net.Tests.Processes;

/// <summary>Tests the descriptor of a process.</summary>
public class PidfdTests
{
    [Fact]
    public void Pidfd_is_readable_only_after_process_has_ended()
    {
        using SpawnedProcess child = Children.Cat(out Fd input);
        Fd pidfd = child.Pidfd!;
        Assert.Same(pidfd, child.Pidfd);
        Assert.True(Kernel.IsCloseOnExec(pidfd));
        Assert.Equal($"{child.Id}", Kernel.Info(pidfd, "Pid"));
        Assert.False(IsReadable(pidfd));
        input.Dispose();
        Loopback.WaitUntilReadable(pidfd);
        Assert.Equal(0, child.Wait().ExitStatus);
        Assert.True(IsReadable(pidfd));
        Assert.Same(pidfd, child.Pidfd);
        child.Dispose();
        Assert.True(pidfd.IsClosed);
    }

    [Fact]
    public void Poller_watches_pidfd()
    {
        using SpawnedProcess child = Children.Exit(5);
        using Poller poller = Poller.Create();
        PollRegistration watched = poller.Add(child.Pidfd!, PollEvents.Readable);
        var ready = new PollEvent[1];
        Assert.Equal(1, poller.Wait(ready, Limit.Default));
        Assert.True(child.TryWait(out WaitStatus end));
        Assert.Equal(5, end.ExitStatus);
        poller.Remove(watched);
    }

    [Fact]
    public void Signals_reach_process_and_nothing_after_its_end()
    {
        using SpawnedProcess child = Children.Cat(out Fd input);
        using (input)
        {
            Pidfd_send_signal(child.Pidfd!, 0);
            Pidfd_send_signal(child.Pidfd!, SIGUSR1);
            Assert.Equal(SIGUSR1, Limit.Run(child.Wait).TermSignal);
        }
        var failure = Assert.Throws<UnpException>(() => Pidfd_send_signal(child.Pidfd!, SIGUSR1));
        Assert.Equal(Errno.ESRCH, failure.Errno);
        Assert.Equal($"pidfd_send_signal error: No such process ({child.Pidfd}, signal {SIGUSR1})", failure.Message);
        using Fd file = Open("/dev/null", O_RDONLY);
        Assert.Equal(Errno.EBADF, Assert.Throws<UnpException>(() => Pidfd_send_signal(file, SIGUSR1)).Errno);
    }

    static bool IsReadable(Fd fd)
    {
        Span<pollfd> wait = [new pollfd { fd = Kernel.Number(fd), events = POLLIN }];
        return poll(wait, 0) == 1;
    }
}
