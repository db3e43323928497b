namespace Unp.Net.ServerDesigns;

/// <summary>How much is measured: the book's client, five children with 500 connections each, of 4000 bytes.</summary>
/// <param name="Rounds">How often each design has its turn.</param>
/// <param name="Loops">How many connections each of the client's children makes in a turn.</param>
/// <param name="WarmUps">As much as so many turns goes before, for each process, and is not counted: until the JIT is done.</param>
sealed record Plan(int Rounds, int Loops, int WarmUps)
{
    internal const int Children = 5;
    internal const int Bytes = 4000;

    internal static Plan Full { get; } = new(Rounds: 5, Loops: 500, WarmUps: 6);

    /// <summary>For a look, in two minutes or three.</summary>
    internal static Plan Quick { get; } = new(Rounds: 3, Loops: 200, WarmUps: 2);

    internal int LoopsFor(Design design) => Math.Max(1, Loops / design.Share);
}
