namespace Unp.Net.Packets;

/// <summary>The exception for a filter that is not understood: the position, the word there, and what is wrong.</summary>
public sealed class FilterException : FormatException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="position">The offset of the word in the filter, from 0.</param>
    /// <param name="word">The word; an empty one stands for the end of the filter.</param>
    /// <param name="reason">The reason, or what was expected: a sentence without its full stop.</param>
    public FilterException(string filter, int position, string word, string reason)
        : base($"The filter is wrong at position {position}, {(word.Length == 0 ? "its end" : $"\"{word}\"")}: {reason}.")
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        Filter = filter;
        Position = position;
        Word = word;
        Reason = reason;
    }

    /// <summary>Gets the filter.</summary>
    public string Filter { get; }

    /// <summary>Gets the offset of <see cref="Word"/> in <see cref="Filter"/>, from 0.</summary>
    public int Position { get; }

    /// <summary>Gets the word that is wrong; an empty one stands for the end of the filter.</summary>
    public string Word { get; }

    /// <summary>Gets the reason, or what was expected.</summary>
    public string Reason { get; }
}
