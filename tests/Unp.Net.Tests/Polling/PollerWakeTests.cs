namespace Unp.Net.Tests.Polling;

/// <summary>Tests that <see cref="Poller.Wake"/> ends the running wait, or else the next one, once.</summary>
public class PollerWakeTests : PollerSuite
{
    [Theory, MemberData(nameof(Mechanisms))]
    public void Wake_ends_running_wait(string mechanism)
    {
        using var poller = Poller.Create(mechanism);
        using var pair = StreamPair.Unix(out Fd first, out _);
        poller.Add(first, PollEvents.Readable);
        for (int i = 0; i < 3; i++)
        {
            var waiting = new BlockedThread<int>(() => poller.Wait(new PollEvent[1])).WaitUntilIn(SystemCalls(mechanism));
            poller.Wake();
            Assert.Equal(0, waiting.Result);
            AssertSleeps(poller);
        }
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Several_Wakes_end_next_wait_once(string mechanism)
    {
        using var poller = Poller.Create(mechanism);
        foreach (int times in (int[])[1, 2, 1000])
        {
            for (int i = 0; i < times; i++)
                poller.Wake();
            Assert.Equal(0, Limit.Run(() => poller.Wait(new PollEvent[1])));
            AssertSleeps(poller);
        }
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Woken_wait_reports_ready_events(string mechanism)
    {
        using var poller = Poller.Create(mechanism);
        using var pair = StreamPair.Unix(out Fd first, out _);
        using Fd file = Open("/dev/null", O_RDWR);
        foreach (Fd fd in (Fd[])[first, file])
        {
            PollRegistration registration = poller.Add(fd, PollEvents.Writable);
            poller.Wake();
            Assert.Same(registration, WaitForOne(poller).Registration);
            poller.Remove(registration);
            AssertSleeps(poller);
        }
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Concurrent_Wakes_are_never_lost(string mechanism)
    {
        using var poller = Poller.Create(mechanism);
        const long Calls = 100_000;
        long asked = 0;
        var waiting = new BlockedThread<int>(() =>
        {
            // If a call were lost, the last wait would never end.
            var events = new PollEvent[1];
            while (Volatile.Read(ref asked) < Calls)
                Assert.Equal(0, poller.Wait(events));
            return poller.Wait(events, TimeSpan.Zero);
        });
        while (asked < Calls)
        {
            Interlocked.Increment(ref asked);
            poller.Wake();
        }
        Assert.Equal(0, waiting.Result);
    }
}
