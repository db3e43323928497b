namespace Unp.Net.ServerDesigns;

/// <summary>The size of the measurements. The book's client has five children with 500 connections each, of 4000 bytes.</summary>
/// <param name="Rounds">The number of turns of each design.</param>
/// <param name="Loops">The number of connections that each child of the client makes per turn.</param>
/// <param name="WarmUps">The amount of uncounted load before the measurement, in turns per process, until the JIT has finished.</param>
sealed record Plan(int Rounds, int Loops, int WarmUps)
{
    internal const int Children = 5;
    internal const int Bytes = 4000;

    internal static Plan Full { get; } = new(Rounds: 5, Loops: 500, WarmUps: 6);

    /// <summary>A quick look, in two to three minutes.</summary>
    internal static Plan Quick { get; } = new(Rounds: 3, Loops: 200, WarmUps: 2);

    internal int LoopsFor(Design design) => Math.Max(1, Loops / design.Share);
}
