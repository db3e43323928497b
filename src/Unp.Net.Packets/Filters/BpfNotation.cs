namespace Unp.Net.Packets;

/// <summary>A notation of a program as text.</summary>
public enum BpfNotation
{
    /// <summary>Readable instructions with the numbers of the lines that they jump to, as <c>tcpdump -d</c> prints them.</summary>
    Assembly,

    /// <summary>Initialisers of an array in C, as <c>tcpdump -dd</c> prints them.</summary>
    C,

    /// <summary>The number of instructions, and four decimal numbers each, as <c>tcpdump -ddd</c> prints them.</summary>
    Numbers,
}
