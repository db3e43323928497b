using System.Runtime.CompilerServices;

namespace Unp.Net;

/// <summary>An interpolated string for <see cref="Libunp.err_sys(ErrMessage)"/> and similar functions.</summary>
/// <remarks>
/// It saves <see cref="Errno.Last"/> before the interpolated expressions are evaluated, because their calls (another system call, or the
/// runtime's own) may change it.
/// </remarks>
/// <param name="literalLength">The number of characters outside the expressions, from the compiler.</param>
/// <param name="formattedCount">The number of expressions, from the compiler.</param>
[InterpolatedStringHandler]
public ref struct ErrMessage(int literalLength, int formattedCount)
{
    readonly Errno errno = Errno.Last;
    DefaultInterpolatedStringHandler text = new(literalLength, formattedCount);

    /// <summary>Appends the text between two expressions.</summary>
    public void AppendLiteral(string value) => text.AppendLiteral(value);

    /// <summary>Appends the value of an expression.</summary>
    public void AppendFormatted(ReadOnlySpan<char> value) => text.AppendFormatted(value);

    /// <inheritdoc cref="AppendFormatted(ReadOnlySpan{char})"/>
    public void AppendFormatted<T>(T value) => text.AppendFormatted(value);

    /// <inheritdoc cref="AppendFormatted(ReadOnlySpan{char})"/>
    public void AppendFormatted<T>(T value, string? format) => text.AppendFormatted(value, format);

    /// <inheritdoc cref="AppendFormatted(ReadOnlySpan{char})"/>
    public void AppendFormatted<T>(T value, int alignment) => text.AppendFormatted(value, alignment);

    /// <inheritdoc cref="AppendFormatted(ReadOnlySpan{char})"/>
    public void AppendFormatted<T>(T value, int alignment, string? format) => text.AppendFormatted(value, alignment, format);

    /// <summary>Returns the message so far.</summary>
    public override readonly string ToString() => text.ToString();

    /// <summary>Returns the complete message and the saved error.</summary>
    internal (string Text, Errno Errno) Finish() => (text.ToStringAndClear(), errno);
}
