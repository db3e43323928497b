using System.Globalization;

namespace Unp.Net.Netlink.Benchmarks;

/// <summary>A dump and the competitors that make it. The first one is C.</summary>
/// <param name="Title">The contents of the dump.</param>
/// <param name="Entries">The number of entries of the dump.</param>
/// <param name="Competitors">The competitors.</param>
sealed record Scenario(string Title, int Entries, Competitor[] Competitors)
{
    internal void Measure(int rounds)
    {
        foreach (Competitor competitor in Competitors)
            competitor.WarmUp();
        for (int round = 0; round < rounds; round++)
        {
            foreach (Competitor competitor in Competitors)
                competitor.Turn();
        }
    }

    internal FigureTable ToTable() => new(
        $"{Title}, per dump",
        ["program", "x C", "quartiles", "microseconds", "bytes", "per entry"],
        [.. Competitors.Select(Row)]);

    string[] Row(Competitor competitor)
    {
        Quartiles ratio = competitor.RatioTo(Competitors[0]);
        double microseconds = Quartiles.Of(competitor.Nanoseconds)!.Value.Median / 1000;
        return
        [
            competitor.Name, Multiple(ratio.Median), $"{Multiple(ratio.Low)} to {Multiple(ratio.High)}", Whole(microseconds),
            Whole(competitor.Allocated), Whole(competitor.Allocated / Entries),
        ];
    }

    static string Multiple(double value) => value.ToString(value >= 10 ? "0" : "0.00", CultureInfo.InvariantCulture);

    static string Whole(double value) => value.ToString("#,0", CultureInfo.InvariantCulture);
}
