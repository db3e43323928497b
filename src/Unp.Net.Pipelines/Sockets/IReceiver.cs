namespace Unp.Net.Pipelines;

/// <summary>Who receives without having room before something is there.</summary>
interface IReceiver
{
    /// <summary>Whether the waiting is to end without anything having come.</summary>
    bool IsInterrupted { get; }

    /// <summary>Makes room.</summary>
    Memory<byte> Room();

    /// <summary>So many bytes were put there; 0 when there was nothing to receive, or its end.</summary>
    void Add(int bytes);
}
