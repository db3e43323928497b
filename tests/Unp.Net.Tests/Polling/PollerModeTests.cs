namespace Unp.Net.Tests.Polling;

/// <summary>Tests the modes LevelTriggered, EdgeTriggered, OneShot and Exclusive.</summary>
public class PollerModeTests : PollerSuite
{
    [Theory, MemberData(nameof(Edged))]
    public void Edge_is_reported_when_new_data_arrives(string mechanism)
    {
        using var poller = Poller.Create(mechanism);
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        PollRegistration registration = poller.Add(first, PollEvents.Readable, mode: PollMode.EdgeTriggered);
        Assert.Equal(PollMode.EdgeTriggered, registration.Mode);
        for (int i = 0; i < 3; i++)
        {
            AssertQuiet(poller);
            Writen(second, "x"u8);
            Assert.Equal(PollEvents.Readable, WaitForOne(poller).Events);
        }
        AssertSleeps(poller);

        // Modify reports unread data again, with the old mode and with a new one.
        poller.Modify(registration, PollEvents.Readable);
        Assert.Equal(PollMode.EdgeTriggered, registration.Mode);
        Assert.Equal(PollEvents.Readable, WaitForOne(poller).Events);
        AssertQuiet(poller);
        poller.Modify(registration, PollEvents.Readable, PollMode.LevelTriggered);
        Assert.Equal(PollMode.LevelTriggered, registration.Mode);
        Assert.Equal(PollEvents.Readable, WaitForOne(poller).Events);
        Assert.Equal(PollEvents.Readable, WaitForOne(poller).Events);
    }

    [Theory, MemberData(nameof(Edged))]
    public void OneShot_is_reported_once_until_modified(string mechanism)
    {
        using var poller = Poller.Create(mechanism);
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        PollRegistration registration = poller.Add(first, PollEvents.Readable, mode: PollMode.OneShot);
        Writen(second, "x"u8);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(PollEvents.Readable, WaitForOne(poller).Events);
            Writen(second, "x"u8);
            AssertSleeps(poller);
            poller.Modify(registration, PollEvents.Readable);
            Assert.Equal(PollMode.OneShot, registration.Mode);
        }
        poller.Modify(registration, PollEvents.Readable, PollMode.OneShot | PollMode.EdgeTriggered);
        Assert.Equal(PollEvents.Readable, WaitForOne(poller).Events);
        AssertSleeps(poller);
    }

    [Fact]
    public void Exclusive_wakes_some_pollers_until_data_is_read()
    {
        using Fd listenfd = Loopback.Listener();
        Kernel.SetNonBlocking(listenfd);
        using var first = new EpollPoller();
        using var second = new EpollPoller();
        Poller[] pollers = [first, second];
        foreach (Poller poller in pollers)
            poller.Add(listenfd, PollEvents.Readable, mode: PollMode.Exclusive);
        BlockedThread<int>[] waiting = [.. pollers.Select(poller =>
            new BlockedThread<int>(() => poller.Wait(new PollEvent[1], Limit.Default)).WaitUntilIn(SystemCalls("epoll")))];
        using Fd client = Loopback.Connected(listenfd);
        Limit.Until(() => waiting.Any(thread => thread.Ended), "woken");
        foreach (Poller poller in pollers)
            poller.Wake();
        int[] results = [.. waiting.Select(thread => thread.Result)];
        Assert.Contains(1, results);
        Poller reported = pollers[Array.IndexOf(results, 1)];
        Limit.Until(() => Wait(reported).Length == 1, "reported again, if after the wake-up");
        WaitForOne(reported);
        Accept(listenfd).Dispose();
        AssertQuiet(reported);
    }

    [Fact]
    public void Exclusive_rejects_Modify_and_unsupported_flags()
    {
        using var poller = new EpollPoller();
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        PollRegistration exclusive = poller.Add(
            first, PollEvents.Readable | PollEvents.Writable, mode: PollMode.Exclusive | PollMode.EdgeTriggered);
        PollRegistration shared = poller.Add(second, PollEvents.Readable);
        AssertRefused(() => poller.Modify(exclusive, PollEvents.Readable), "epoll", "Exclusive", exclusive.ToString());
        AssertRefused(
            () => poller.Modify(exclusive, PollEvents.Readable, PollMode.LevelTriggered), "epoll", "Exclusive", exclusive.ToString());
        AssertRefused(() => poller.Modify(shared, PollEvents.Readable, PollMode.Exclusive), "epoll", "Exclusive", shared.ToString());
        Assert.Equal((PollEvents.Readable, PollMode.LevelTriggered), (shared.Interest, shared.Mode));
        poller.Remove(shared);
        AssertRefused(
            () => poller.Add(second, PollEvents.Readable, mode: PollMode.Exclusive | PollMode.OneShot), "epoll", "Exclusive", "OneShot");
        AssertRefused(() => poller.Add(second, PollEvents.Priority, mode: PollMode.Exclusive), "epoll", "Exclusive", "Priority");
        AssertRefused(() => poller.Add(second, PollEvents.PeerClosed, mode: PollMode.Exclusive), "epoll", "Exclusive", "PeerClosed");
        poller.Add(second, PollEvents.Readable);
    }

    [Theory, MemberData(nameof(Plain))]
    public void Select_and_poll_reject_other_modes(string mechanism)
    {
        using var poller = Poller.Create(mechanism);
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        PollRegistration added = poller.Add(second, PollEvents.Readable);
        foreach (PollMode mode in (PollMode[])[PollMode.EdgeTriggered, PollMode.OneShot, PollMode.Exclusive])
        {
            AssertRefused(() => poller.Add(first, PollEvents.Readable, mode: mode), mechanism, mode.ToString());
            AssertRefused(() => poller.Modify(added, PollEvents.Writable, mode), mechanism, mode.ToString());
        }
        AssertRefused(
            () => poller.Add(first, PollEvents.Readable, mode: PollMode.EdgeTriggered | PollMode.OneShot),
            mechanism, "EdgeTriggered, OneShot");

        // The rejected calls have changed nothing.
        Assert.Equal((1, PollEvents.Readable, PollMode.LevelTriggered), (poller.Count, added.Interest, added.Mode));
        AssertQuiet(poller);
        poller.Add(first, PollEvents.Readable);
    }

    [Fact]
    public void Select_supports_PeerClosed_only_with_Readable()
    {
        using var poller = new SelectPoller();
        using var pair = StreamPair.Unix(out Fd first, out _);
        AssertRefused(() => poller.Add(first, PollEvents.PeerClosed | PollEvents.Writable), "select", "PeerClosed", "Readable");
        PollRegistration registration = poller.Add(first, PollEvents.PeerClosed | PollEvents.Readable);
        AssertRefused(() => poller.Modify(registration, PollEvents.PeerClosed), "select", "PeerClosed", "Readable");
    }

    [Theory, MemberData(nameof(Unlimited))]
    public void Other_mechanisms_support_PeerClosed_alone(string mechanism)
    {
        using var poller = Poller.Create(mechanism);
        using var pair = StreamPair.Tcp(out Fd client, out Fd server);
        poller.Add(server, PollEvents.PeerClosed);
        Writen(client, "x"u8);
        Loopback.WaitUntilReadable(server);
        AssertQuiet(poller);
        Shutdown(client, SHUT_WR);
        Assert.Equal(PollEvents.PeerClosed, WaitForOne(poller).Events);
    }

    static void AssertRefused(Action call, params string[] named)
    {
        string message = Assert.Throws<NotSupportedException>(call).Message;
        Assert.All(named, name => Assert.Contains(name, message, StringComparison.Ordinal));
    }
}
