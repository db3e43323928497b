using System.Text.Json;

namespace Unp.Net.ServerDesigns;

/// <summary>One turn of a design.</summary>
/// <param name="Design">The id of the design.</param>
/// <param name="Round">The number of the turn.</param>
/// <param name="Cpu">The processor time of the server and its children, in nanoseconds per connection.</param>
/// <param name="Iterative">The processor time of the iterative server, also per connection: the mean of the turns before and after.</param>
/// <param name="Failure">The reason why there are no figures.</param>
sealed record Sample(string Design, int Round, double Cpu, double Iterative, string? Failure = null);

/// <summary>The results of a run.</summary>
sealed record Results(MachineInfo Machine, double Seconds, Plan Plan, List<Sample> Samples)
{
    static readonly JsonSerializerOptions Form = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    internal IEnumerable<Design> Designs => Design.All.Where(design => Samples.Any(sample => sample.Design == design.Id));

    /// <summary>
    /// Returns microseconds of processor time per connection: the ratio to the iterative server, times that server's median. So the
    /// machine's speed in the middle of the run applies to all designs.
    /// </summary>
    internal double? Microseconds(string design) =>
        Ratio(design)?.Median
        * Quartiles.Of(Samples.Where(sample => sample.Failure is null).Select(sample => sample.Iterative))?.Median / 1000;

    /// <summary>Returns the ratio to the nearest turns of the iterative server.</summary>
    internal Quartiles? Ratio(string design) => Quartiles.Of(Of(design).Select(sample => sample.Cpu / sample.Iterative));

    /// <summary>
    /// Returns the ratio of two designs in the same round. Both are first related to the nearest turns of the iterative server, because the
    /// machine's speed changes.
    /// </summary>
    internal Quartiles? Ratio(string design, string other) => Quartiles.Of(
        from sample in Of(design)
        join second in Of(other) on sample.Round equals second.Round
        select sample.Cpu / sample.Iterative / (second.Cpu / second.Iterative));

    internal IEnumerable<Sample> Failures => Samples.Where(sample => sample.Failure is not null).DistinctBy(sample => sample.Design);

    internal void Write(string file) => File.WriteAllText(file, JsonSerializer.Serialize(this, Form) + "\n");

    internal static Results Read(string file) => JsonSerializer.Deserialize<Results>(File.ReadAllText(file), Form)!;

    IEnumerable<Sample> Of(string design) => Samples.Where(sample => sample.Design == design && sample.Failure is null);
}
