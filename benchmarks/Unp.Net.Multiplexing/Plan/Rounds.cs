namespace Unp.Net.Multiplexing;

/// <summary>The order in which the competitors take turns.</summary>
static class Rounds
{
    // The machine's speed changes within seconds, so a sample of the baseline is always near.
    const int BetweenBaselines = 3;

    /// <summary>Reverses every other round, and places the baseline first, last and in between.</summary>
    internal static IEnumerable<Competitor> Order(IReadOnlyList<Competitor> competitors, string baseline, int round)
    {
        Competitor? reference = competitors.FirstOrDefault(competitor => competitor.Id == baseline);
        List<Competitor> others = [.. competitors.Where(competitor => competitor != reference)];
        if (round % 2 == 1)
            others.Reverse();
        for (int i = 0; i < others.Count; i++)
        {
            if (i % BetweenBaselines == 0 && reference is not null)
                yield return reference;
            yield return others[i];
        }
        if (reference is not null)
            yield return reference;
    }

    /// <summary>The number of turns per round.</summary>
    internal static int Length(int competitors) => competitors + (competitors + BetweenBaselines - 2) / BetweenBaselines;
}
