namespace Unp.Net.AbiTests;

/// <summary>A source of expected constants and structs, for a system without headers for a compiler on this machine.</summary>
interface IWitness
{
    string Name { get; }

    /// <summary>The missing package; null if the witness is available on this machine.</summary>
    string? Missing { get; }

    /// <summary>Returns the differences between the witness and the table, for the names that the witness has.</summary>
    IReadOnlyList<Objection> Check(AbiTable table);
}
