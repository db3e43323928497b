namespace Unp.Net.Tests.Events;

/// <summary>Every poller can wait for counters, timers, processes and signals, because they are descriptors.</summary>
public class InEveryPollerTests
{
    public static TheoryData<string> Mechanisms => ["select", "poll", "epoll"];

    [Theory]
    [MemberData(nameof(Mechanisms))]
    public void Every_kind_of_descriptor_is_reported_when_ready(string mechanism)
    {
        using Peer cat = Peer.Start("cat");
        using Fd counter = Eventfd(0, EFD_NONBLOCK);
        using Fd timer = Timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
        using Fd process = Pidfd_open(cat.Id);
        using Poller poller = Poller.Create(mechanism);
        poller.Add(counter, PollEvents.Readable, "counter");
        poller.Add(timer, PollEvents.Readable, "timer");
        poller.Add(process, PollEvents.Readable, "process");
        Assert.Equal([], Ready(poller, TimeSpan.Zero));

        Eventfd_write(counter);
        Assert.Equal(["counter"], Ready(poller, Limit.Default));
        Eventfd_read(counter);

        Timerfd_settime(timer, TimeSpan.FromMilliseconds(5));
        Assert.Equal(["timer"], Ready(poller, Limit.Default));
        Assert.Equal(1ul, ReadTimerfd(timer));

        Pidfd_send_signal(process, SIGKILL);
        Assert.Equal(["process"], Ready(poller, Limit.Default));
    }

    [Theory]
    [MemberData(nameof(Mechanisms))]
    public void Signal_of_waiting_thread_is_reported(string mechanism)
    {
        Limit.Run(() =>
        {
            Sigprocmask(SIG_BLOCK, SigSet.Of(SIGUSR1));
            using Fd signals = Signalfd(SigSet.Of(SIGUSR1), SFD_NONBLOCK);
            using Poller poller = Poller.Create(mechanism);
            poller.Add(signals, PollEvents.Readable, "signal");
            Assert.Equal([], Ready(poller, TimeSpan.Zero));
            int thread = gettid();
            var waking = Task.Run(() => tgkill(getpid(), thread, SIGUSR1));
            Assert.Equal(["signal"], Ready(poller, Limit.Default));
            Assert.Equal(0, waking.Within());
            Assert.Equal(1, ReadSignalfd(signals, new signalfd_siginfo[4]));
            Assert.Equal([], Ready(poller, TimeSpan.Zero));
        });
    }

    static string[] Ready(Poller poller, TimeSpan timeout)
    {
        var events = new PollEvent[8];
        int n = poller.Wait(events, timeout);
        Assert.All(events[..n], e => Assert.True(e.IsReadable));
        return [.. events[..n].Select(e => (string)e.State!)];
    }
}
