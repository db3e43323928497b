namespace Unp.Net.Tests.Polling;

/// <summary>Compares a poller with a dictionary after random additions, changes, removals and closes.</summary>
public class PollerModelTests : PollerSuite
{
    const PollEvents Both = PollEvents.Readable | PollEvents.Writable;

    public static TheoryData<string, int> Runs => [.. Mechanisms.SelectMany(_ => Enumerable.Range(1, 12), (row, seed) => (row.Data, seed))];

    [Theory, MemberData(nameof(Runs))]
    public void Reported_events_match_model(string mechanism, int seed)
    {
        var random = new Random(seed);
        using var poller = Poller.Create(mechanism);

        // Both are writable, but only one is readable.
        using var pair = StreamPair.Unix(out Fd full, out Fd empty);
        Writen(empty, "x"u8);
        using Fd file = Open("/dev/null", O_RDWR);
        (Fd From, PollEvents Ready)[] kinds = [(full, Both), (empty, PollEvents.Writable), (file, Both)];
        var model = new Dictionary<PollRegistration, (PollEvents Ready, PollEvents Interest)>();
        var closed = new List<PollRegistration>();
        try
        {
            for (int step = 0; step < 400; step++)
            {
                PollRegistration? any = model.Count > 0 ? model.Keys.ElementAt(random.Next(model.Count)) : null;
                switch (random.Next(8))
                {
                    case 0 or 1 or 2:
                        var (from, ready) = kinds[random.Next(kinds.Length)];
                        PollEvents interest = (PollEvents)random.Next(4);
                        Fd copy = Kernel.Take(0, from);
                        model.Add(poller.Add(copy, interest, copy), (ready, interest));
                        break;
                    case 3 when any is not null:
                        PollEvents changed = (PollEvents)random.Next(4);
                        poller.Modify(any, changed);
                        model[any] = (model[any].Ready, changed);
                        break;
                    case 4 when any is not null:
                        poller.Remove(any);
                        model.Remove(any);
                        any.Descriptor.Dispose();
                        break;
                    case 5 when any is not null:
                        any.Descriptor.Dispose();
                        model.Remove(any);
                        closed.Add(any);
                        break;
                    case 6 when closed.Count > 0:
                        poller.Remove(closed[^1]);
                        closed.RemoveAt(closed.Count - 1);
                        break;
                    default:
                        AssertReports(poller, model, room: random.Next(1, 12));
                        break;
                }
                Assert.InRange(poller.Count, model.Count, model.Count + closed.Count);
            }
            AssertReports(poller, model, room: model.Count + 1);
        }
        finally
        {
            foreach (PollRegistration registration in model.Keys)
                registration.Descriptor.Dispose();
        }
    }

    /// <summary>
    /// Asserts that each ready registration is reported, possibly over several waits, and no other one. All events of a registration must
    /// come together, except with kqueue, where each filter takes a place of its own.
    /// </summary>
    static void AssertReports(Poller poller, Dictionary<PollRegistration, (PollEvents Ready, PollEvents Interest)> model, int room)
    {
        var missing = model.Where(each => (each.Value.Ready & each.Value.Interest) != 0)
            .ToDictionary(each => each.Key, each => each.Value.Ready & each.Value.Interest);
        int waits = 0;
        do
        {
            Assert.True(++waits < 1000, $"Not reported in 1000 waits: {string.Join("; ", missing)}");
            foreach (PollEvent reported in Wait(poller, TimeSpan.Zero, room))
            {
                Assert.True(model.TryGetValue(reported.Registration, out var expected), $"{reported} is none of ours.");
                PollEvents all = expected.Ready & expected.Interest;
                if (poller.Mechanism == "kqueue")
                    Assert.Equal((PollEvents)0, reported.Events & ~all);
                else
                    Assert.Equal(all, reported.Events);
                if (missing.TryGetValue(reported.Registration, out PollEvents left) && (left & ~reported.Events) != 0)
                    missing[reported.Registration] = left & ~reported.Events;
                else
                    missing.Remove(reported.Registration);
            }
        }
        while (missing.Count > 0);
    }
}
