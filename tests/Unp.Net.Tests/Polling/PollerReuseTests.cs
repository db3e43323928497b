using System.Net.Sockets;

namespace Unp.Net.Tests.Polling;

/// <summary>Descriptors that are closed without being removed, whose number goes to another one, or whose file lives on in a duplicate.</summary>
public class PollerReuseTests : PollerSuite
{
    [Theory, MemberData(nameof(Mechanisms))]
    public void Closed_descriptor_is_told_no_more_and_the_others_are(string mechanism)
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
    public void New_owner_of_the_number_gets_nothing_of_the_dead_one(string mechanism)
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

        // Added, it is its own.
        PollRegistration added = poller.Add(next, PollEvents.Readable, "next");
        Assert.Same(added, poller.Find(next));
        Assert.Equal(["live", "next"], Wait(poller).Select(told => (string)told.State!).Order());
        poller.Remove(live);
        poller.Remove(added);
        Assert.Equal(0, poller.Count);
        AssertSleeps(poller);
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Number_is_added_anew_before_anybody_waited(string mechanism)
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
        PollEvent told = WaitForOne(poller);
        Assert.Equal((added, PollEvents.Readable), (told.Registration, told.Events));

        // Late, but not at the cost of the new owner.
        poller.Remove(dead);
        Assert.Equal((true, 1), (added.IsAdded, poller.Count));
        Assert.Same(added, WaitForOne(poller).Registration);
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Closed_descriptor_with_a_duplicate_does_not_end_waits_for_ever(string mechanism)
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
    public void Closed_descriptors_with_duplicates_do_not_keep_the_living_from_their_turn(string mechanism)
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
            Limit.Until(() => Wait(poller, room: 1) is [{ Registration: var told }] && told == live, "its turn");
        poller.Remove(live);
        Settle(poller);
    }

    [Theory, MemberData(nameof(Edged))]
    public void Spent_one_shot_stays_spent_when_the_dead_are_buried(string mechanism)
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
    public void Number_and_file_of_the_dead_one_can_be_added_anew(string mechanism)
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
    public void Descriptor_that_is_given_away_can_be_added_by_its_new_owner(string mechanism)
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
    public void Removing_a_closed_descriptor_is_quiet_once_whether_a_wait_found_it_or_not(string mechanism)
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
    public void Borrowed_number_that_is_closed_behind_its_back_does_not_stop_the_others(string mechanism)
    {
        using var poller = Poller.Create(mechanism);
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        Fd hidden = Kernel.Apart(Loopback.Datagram());
        PollRegistration lost = poller.Add(Fd.Borrow(Kernel.Number(hidden)), PollEvents.Readable);
        PollRegistration live = poller.Add(first, PollEvents.Readable);
        hidden.Dispose();

        // For epoll, one that makes it build its list anew.
        Fd gone = Kernel.Take(Kernel.Far + 100, second);
        poller.Add(gone, PollEvents.Writable);
        gone.Dispose();
        Settle(poller);

        // kqueue has forgotten it without a word.
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
    public void Waits_go_on_when_no_descriptor_is_free_to_bury_the_dead(string mechanism)
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
            Limit.Until(() => Wait(poller) is [{ Registration: var told }] && told == live, "told");
            Read(first, new byte[1]);
        }
        Settle(poller);
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Another_thread_may_close_what_is_watched(string mechanism)
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
        Limit.Until(() => Wait(poller) is [{ Registration: var told }] && told == live, "told");
        poller.Remove(live);
        Settle(poller);
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Registration_that_the_handling_of_another_has_removed_says_so(string mechanism)
    {
        using var poller = Poller.Create(mechanism);
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        poller.Add(first, PollEvents.Writable);
        poller.Add(second, PollEvents.Writable);
        PollEvent[] told = Wait(poller);
        Assert.Equal(2, told.Length);
        poller.Remove(told[1].Registration);
        Assert.Equal((true, false), (told[0].Registration.IsAdded, told[1].Registration.IsAdded));
        Assert.Equal($"{told[1].Registration.Descriptor} (not added)", told[1].Registration.ToString());
        PollRegistration anew = poller.Add((Fd)told[1].Registration.Descriptor, PollEvents.Writable);
        Assert.Equal((true, false), (anew.IsAdded, told[1].Registration.IsAdded));
    }

    /// <summary>Waits that end early find the dead; before long there are none, and a wait takes its time.</summary>
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
