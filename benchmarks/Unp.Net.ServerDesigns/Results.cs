using System.Text.Json;

namespace Unp.Net.ServerDesigns;

/// <summary>One turn of a design.</summary>
/// <param name="Design">Its id.</param>
/// <param name="Round">Which turn.</param>
/// <param name="Cpu">Nanoseconds a connection, of the server and its children.</param>
/// <param name="Iterative">Nanoseconds a connection of the iterative server: the mean of the turns before and after.</param>
/// <param name="Failure">Why there are no figures.</param>
sealed record Sample(string Design, int Round, double Cpu, double Iterative, string? Failure = null);

/// <summary>A run.</summary>
sealed record Results(MachineInfo Machine, double Seconds, Plan Plan, List<Sample> Samples)
{
    static readonly JsonSerializerOptions Form = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    internal IEnumerable<Design> Designs => Design.All.Where(design => Samples.Any(sample => sample.Design == design.Id));

    /// <summary>
    /// Microseconds of processor time a connection, if the machine were all the time as fast as it was in the middle of the run: the multiple of the
    /// iterative one, of the median of all its turns.
    /// </summary>
    internal double? Microseconds(string design) =>
        Ratio(design)?.Median * Quartiles.Of(Samples.Where(sample => sample.Failure is null).Select(sample => sample.Iterative))?.Median / 1000;

    /// <summary>As a multiple of the iterative one's around it.</summary>
    internal Quartiles? Ratio(string design) => Quartiles.Of(Of(design).Select(sample => sample.Cpu / sample.Iterative));

    /// <summary>Of one as a multiple of another's in the same round, both seen against the iterative one around them, as the machine's speed changes.</summary>
    internal Quartiles? Ratio(string design, string other) => Quartiles.Of(
        from sample in Of(design)
        join second in Of(other) on sample.Round equals second.Round
        select sample.Cpu / sample.Iterative / (second.Cpu / second.Iterative));

    internal IEnumerable<Sample> Failures => Samples.Where(sample => sample.Failure is not null).DistinctBy(sample => sample.Design);

    internal void Write(string file) => File.WriteAllText(file, JsonSerializer.Serialize(this, Form) + "\n");

    internal static Results Read(string file) => JsonSerializer.Deserialize<Results>(File.ReadAllText(file), Form)!;

    IEnumerable<Sample> Of(string design) => Samples.Where(sample => sample.Design == design && sample.Failure is null);
}
