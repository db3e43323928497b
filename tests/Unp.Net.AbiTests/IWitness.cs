namespace Unp.Net.AbiTests;

/// <summary>One who knows constants and structs of a system that no compiler here has headers of.</summary>
interface IWitness
{
    string Name { get; }

    /// <summary>Why it can't be asked on this machine; null if it can.</summary>
    string? Missing { get; }

    /// <summary>Where it differs from our table, among what it knows.</summary>
    IReadOnlyList<Objection> Check(AbiTable table);
}
