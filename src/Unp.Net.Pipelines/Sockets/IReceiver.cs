namespace Unp.Net.Pipelines;

/// <summary>The supplier of a buffer that is needed only when data are available.</summary>
interface IReceiver
{
    /// <summary>Gets whether the wait must end without data.</summary>
    bool IsInterrupted { get; }

    /// <summary>Returns the memory into which the next call receives.</summary>
    Memory<byte> GetMemory();

    /// <summary>Ends the use of the memory.</summary>
    /// <param name="bytes">The number of received bytes; 0 if there were no data, or at their end.</param>
    void Advance(int bytes);
}
