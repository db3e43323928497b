using System.Runtime.CompilerServices;

namespace Unp.Net;

/// <summary>
/// The message of <see cref="Libunp.err_sys(ErrMessage)"/> and its like, an interpolated string: it notes <see cref="Errno.Last"/> before its
/// holes are evaluated, since what they call (another system call, the runtime on its first use) may leave an error of its own.
/// </summary>
/// <param name="literalLength">The characters outside the holes; the compiler gives it.</param>
/// <param name="formattedCount">The number of holes; the compiler gives it.</param>
[InterpolatedStringHandler]
public ref struct ErrMessage(int literalLength, int formattedCount)
{
    readonly Errno errno = Errno.Last;
    DefaultInterpolatedStringHandler text = new(literalLength, formattedCount);

    /// <summary>Text between two holes.</summary>
    public void AppendLiteral(string value) => text.AppendLiteral(value);

    /// <summary>A hole.</summary>
    public void AppendFormatted(ReadOnlySpan<char> value) => text.AppendFormatted(value);

    /// <inheritdoc cref="AppendFormatted(ReadOnlySpan{char})"/>
    public void AppendFormatted<T>(T value) => text.AppendFormatted(value);

    /// <inheritdoc cref="AppendFormatted(ReadOnlySpan{char})"/>
    public void AppendFormatted<T>(T value, string? format) => text.AppendFormatted(value, format);

    /// <inheritdoc cref="AppendFormatted(ReadOnlySpan{char})"/>
    public void AppendFormatted<T>(T value, int alignment) => text.AppendFormatted(value, alignment);

    /// <inheritdoc cref="AppendFormatted(ReadOnlySpan{char})"/>
    public void AppendFormatted<T>(T value, int alignment, string? format) => text.AppendFormatted(value, alignment, format);

    /// <summary>The finished message and the error from before it.</summary>
    internal (string Text, Errno Errno) Finish() => (text.ToStringAndClear(), errno);
}
