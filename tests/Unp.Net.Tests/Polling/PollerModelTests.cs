namespace Unp.Net.Tests.Polling;

/// <summary>Whatever is added, modified, removed and closed in whatever order: the poller tells what a plain dictionary says.</summary>
public class PollerModelTests : PollerSuite
{
    const PollEvents Both = PollEvents.Readable | PollEvents.Writable;

    public static TheoryData<string, int> Runs => [.. Mechanisms.SelectMany(_ => Enumerable.Range(1, 12), (row, seed) => (row.Data, seed))];

    [Theory, MemberData(nameof(Runs))]
    public void Tells_what_the_model_says(string mechanism, int seed)
    {
        var random = new Random(seed);
        using var poller = Poller.Create(mechanism);

        // One has something to read, the other has not; both can be written into.
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
                        AssertTells(poller, model, room: random.Next(1, 12));
                        break;
                }
                Assert.InRange(poller.Count, model.Count, model.Count + closed.Count);
            }
            AssertTells(poller, model, room: model.Count + 1);
        }
        finally
        {
            foreach (PollRegistration registration in model.Keys)
                registration.Descriptor.Dispose();
        }
    }

    /// <summary>
    /// Each that is ready is told, in as many waits as it takes, and nothing else is; all of each at once, but that kqueue's filters each take a place.
    /// </summary>
    static void AssertTells(Poller poller, Dictionary<PollRegistration, (PollEvents Ready, PollEvents Interest)> model, int room)
    {
        var missing = model.Where(each => (each.Value.Ready & each.Value.Interest) != 0)
            .ToDictionary(each => each.Key, each => each.Value.Ready & each.Value.Interest);
        int waits = 0;
        do
        {
            Assert.True(++waits < 1000, $"Not told in 1000 waits: {string.Join("; ", missing)}");
            foreach (PollEvent told in Wait(poller, TimeSpan.Zero, room))
            {
                Assert.True(model.TryGetValue(told.Registration, out var expected), $"{told} is none of ours.");
                PollEvents all = expected.Ready & expected.Interest;
                if (poller.Mechanism == "kqueue")
                    Assert.Equal((PollEvents)0, told.Events & ~all);
                else
                    Assert.Equal(all, told.Events);
                if (missing.TryGetValue(told.Registration, out PollEvents left) && (left & ~told.Events) != 0)
                    missing[told.Registration] = left & ~told.Events;
                else
                    missing.Remove(told.Registration);
            }
        }
        while (missing.Count > 0);
    }
}
