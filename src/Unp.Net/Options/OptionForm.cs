using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Unp.Net;

/// <summary>How an option's value looks to the kernel.</summary>
/// <param name="name">What C calls it, and the unit.</param>
/// <param name="size">The most bytes it takes.</param>
abstract class OptionForm<T>(string name, int size)
{
    public string Name => name;

    public int Size => size;

    /// <summary>The level at which to set the value, where that depends on it; null: the option's.</summary>
    public virtual int? LevelFor(T value) => null;

    /// <summary>Writes what the kernel wants to know before it answers, into bytes that are zero; most options need nothing.</summary>
    /// <exception cref="ArgumentException">The question cannot be put; the message names <paramref name="option"/>.</exception>
    public virtual void Ask(T question, Span<byte> bytes, SocketOption option)
    {
    }

    /// <summary>Whether the kernel has to be asked how many bytes it knows before the option is set.</summary>
    public virtual bool Grows => false;

    /// <summary>How many of the encoded bytes to set on a kernel that knows so many; they may be fewer than <see cref="Size"/>.</summary>
    public virtual int LengthFor(ReadOnlySpan<byte> bytes, int known) => bytes.Length;

    /// <summary>The value of what the kernel gave, which may be shorter than <see cref="Size"/>.</summary>
    public abstract T Decode(ReadOnlySpan<byte> bytes);

    /// <summary>Writes the bytes for the kernel, and returns how many there are.</summary>
    /// <exception cref="ArgumentException">The value does not fit; the message names <paramref name="option"/>.</exception>
    public abstract int Encode(T value, Span<byte> bytes, SocketOption option);
}

/// <summary>A C type of fixed size. A shorter answer leaves the rest of it zero.</summary>
sealed class OptionForm<TRaw, T>(
    string name, Func<TRaw, T> decode, Func<T, SocketOption, TRaw> encode, Func<T, int>? level = null, Func<T, SocketOption, TRaw>? ask = null)
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
            throw new ArgumentException($"{option.Name} takes no text with a NUL in it.", nameof(value));
        if (Encoding.UTF8.GetByteCount(value) >= Size)
            throw new ArgumentException($"{option.Name} takes at most {Size - 1} bytes, not \"{value}\".", nameof(value));
        return Encoding.UTF8.GetBytes(value, bytes);
    }
}

/// <summary>Bytes that only a protocol knows the meaning of; none of them: the option is off.</summary>
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
