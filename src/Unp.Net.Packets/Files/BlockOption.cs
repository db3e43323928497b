using System.Text;

namespace Unp.Net.Packets;

/// <summary>An option of a pcapng block: a code and a value. It is valid as long as its record.</summary>
public readonly ref struct BlockOption
{
    readonly FileByteOrder order;

    internal BlockOption(ushort code, ReadOnlySpan<byte> value, FileByteOrder order)
    {
        Code = code;
        Value = value;
        this.order = order;
    }

    /// <summary>Gets the code. 1 is a comment in each block; the others depend on the block.</summary>
    public int Code { get; }

    /// <summary>Gets the value without padding. Numbers in it have the byte order of the section.</summary>
    public ReadOnlySpan<byte> Value { get; }

    /// <summary>Gets the value as text, which is UTF-8 in the file. Each use creates a string.</summary>
    public string Text => TextFrom(0);

    /// <summary>Reads the value as an unsigned number of 1, 2, 4 or 8 bytes.</summary>
    /// <param name="number">The number; 0 if the value has another length.</param>
    /// <returns>Whether the length is that of a number.</returns>
    public bool TryGetNumber(out ulong number)
    {
        switch (Value.Length)
        {
            case 1:
                number = Value[0];
                return true;
            case 2:
                number = order.UInt16(Value);
                return true;
            case 4:
                number = order.UInt32(Value);
                return true;
            case 8:
                number = order.UInt64(Value);
                return true;
            default:
                number = 0;
                return false;
        }
    }

    /// <summary>Returns the text from a byte of the value on. Some programs end it with zeros, which are no part of it.</summary>
    internal string TextFrom(int start) => Encoding.UTF8.GetString(Value[start..].TrimEnd((byte)0));

    /// <summary>Reads the value as two words of 32 bits, the upper first. That is the form of times.</summary>
    internal bool TryGetTicks(out ulong ticks)
    {
        bool isTicks = Value.Length == sizeof(ulong);
        ticks = isTicks ? ((ulong)order.UInt32(Value) << 32) | order.UInt32(Value[4..]) : 0;
        return isTicks;
    }

    /// <summary>Returns the code and the length of the value.</summary>
    public override string ToString() => $"option {Code}, {Value.Length} bytes";
}
