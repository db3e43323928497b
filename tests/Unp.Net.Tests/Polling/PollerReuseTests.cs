using System.Net.Sockets;

namespace Unp.Net.Tests.Polling;

/// <summary>Tests descriptors that are closed without Remove, whose number is reused, or whose open file survives in a duplicate.</summary>
public class PollerReuseTests : PollerSuite
{
    [Theory, MemberData(nameof(Mechanisms))]
    public void Closed_descriptor_is_not_reported_but_others_are(string mechanism)
    {
        using var poller = Poller.Create(mechanism);
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        Fd gone = Kernel.Apart(Loopback.Datagram());
        PollRegistration dead = poller.Add(gone, PollEvents.Writable);
        PollRegistration live = poller.Add(first, PollEvents.Readable);
        gone.Dispose();
        Assert.False(dead.IsAdded);
        Settle(poller);
        Writen(second, "x"u8);
        Assert.Same(live, WaitForOne(poller).Registration);
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void New_owner_of_number_gets_no_events_of_old_one(string mechanism)
    {
        using var poller = Poller.Create(mechanism);
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        Fd gone = Kernel.Apart(Loopback.Datagram());
        poller.Add(gone, PollEvents.Readable, "dead");
        PollRegistration live = poller.Add(second, PollEvents.Readable, "live");
        gone.Dispose();
        using Fd next = Kernel.Take(Kernel.Number(gone), first);
        Assert.Equal(Kernel.Number(gone), Kernel.Number(next));
        Writen(second, "x"u8);
        Settle(poller);
        Assert.Null(poller.Find(next));
        Writen(first, "x"u8);
        Assert.Same(live, WaitForOne(poller).Registration);

        // The number can be added for its new owner.
        PollRegistration added = poller.Add(next, PollEvents.Readable, "next");
        Assert.Same(added, poller.Find(next));
        Assert.Equal(["live", "next"], Wait(poller).Select(reported => (string)reported.State!).Order());
        poller.Remove(live);
        poller.Remove(added);
        Assert.Equal(0, poller.Count);
        AssertSleeps(poller);
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Reused_number_is_added_before_any_wait(string mechanism)
    {
        using var poller = Poller.Create(mechanism);
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        Fd gone = Kernel.Apart(Loopback.Datagram());
        PollRegistration dead = poller.Add(gone, PollEvents.Readable | PollEvents.Writable);
        gone.Dispose();
        using Fd next = Kernel.Take(Kernel.Number(gone), first);
        PollRegistration added = poller.Add(next, PollEvents.Readable);
        Assert.Equal(1, poller.Count);
        AssertSleeps(poller);
        Writen(second, "x"u8);
        PollEvent reported = WaitForOne(poller);
        Assert.Equal((added, PollEvents.Readable), (reported.Registration, reported.Events));

        // Removing the old registration late must not affect the new one.
        poller.Remove(dead);
        Assert.Equal((true, 1), (added.IsAdded, poller.Count));
        Assert.Same(added, WaitForOne(poller).Registration);
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Closed_descriptor_with_duplicate_does_not_end_all_waits(string mechanism)
    {
        using var poller = Poller.Create(mechanism);
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        using var other = StreamPair.Unix(out Fd third, out Fd fourth);
        Fd gone = Kernel.Take(Kernel.Far, first);
        poller.Add(gone, PollEvents.Writable, "dead");
        PollRegistration live = poller.Add(third, PollEvents.Readable, "live");
        using Fd file = Open("/dev/null", O_RDWR);
        PollRegistration always = poller.Add(file, PollEvents.Priority);
        gone.Dispose();
        Settle(poller);
        Writen(fourth, "x"u8);
        Assert.Same(live, WaitForOne(poller).Registration);
        Read(third, new byte[1]);
        poller.Modify(always, PollEvents.Readable);
        Assert.Same(always, WaitForOne(poller).Registration);
        poller.Remove(always);
        AssertSleeps(poller);
        poller.Wake();
        Assert.Empty(Wait(poller));
        AssertSleeps(poller);
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Closed_descriptors_with_duplicates_do_not_starve_others(string mechanism)
    {
        using var poller = Poller.Create(mechanism);
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        Fd[] gone = [.. Enumerable.Range(0, 40).Select(_ => Kernel.Take(Kernel.Far, first))];
        foreach (Fd fd in gone)
            poller.Add(fd, PollEvents.Writable);
        PollRegistration live = poller.Add(second, PollEvents.Writable);
        foreach (Fd fd in gone)
            fd.Dispose();
        for (int i = 0; i < 10; i++)
            Limit.Until(() => Wait(poller, room: 1) is [{ Registration: var reported }] && reported == live, "its turn");
        poller.Remove(live);
        Settle(poller);
    }

    [Theory, MemberData(nameof(Edged))]
    public void Reported_OneShot_stays_silent_after_list_is_rebuilt(string mechanism)
    {
        using var poller = Poller.Create(mechanism);
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        PollRegistration spent = poller.Add(first, PollEvents.Writable, mode: PollMode.OneShot);
        Assert.Same(spent, WaitForOne(poller).Registration);
        Fd gone = Kernel.Take(Kernel.Far, second);
        poller.Add(gone, PollEvents.Writable);
        gone.Dispose();
        Settle(poller);
        poller.Modify(spent, PollEvents.Writable);
        Assert.Same(spent, WaitForOne(poller).Registration);
        AssertSleeps(poller);
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Number_and_file_of_closed_one_can_be_added_again(string mechanism)
    {
        using var poller = Poller.Create(mechanism);
        using var pair = StreamPair.Unix(out Fd first, out _);
        Fd gone = Kernel.Take(Kernel.Far, first);
        poller.Add(gone, PollEvents.Readable);
        gone.Dispose();
        using Fd same = Kernel.Take(Kernel.Number(gone), first);
        Assert.Equal(Kernel.Number(gone), Kernel.Number(same));
        PollRegistration added = poller.Add(same, PollEvents.Writable);
        Assert.Same(added, WaitForOne(poller).Registration);
        poller.Remove(added);
        AssertSleeps(poller);
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Transferred_descriptor_can_be_added_by_new_owner(string mechanism)
    {
        using var poller = Poller.Create(mechanism);
        using var pair = StreamPair.Unix(out Fd first, out _);
        Fd mine = Kernel.Take(Kernel.Far, first);
        PollRegistration dead = poller.Add(mine, PollEvents.Readable);
        using var socket = new Socket(mine.ToSocketHandle());
        Assert.False(dead.IsAdded);
        PollRegistration added = poller.Add(socket.SafeHandle, PollEvents.Writable);
        Assert.Same(added, WaitForOne(poller).Registration);
        poller.Remove(dead);
        Assert.Same(added, WaitForOne(poller).Registration);
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Closed_descriptor_can_be_removed_once_without_error(string mechanism)
    {
        using var poller = Poller.Create(mechanism);
        using var pair = StreamPair.Unix(out Fd first, out _);
        foreach (bool waits in (bool[])[false, true])
        {
            Fd gone = Kernel.Take(Kernel.Far, first);
            PollRegistration dead = poller.Add(gone, PollEvents.Writable);
            gone.Dispose();
            if (waits)
                Settle(poller);
            poller.Remove(dead);
            Assert.Equal(0, poller.Count);
            Assert.Throws<ArgumentException>("registration", () => poller.Remove(dead));
        }
        Settle(poller);
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Borrowed_number_closed_by_owner_does_not_stop_others(string mechanism)
    {
        using var poller = Poller.Create(mechanism);
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        Fd hidden = Kernel.Apart(Loopback.Datagram());
        PollRegistration lost = poller.Add(Fd.Borrow(Kernel.Number(hidden)), PollEvents.Readable);
        PollRegistration live = poller.Add(first, PollEvents.Readable);
        hidden.Dispose();

        // A closed descriptor with an open duplicate makes epoll rebuild its interest list.
        Fd gone = Kernel.Take(Kernel.Far + 100, second);
        poller.Add(gone, PollEvents.Writable);
        gone.Dispose();
        Settle(poller);

        // kqueue forgets the number silently, so its registration stays.
        if (mechanism != "kqueue")
        {
            Assert.Equal((1, false), (poller.Count, lost.IsAdded));
            Assert.Throws<ArgumentException>("registration", () => poller.Modify(lost, PollEvents.Writable));
        }
        poller.Remove(lost);
        Writen(second, "x"u8);
        Assert.Same(live, WaitForOne(poller).Registration);
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Waits_continue_without_free_descriptor_for_new_list(string mechanism)
    {
        using var poller = Poller.Create(mechanism);
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        PollRegistration live = poller.Add(first, PollEvents.Readable);
        Fd gone = Kernel.Take(Kernel.Far, second);
        poller.Add(gone, PollEvents.Writable);
        gone.Dispose();
        using (new DescriptorLimit())
        {
            for (int i = 0; i < 100; i++)
                AssertQuiet(poller);
            Writen(second, "x"u8);
            Limit.Until(() => Wait(poller) is [{ Registration: var reported }] && reported == live, "reported");
            Read(first, new byte[1]);
        }
        Settle(poller);
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Other_thread_may_close_watched_descriptor(string mechanism)
    {
        using var poller = Poller.Create(mechanism);
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        PollRegistration live = poller.Add(second, PollEvents.Writable);
        for (int round = 0; round < 20; round++)
        {
            PollRegistration[] dying = [.. Enumerable.Range(0, 50).Select(_ => poller.Add(Kernel.Take(0, first), PollEvents.Writable))];
            Task<bool> closing = Task.Run(() =>
            {
                foreach (PollRegistration registration in dying)
                    registration.Descriptor.Dispose();
                return true;
            });
            while (!closing.IsCompleted)
                Wait(poller, TimeSpan.Zero, room: 64);
            closing.Within();
            foreach (PollRegistration registration in dying)
                poller.Remove(registration);
        }
        Assert.Equal(1, poller.Count);
        Limit.Until(() => Wait(poller) is [{ Registration: var reported }] && reported == live, "reported");
        poller.Remove(live);
        Settle(poller);
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Registration_removed_during_same_wait_is_not_added(string mechanism)
    {
        using var poller = Poller.Create(mechanism);
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        poller.Add(first, PollEvents.Writable);
        poller.Add(second, PollEvents.Writable);
        PollEvent[] reported = Wait(poller);
        Assert.Equal(2, reported.Length);
        poller.Remove(reported[1].Registration);
        Assert.Equal((true, false), (reported[0].Registration.IsAdded, reported[1].Registration.IsAdded));
        Assert.Equal($"{reported[1].Registration.Descriptor} (not added)", reported[1].Registration.ToString());
        PollRegistration again = poller.Add((Fd)reported[1].Registration.Descriptor, PollEvents.Writable);
        Assert.Equal((true, false), (again.IsAdded, reported[1].Registration.IsAdded));
    }

    /// <summary>Waits until the poller has dropped all closed descriptors, so that a wait lasts until its timeout.</summary>
    static void Settle(Poller poller)
    {
        int waits = 0;
        var waited = TimeSpan.Zero;
        while (waited < Short)
        {
            Assert.True(++waits < 100, "The waits still end early.");
            long started = System.Diagnostics.Stopwatch.GetTimestamp();
            Assert.Empty(Wait(poller, Short));
            waited = System.Diagnostics.Stopwatch.GetElapsedTime(started);
        }
    }
}
