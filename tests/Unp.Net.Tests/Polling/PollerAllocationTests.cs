using static Unp.Testing.AllocationCheck;

namespace Unp.Net.Tests.Polling;

/// <summary>Tests that 1000 calls of each method allocate nothing after a warm-up.</summary>
public class PollerAllocationTests : PollerSuite
{
    [Theory, MemberData(nameof(Mechanisms))]
    public void Wait_Modify_and_Wake_allocate_nothing(string mechanism)
    {
        using var poller = Poller.Create(mechanism);
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        using Fd file = Open("/dev/null", O_RDWR);
        PollRegistration watched = poller.Add(first, PollEvents.Readable | PollEvents.PeerClosed);
        PollRegistration other = poller.Add(second, PollEvents.Writable);
        PollRegistration always = poller.Add(file, PollEvents.None);
        Writen(second, "x"u8);
        var events = new PollEvent[8];
        PollEvents asked = PollEvents.Writable;
        AssertFree("Wait", () => Expect(2, poller.Wait(events)));
        AssertFree("Wait with little room", () => Expect(1, poller.Wait(events.AsSpan(0, 1), Limit.Default)));
        AssertFree("Modify", () => poller.Modify(other, asked ^= PollEvents.Readable));
        poller.Modify(always, PollEvents.Writable);
        AssertFree("Wait with a file", () => Expect(3, poller.Wait(events)));
        poller.Modify(always, PollEvents.None);
        poller.Modify(other, PollEvents.None);
        poller.Modify(watched, PollEvents.None);
        AssertFree("Wait for nothing", () => Expect(0, poller.Wait(events, TimeSpan.Zero)));
        AssertFree("Wake", () =>
        {
            poller.Wake();
            Expect(0, poller.Wait(events));
        });
        poller.SpinPeriod = TimeSpan.FromTicks(1);
        AssertFree("Spin", () => Expect(0, poller.Wait(events, TimeSpan.FromTicks(2))));
    }

    static void Expect(int count, int reported)
    {
        if (reported != count)
            throw new InvalidOperationException($"{reported} events, not {count}");
    }
}
