namespace Unp.Net.Packets;

/// <summary>The exception for a file that is no capture file, or that is damaged: the place, and what is wrong there.</summary>
public sealed class CaptureFileException : IOException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="path">The path of the file; null: it was opened as a stream.</param>
    /// <param name="offset">The offset of the record in the file, in bytes.</param>
    /// <param name="reason">The reason: a sentence without its full stop.</param>
    public CaptureFileException(string? path, long offset, string reason)
        : base($"{path ?? "The capture file"} is wrong at byte {offset}: {reason}.")
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        Path = path;
        Offset = offset;
        Reason = reason;
    }

    /// <summary>Gets the path of the file, or null if it was opened as a stream.</summary>
    public string? Path { get; }

    /// <summary>Gets the offset of the record that is wrong, in bytes from the start of the file.</summary>
    public long Offset { get; }

    /// <summary>Gets the reason.</summary>
    public string Reason { get; }
}
