namespace Unp.Net.ServerDesigns;

/// <summary>A performance target of the library relative to C.</summary>
/// <param name="Design">The design in .NET.</param>
/// <param name="Reference">The design in C.</param>
/// <param name="Limit">The maximum ratio of the processor times per connection.</param>
sealed record Target(string Design, string Reference, double Limit)
{
    internal static readonly Target[] All =
        [new("serv06c", ServerDesigns.Design.ThreadOfC, 1.25), new("serv11", ServerDesigns.Design.EpollOfC, 1.10)];

    internal string[] Row(Results results)
    {
        Quartiles? ratio = results.Ratio(Design, Reference);
        return
        [
            $"{ServerDesigns.Design.NameOf(Design)} ({Design}) against {ServerDesigns.Design.NameOf(Reference)}",
            $"≤ {Limit:0.00}",
            ratio is { } found ? $"{found.Median:0.00} ({found.Low:0.00} to {found.High:0.00})" : "-",
            ratio is { } of ? of.Median <= Limit ? "met" : "missed" : "not measured",
        ];
    }
}
