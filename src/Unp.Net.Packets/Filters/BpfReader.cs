using System.Globalization;

namespace Unp.Net.Packets;

/// <summary>Reads the three notations of a program.</summary>
static class BpfReader
{
    static readonly char[] BetweenNumbers = [' ', '\t', '\r', '\n', ',', '{', '}'];

    /// <summary>Returns the instructions, which are not verified yet.</summary>
    internal static sock_filter[] Read(string text)
    {
        string start = text.TrimStart();
        return start.StartsWith('{') ? ReadNumbers(text, isCounted: false)
            : start.Length > 0 && char.IsAsciiDigit(start[0]) ? ReadNumbers(text, isCounted: true)
            : ReadAssembly(text);
    }

    static sock_filter[] ReadNumbers(string text, bool isCounted)
    {
        string[] words = text.Split(BetweenNumbers, StringSplitOptions.RemoveEmptyEntries);
        int first = isCounted ? 1 : 0;
        int count = (words.Length - first) / 4;
        if ((words.Length - first) % 4 != 0)
            throw new FormatException($"The last instruction has {(words.Length - first) % 4} numbers, but each has 4.");
        if (isCounted && Number(words[0], uint.MaxValue) != count)
            throw new FormatException($"The text announces {words[0]} instructions, but has {count}.");
        sock_filter[] program = new sock_filter[count];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<string> four = words.AsSpan(first + (4 * i), 4);
            program[i] = new()
            {
                code = (ushort)Number(four[0], ushort.MaxValue),
                jt = (byte)Number(four[1], byte.MaxValue),
                jf = (byte)Number(four[2], byte.MaxValue),
                k = (uint)Number(four[3], uint.MaxValue),
            };
        }
        return program;
    }

    static long Number(string word, uint maximum) =>
        TryNumber(word, out long number) && number >= 0 && number <= maximum ? number
            : throw new FormatException($"\"{word}\" is not a number from 0 to {maximum}.");

    static bool TryNumber(ReadOnlySpan<char> word, out long number) => word.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
        ? long.TryParse(word[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number)
        : long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);

    static sock_filter[] ReadAssembly(string text)
    {
        List<sock_filter> program = [];
        int number = 0;
        foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
        {
            number++;
            if (!line.IsWhiteSpace())
                program.Add(ReadLine(line.ToString(), program.Count, number));
        }
        return [.. program];
    }

    /// <param name="line">The line.</param>
    /// <param name="at">The number of the instruction.</param>
    /// <param name="lineNumber">The number of the line, for the message.</param>
    static sock_filter ReadLine(string line, int at, int lineNumber)
    {
        string[] words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        int first = words[0].StartsWith('(') ? 1 : 0;
        if (first == 1 && !(words[0].EndsWith(')') && TryNumber(words[0].AsSpan(1..^1), out long stated) && stated == at))
            throw Wrong($"\"{words[0]}\" is not the number of the instruction, ({at:000})");
        string name = words.ElementAtOrDefault(first) ?? throw Wrong("the instruction is missing");
        int targets = Array.IndexOf(words, "jt");
        string operand = string.Concat(words[(first + 1)..(targets < 0 ? words.Length : targets)]);
        bool isKnown = false;
        foreach (BpfMnemonic mnemonic in BpfText.Mnemonics)
        {
            if (mnemonic.Name != name)
                continue;
            isKnown = true;
            if (!TryOperand(mnemonic.Operand, operand, at, out uint k))
                continue;
            sock_filter one = new() { code = mnemonic.Code, k = k };
            if (!mnemonic.IsConditional)
                return targets < 0 ? one : throw Wrong($"\"{name}\" has no jt");
            if (targets < 0 || words.Length != targets + 4 || words[targets + 2] != "jf")
                throw Wrong("the targets \"jt\" and \"jf\" are missing at the end");
            one.jt = Skip(words[targets + 1]);
            one.jf = Skip(words[targets + 3]);
            return one;
        }
        throw Wrong(isKnown ? $"\"{name}\" has no operand \"{operand}\"" : $"there is no instruction \"{name}\"");

        byte Skip(string target) => TryNumber(target, out long to) && to > at && to <= at + 1 + byte.MaxValue
            ? (byte)(to - at - 1)
            : throw Wrong($"the target {target} is not one of the 256 instructions behind this one");

        FormatException Wrong(string reason) => new($"Line {lineNumber} of the program, \"{line.Trim()}\": {reason}.");
    }

    static bool TryOperand(BpfOperand form, string text, int at, out uint k)
    {
        k = 0;
        switch (form)
        {
            case BpfOperand.None:
                return text.Length == 0;
            case BpfOperand.X:
                return text == "x";
            case BpfOperand.Length:
                return text == "#pktlen";
            case BpfOperand.Decimal or BpfOperand.Hexadecimal:
                return TryInside(text, "#", "", out k);
            case BpfOperand.Indexed:
                return TryInside(text, "[x+", "]", out k);
            case BpfOperand.Header:
                return TryInside(text, "4*([", "]&0xf)", out k);
            case BpfOperand.Memory:
                return TryInside(text, "M[", "]", out k);
            case BpfOperand.Target:
                bool isNumber = TryInside(text, "", "", out k);
                k = unchecked(k - (uint)at - 1);
                return isNumber;
            default:
                return TryInside(text, "[", "]", out k) || TryFact(text, out k);
        }
    }

    static bool TryFact(string text, out uint k)
    {
        foreach (var (fact, name) in BpfText.FactNames)
        {
            k = BpfAncillary.Offset + fact;
            if (text.Length == name.Length + 2 && text[0] == '[' && text[^1] == ']' && text.AsSpan(1..^1).SequenceEqual(name))
                return true;
        }
        k = 0;
        return false;
    }

    /// <summary>Reads the number between two texts, from -2147483648 to 4294967295.</summary>
    static bool TryInside(string text, string before, string behind, out uint k)
    {
        k = 0;
        if (text.Length < before.Length + behind.Length || !text.StartsWith(before, StringComparison.Ordinal)
            || !text.EndsWith(behind, StringComparison.Ordinal)
            || !TryNumber(text.AsSpan(before.Length..^behind.Length), out long number) || number is < int.MinValue or > uint.MaxValue)
        {
            return false;
        }
        k = unchecked((uint)number);
        return true;
    }
}
