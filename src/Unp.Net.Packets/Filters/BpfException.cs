namespace Unp.Net.Packets;

/// <summary>The exception for a program that the kernel would refuse: the number of the instruction, and the reason.</summary>
public sealed class BpfException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="instruction">The number of the instruction, from 0.</param>
    /// <param name="reason">The reason, a sentence without its full stop.</param>
    public BpfException(int instruction, string reason)
        : base($"Instruction {instruction}: {reason}.")
    {
        Instruction = instruction;
        Reason = reason;
    }

    /// <summary>Gets the number of the instruction, from 0.</summary>
    public int Instruction { get; }

    /// <summary>Gets the reason.</summary>
    public string Reason { get; }
}
