namespace Unp.Net.Multiplexing;

/// <summary>All samples of a run, and what follows from them.</summary>
sealed class RunResults(MachineInfo machine, string baseline)
{
    readonly List<Sample> samples = [];
    readonly Dictionary<string, double> seconds = [];

    internal MachineInfo Machine => machine;

    internal string Baseline => baseline;

    /// <summary>What the others of a part are measured against.</summary>
    internal string BaselineOf(string part) => Competitors.OwnBaselineOf(part) ?? baseline;

    internal IReadOnlyList<Sample> Samples => samples;

    internal void Add(IEnumerable<Sample> more) => samples.AddRange(more);

    internal IReadOnlyDictionary<string, double> Seconds => seconds;

    internal void NoteDuration(string part, double duration) => seconds[part] = duration;

    /// <summary>Where, when and how the figures came to be.</summary>
    internal IEnumerable<(string Name, string Value)> Circumstances() =>
        machine.Lines().Append(("Took", string.Join(", ", seconds.Select(part => $"{part.Key} {part.Value:0} s"))));

    internal bool Has(string part) => samples.Any(sample => sample.Part == part);

    internal IEnumerable<string> CasesOf(string part) =>
        samples.Where(sample => sample.Part == part).Select(sample => sample.Case).Distinct();

    /// <summary>Why a competitor has no figure, or not all.</summary>
    internal string? FailureOf(string part, string @case, string competitor) =>
        Of(part, @case, competitor).FirstOrDefault(sample => sample.Failure is not null)?.Failure;

    internal IEnumerable<(string Part, string Case, string Competitor, string Failure)> Failures() =>
        samples.Where(sample => sample.Failure is not null).Select(sample => (sample.Part, sample.Case, sample.Competitor, sample.Failure!)).Distinct();

    internal Quartiles? Value(string part, string @case, string competitor, string figure) =>
        Quartiles.Of(Of(part, @case, competitor).Where(sample => sample.Failure is null && sample.Figures.ContainsKey(figure)).Select(sample => sample.Figures[figure]));

    /// <summary>A figure as a multiple of the base line's in the same round.</summary>
    internal Quartiles? Ratio(string part, string @case, string competitor, string figure) =>
        Quartiles.Of(Ratios(part, @case, competitor, figure).Values);

    /// <summary>A figure of one as a multiple of another's in the same round, both seen against the base line around them.</summary>
    internal Quartiles? Ratio(string part, string @case, string competitor, string other, string figure)
    {
        Dictionary<int, double> of = Ratios(part, @case, competitor, figure);
        Dictionary<int, double> to = Ratios(part, @case, other, figure);
        return Quartiles.Of(of.Where(pair => to.ContainsKey(pair.Key)).Select(pair => pair.Value / to[pair.Key]));
    }

    IEnumerable<Sample> Of(string part, string @case, string competitor) =>
        samples.Where(sample => sample.Part == part && sample.Case == @case && sample.Competitor == competitor);

    Dictionary<int, double> Ratios(string part, string @case, string competitor, string figure)
    {
        string reference = BaselineOf(part);
        ILookup<int, Sample> bases = Of(part, @case, reference).Where(sample => sample.Failure is null).ToLookup(sample => sample.Round);
        var ratios = new Dictionary<int, double>();
        foreach (IGrouping<int, Sample> round in Of(part, @case, competitor).Where(sample => sample.Failure is null).GroupBy(sample => sample.Round))
        {
            // The base line has several samples a round. Its own ratio is that of one to the others beside it: the noise.
            double[] values = [.. round.Select(sample => sample.Figures[figure] / Around(bases[round.Key], sample, figure)).Where(double.IsFinite)];
            if (values.Length > 0)
                ratios[round.Key] = competitor == reference ? values[values.Length / 2] : values.Average();
        }
        return ratios;
    }

    /// <summary>The mean of the last base line before a sample and the first after it.</summary>
    static double Around(IEnumerable<Sample> bases, Sample sample, string figure)
    {
        Sample? before = bases.LastOrDefault(other => other.Order < sample.Order);
        Sample? after = bases.FirstOrDefault(other => other.Order > sample.Order);
        double[] values = [.. new[] { before, after }.OfType<Sample>().Select(other => other.Figures[figure])];
        return values.Length == 0 ? double.NaN : values.Average();
    }
}
