namespace Unp.Net.Multiplexing;

/// <summary>A part of the benchmark, with a progress bar of its own.</summary>
interface IPhase
{
    string Title { get; }

    /// <summary>How long it will take, in whatever unit <c>advance</c> gets.</summary>
    double Length { get; }

    IEnumerable<Sample> Run(Action<double> advance);
}
