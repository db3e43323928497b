namespace Unp.Net.Multiplexing;

/// <summary>All samples of a run, and the values derived from them.</summary>
sealed class RunResults(MachineInfo machine, string baseline)
{
    readonly List<Sample> samples = [];
    readonly Dictionary<string, double> seconds = [];

    internal MachineInfo Machine => machine;

    internal string Baseline => baseline;

    /// <summary>Returns the baseline of a part.</summary>
    internal string BaselineOf(string part) => Competitors.OwnBaselineOf(part) ?? baseline;

    internal IReadOnlyList<Sample> Samples => samples;

    internal void Add(IEnumerable<Sample> more) => samples.AddRange(more);

    internal IReadOnlyDictionary<string, double> Seconds => seconds;

    internal void RecordDuration(string part, double duration) => seconds[part] = duration;

    /// <summary>Lists the machine, the software, and the durations of the run.</summary>
    internal IEnumerable<(string Name, string Value)> Circumstances() =>
        machine.Lines().Append(("Took", string.Join(", ", seconds.Select(part => $"{part.Key} {part.Value:0} s"))));

    internal bool Has(string part) => samples.Any(sample => sample.Part == part);

    internal IEnumerable<string> CasesOf(string part) =>
        samples.Where(sample => sample.Part == part).Select(sample => sample.Case).Distinct();

    /// <summary>Returns why a competitor has missing figures, or null.</summary>
    internal string? FailureOf(string part, string @case, string competitor) =>
        Of(part, @case, competitor).FirstOrDefault(sample => sample.Failure is not null)?.Failure;

    internal IEnumerable<(string Part, string Case, string Competitor, string Failure)> Failures() =>
        samples.Where(sample => sample.Failure is not null)
            .Select(sample => (sample.Part, sample.Case, sample.Competitor, sample.Failure!)).Distinct();

    internal Quartiles? Value(string part, string @case, string competitor, string figure) =>
        Quartiles.Of(
            Of(part, @case, competitor)
                .Where(sample => sample.Failure is null && sample.Figures.ContainsKey(figure))
                .Select(sample => sample.Figures[figure]));

    /// <summary>Returns a figure relative to the baseline of the same round.</summary>
    internal Quartiles? Ratio(string part, string @case, string competitor, string figure) =>
        Quartiles.Of(Ratios(part, @case, competitor, figure).Values);

    /// <summary>
    /// Returns a figure relative to another competitor's in the same round. Both are first related to their nearest baseline samples.
    /// </summary>
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
        IEnumerable<Sample> measured = Of(part, @case, competitor).Where(sample => sample.Failure is null);
        foreach (IGrouping<int, Sample> round in measured.GroupBy(sample => sample.Round))
        {
            // The baseline has several samples per round. Its own ratio relates one of them to its neighbours, so it shows the noise.
            double[] values =
                [.. round.Select(sample => sample.Figures[figure] / Around(bases[round.Key], sample, figure)).Where(double.IsFinite)];
            if (values.Length > 0)
                ratios[round.Key] = competitor == reference ? values[values.Length / 2] : values.Average();
        }
        return ratios;
    }

    /// <summary>Returns the mean of the nearest baseline samples before and after a sample.</summary>
    static double Around(IEnumerable<Sample> bases, Sample sample, string figure)
    {
        Sample? before = bases.LastOrDefault(other => other.Order < sample.Order);
        Sample? after = bases.FirstOrDefault(other => other.Order > sample.Order);
        double[] values = [.. new[] { before, after }.OfType<Sample>().Select(other => other.Figures[figure])];
        return values.Length == 0 ? double.NaN : values.Average();
    }
}
