using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Unp.Net;

/// <summary>The representation of an option's value in the kernel.</summary>
/// <param name="name">The name of the type in C, and the unit.</param>
/// <param name="size">The maximum size of a value in bytes.</param>
abstract class OptionForm<T>(string name, int size)
{
    public string Name => name;

    public int Size => size;

    /// <summary>Returns the level for this value if the level depends on the value; null: the option's level.</summary>
    public virtual int? LevelFor(T value) => null;

    /// <summary>
    /// Writes the input that the kernel needs to read the option. <paramref name="bytes"/> is zero on entry. Most options need no input.
    /// </summary>
    /// <exception cref="ArgumentException">The question is not valid; the message names <paramref name="option"/>.</exception>
    public virtual void Ask(T question, Span<byte> bytes, SocketOption option)
    {
    }

    /// <summary>Whether the size depends on the kernel version. If so, the option is read for its size before it is set.</summary>
    public virtual bool Grows => false;

    /// <summary>Returns how many of the encoded bytes to set on a kernel whose value has <paramref name="known"/> bytes.</summary>
    public virtual int LengthFor(ReadOnlySpan<byte> bytes, int known) => bytes.Length;

    /// <summary>Converts the bytes from the kernel, which may be fewer than <see cref="Size"/>, to a value.</summary>
    public abstract T Decode(ReadOnlySpan<byte> bytes);

    /// <summary>Writes the bytes for the kernel, and returns their number.</summary>
    /// <exception cref="ArgumentException">The value does not fit; the message names <paramref name="option"/>.</exception>
    public abstract int Encode(T value, Span<byte> bytes, SocketOption option);
}

/// <summary>A C type of fixed size. After a shorter answer the rest of it is zero.</summary>
sealed class OptionForm<TRaw, T>(
    string name,
    Func<TRaw, T> decode,
    Func<T, SocketOption, TRaw> encode,
    Func<T, int>? level = null,
    Func<T, SocketOption, TRaw>? ask = null)
    : OptionForm<T>(name, Unsafe.SizeOf<TRaw>())
    where TRaw : unmanaged
{
    public override int? LevelFor(T value) => level?.Invoke(value);

    public override void Ask(T question, Span<byte> bytes, SocketOption option)
    {
        if (ask is not null)
            MemoryMarshal.Write(bytes, ask(question, option));
    }

    public override T Decode(ReadOnlySpan<byte> bytes)
    {
        TRaw raw = default;
        bytes.CopyTo(MemoryMarshal.AsBytes(new Span<TRaw>(ref raw)));
        return decode(raw);
    }

    public override int Encode(T value, Span<byte> bytes, SocketOption option)
    {
        MemoryMarshal.Write(bytes, encode(value, option));
        return Size;
    }
}

/// <summary>Text without a terminating zero, which the kernel may or may not add.</summary>
sealed class TextForm(int size) : OptionForm<string>($"text, at most {size - 1} bytes", size)
{
    public override string Decode(ReadOnlySpan<byte> bytes)
    {
        int end = bytes.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]);
    }

    public override int Encode(string value, Span<byte> bytes, SocketOption option)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.Contains('\0', StringComparison.Ordinal))
            throw new ArgumentException($"{option.Name} must not contain a NUL character.", nameof(value));
        if (Encoding.UTF8.GetByteCount(value) >= Size)
            throw new ArgumentException($"{option.Name} takes at most {Size - 1} bytes, not \"{value}\".", nameof(value));
        return Encoding.UTF8.GetBytes(value, bytes);
    }
}

/// <summary>Bytes whose meaning a protocol defines. An empty value turns the option off.</summary>
sealed class BytesForm(int size) : OptionForm<byte[]>($"bytes, at most {size}", size)
{
    public override byte[] Decode(ReadOnlySpan<byte> bytes) => bytes.ToArray();

    public override int Encode(byte[] value, Span<byte> bytes, SocketOption option)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.Length > Size)
            throw new ArgumentException($"{option.Name} takes at most {Size} bytes, not {value.Length}.", nameof(value));
        value.CopyTo(bytes);
        return value.Length;
    }
}
