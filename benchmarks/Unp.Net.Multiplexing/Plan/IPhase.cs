namespace Unp.Net.Multiplexing;

/// <summary>A part of the benchmark with its own progress bar.</summary>
interface IPhase
{
    string Title { get; }

    /// <summary>The estimated duration, in the unit that <c>advance</c> takes.</summary>
    double Length { get; }

    IEnumerable<Sample> Run(Action<double> advance);
}
