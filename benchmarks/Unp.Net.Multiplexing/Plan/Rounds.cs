namespace Unp.Net.Multiplexing;

/// <summary>In which order the competitors take their turns.</summary>
static class Rounds
{
    // The machine's speed changes within seconds, so the base line is never far.
    const int BetweenBaselines = 3;

    /// <summary>Every other round backwards, with the base line first, last, and between.</summary>
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

    /// <summary>How many turns a round has.</summary>
    internal static int Length(int competitors) => competitors + (competitors + BetweenBaselines - 2) / BetweenBaselines;
}
