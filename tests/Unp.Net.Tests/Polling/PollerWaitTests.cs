using System.Diagnostics;
using Unp.Net.Tests.Sockets;

namespace Unp.Net.Tests.Polling;

/// <summary>Tests how long a wait takes, and what ends it.</summary>
public class PollerWaitTests : PollerSuite
{
    [Theory, MemberData(nameof(Mechanisms))]
    public void Time_out_is_rounded_up(string mechanism)
    {
        using var poller = Poller.Create(mechanism);
        using var pair = StreamPair.Unix(out Fd first, out _);
        poller.Add(first, PollEvents.Readable);
        TimeSpan unit = Unit(mechanism);
        foreach (int ticks in (int[])[1, 9, 1_000, 9_999, 10_001, 20_009, 300_000])
        {
            long started = Stopwatch.GetTimestamp();
            Assert.Empty(Wait(poller, TimeSpan.FromTicks(ticks)));
            TimeSpan roundedUp = (ticks + unit.Ticks - 1) / unit.Ticks * unit;
            Assert.InRange(Stopwatch.GetElapsedTime(started), roundedUp, Limit.Default);
        }
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Zero_timeout_checks_once(string mechanism)
    {
        using var poller = Poller.Create(mechanism);
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        poller.Add(first, PollEvents.Readable);
        Assert.Equal(0, Limit.Run(() => poller.Wait(new PollEvent[1], TimeSpan.Zero)));
        Writen(second, "x"u8);
        Assert.Equal(1, Limit.Run(() => poller.Wait(new PollEvent[1], TimeSpan.Zero)));
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Null_infinite_and_longest_timeout_wait_for_event(string mechanism)
    {
        using var poller = Poller.Create(mechanism);
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        poller.Add(first, PollEvents.Readable);
        TimeSpan?[] timeouts =
        [
            null, Timeout.InfiniteTimeSpan, TimeSpan.FromDays(30), TimeSpan.MaxValue, TimeSpan.MaxValue - TimeSpan.FromTicks(1),
        ];
        foreach (TimeSpan? timeout in timeouts)
        {
            var waiting = new BlockedThread<int>(() => poller.Wait(new PollEvent[1], timeout)).WaitUntilIn(SystemCalls(mechanism));
            Writen(second, "x"u8);
            Assert.Equal(1, waiting.Result);
            Read(first, new byte[1]);
        }
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Poller_without_descriptors_waits(string mechanism)
    {
        using var poller = Poller.Create(mechanism);
        AssertQuiet(poller);
        AssertSleeps(poller);
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Signal_ends_wait_with_zero_events(string mechanism)
    {
        using var interruption = new Interruption();
        using var poller = Poller.Create(mechanism);
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        poller.Add(first, PollEvents.Readable);
        foreach (TimeSpan? timeout in (TimeSpan?[])[null, TimeSpan.FromDays(1)])
        {
            foreach (TimeSpan spinning in (TimeSpan[])[TimeSpan.Zero, TimeSpan.FromMilliseconds(1)])
            {
                poller.SpinPeriod = spinning;
                var waiting = new BlockedThread<int>(() => poller.Wait(new PollEvent[1], timeout));
                interruption.Hit(waiting, SystemCalls(mechanism));
                Assert.Equal(0, waiting.Result);
            }
        }
        Writen(second, "x"u8);
        WaitForOne(poller);
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void All_descriptors_are_reported_despite_small_buffer(string mechanism)
    {
        using var poller = Poller.Create(mechanism);
        using var pair = StreamPair.Unix(out Fd first, out _);
        Fd[] copies = [.. Enumerable.Range(0, 150).Select(_ => Kernel.Take(0, first))];
        try
        {
            foreach (Fd fd in copies)
                poller.Add(fd, PollEvents.Writable);
            foreach (int room in (int[])[1, 2, 7, 64, 100, 149, 150, 151])
            {
                var turns = new HashSet<PollRegistration>();
                int waits = 2 * (copies.Length + room - 1) / room + 1;
                for (int i = 0; i < waits; i++)
                {
                    PollEvent[] reported = Wait(poller, room: room);
                    Assert.Equal(Math.Min(room, copies.Length), reported.Select(each => each.Registration).Distinct().Count());
                    turns.UnionWith(reported.Select(each => each.Registration));
                }
                Assert.Equal(copies.Length, turns.Count);
            }
        }
        finally
        {
            foreach (Fd fd in copies)
                fd.Dispose();
        }
    }

    [Theory, MemberData(nameof(Unlimited))]
    public void Two_thousand_descriptors_are_reported(string mechanism)
    {
        using var poller = Poller.Create(mechanism);
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        var copies = new List<Fd>();
        try
        {
            while (copies.Count < 2000
                && fcntl(Kernel.Number(copies.Count % 10 == 0 ? first : second), F_DUPFD_CLOEXEC, 0) is >= 0 and var number)
            {
                copies.Add(new Fd(number));
            }
            Assert.SkipWhen(copies.Count < 2000, "The descriptor limit is too low for this test.");
            for (int i = 0; i < copies.Count; i++)
                poller.Add(copies[i], PollEvents.Readable, i);
            Assert.Equal(2000, poller.Count);
            AssertQuiet(poller);
            Writen(second, "x"u8);
            Assert.Equal(
                Enumerable.Range(0, 200).Select(i => (nint)(10 * i)), Wait(poller, room: 2000).Select(reported => reported.Data).Order());
            foreach (Fd fd in copies)
                poller.Remove(poller.Find(fd)!);
            Assert.Equal(0, poller.Count);
            AssertSleeps(poller);
        }
        finally
        {
            copies.ForEach(fd => fd.Dispose());
        }
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Spinning_finds_events_and_respects_timeout(string mechanism)
    {
        using var poller = Poller.Create(mechanism);
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        poller.Add(first, PollEvents.Readable);
        foreach (TimeSpan spinning in (TimeSpan[])[TimeSpan.FromMilliseconds(10), TimeSpan.FromHours(1)])
        {
            poller.SpinPeriod = spinning;
            Assert.Equal(spinning, poller.SpinPeriod);
            AssertQuiet(poller);
            AssertSleeps(poller);
            var waiting = new BlockedThread<int>(() => poller.Wait(new PollEvent[1]));
            if (spinning < Limit.Default)
                waiting.WaitUntilIn(SystemCalls(mechanism));
            Writen(second, "x"u8);
            Assert.Equal(1, waiting.Result);
            WaitForOne(poller);
            Read(first, new byte[1]);

            waiting = new BlockedThread<int>(() => poller.Wait(new PollEvent[1]));
            poller.Wake();
            Assert.Equal(0, waiting.Result);
            AssertSleeps(poller);
        }
    }
}
