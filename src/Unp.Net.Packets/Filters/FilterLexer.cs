using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Unp.Net.Packets;

/// <summary>Splits a filter into words.</summary>
static class FilterLexer
{
    /// <summary>The maximum number of words. It limits the time and memory that a filter takes.</summary>
    internal const int MaxWords = 16384;

    static readonly SearchValues<char> WordCharacters =
        SearchValues.Create("-_.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    static readonly SearchValues<char> AddressCharacters = SearchValues.Create(":.0123456789ABCDEFabcdef");
    static readonly SearchValues<char> HexadecimalDigits = SearchValues.Create("0123456789ABCDEFabcdef");
    static readonly SearchValues<char> EndsOfQuotedName = SearchValues.Create(" !()\n\t");

    static readonly string[] Symbols =
    [
        "&&", "||", ">=", "<=", "!=", "==", "<<", ">>", "+", "-", "*", "/", "%", ":", "[", "]", "!", "<", ">", "(", ")", "&", "|", "^", "=",
    ];

    /// <summary>Returns the words and the end.</summary>
    internal static List<FilterToken> Split(string filter)
    {
        if (filter.IndexOf('\0', StringComparison.Ordinal) is >= 0 and int nul)
            throw new FilterException(filter, nul, "\\0", "a filter has no NUL");
        List<FilterToken> tokens = [];
        for (int at = 0; ;)
        {
            while (at < filter.Length && filter[at] is ' ' or '\t' or '\r' or '\n')
                at++;
            if (at == filter.Length)
            {
                tokens.Add(new(FilterTokenKind.End, "", at));
                return tokens;
            }
            FilterToken token = Next(filter, at, out int length);
            if (tokens.Count == MaxWords)
                throw new FilterException(filter, at, token.Text, $"the filter has more than {MaxWords} words");
            tokens.Add(token);
            at += length;
        }
    }

    static FilterToken Next(string filter, int at, out int length)
    {
        ReadOnlySpan<char> rest = filter.AsSpan(at);
        if (Address(filter, at, out length) is { } address)
            return address;
        if (char.IsAsciiLetterOrDigit(rest[0]))
        {
            int end = rest.IndexOfAnyExcept(WordCharacters);
            ReadOnlySpan<char> word = rest[..(end < 0 ? rest.Length : end)].TrimEnd("-_");
            length = word.Length;
            return Word(filter, at, word.ToString());
        }
        if (rest[0] == '\\')
        {
            int end = rest.IndexOfAny(EndsOfQuotedName);
            length = end < 0 ? rest.Length : end;
            return length > 1 ? new(FilterTokenKind.Name, rest[1..length].ToString(), at)
                : throw new FilterException(filter, at, "\\", "a name must follow the backslash");
        }
        foreach (string symbol in Symbols)
        {
            length = symbol.Length;
            if (rest.StartsWith(symbol, StringComparison.Ordinal))
                return new(FilterTokenKind.Symbol, symbol, at);
        }
        throw new FilterException(filter, at, rest[..1].ToString(), "this character does not belong to the language");
    }

    /// <summary>Returns an address that contains colons, or null.</summary>
    static FilterToken? Address(string filter, int at, out int length)
    {
        ReadOnlySpan<char> rest = filter.AsSpan(at);
        int end = rest.IndexOfAnyExcept(AddressCharacters);
        length = end < 0 ? rest.Length : end;
        ReadOnlySpan<char> run = rest[..length];
        if (IsMac(run, ':'))
            return new(FilterTokenKind.Mac, run.ToString(), at);
        if (!run.Contains("::", StringComparison.Ordinal) && run.Count(':') != 7)
            return null;
        return IPAddress.TryParse(run, out IPAddress? address) && address.AddressFamily == AddressFamily.InterNetworkV6
            ? new(FilterTokenKind.Ipv6, run.ToString(), at)
            : throw new FilterException(filter, at, run.ToString(), "this is not an IPv6 address");
    }

    static FilterToken Word(string filter, int at, string word)
    {
        if (IsMac(word, '-') || IsMac(word, '.') || IsGroupedMac(word))
            return new(FilterTokenKind.Mac, word, at);
        if (FilterWords.Numbers.TryGetValue(word, out uint known))
            return new(FilterTokenKind.Number, word, at, known);
        if (IsNumber(word))
            return new(FilterTokenKind.Number, word, at, Number(filter, at, word));
        if (word.AsSpan().Count('.') is >= 1 and <= 3 && Array.TrueForAll(word.Split('.'), part => IsNumber(part)))
            return new(FilterTokenKind.Ipv4, word, at);
        return new(FilterWords.IsKeyword(word) ? FilterTokenKind.Keyword : FilterTokenKind.Name, word, at);
    }

    /// <summary>Returns whether the text is six groups of one or two hexadecimal digits.</summary>
    static bool IsMac(ReadOnlySpan<char> text, char separator)
    {
        if (text.Length > 17 || text.Count(separator) != 5)
            return false;
        foreach (Range group in text.Split(separator))
        {
            if (text[group].Length is not (1 or 2) || !IsHexadecimal(text[group]))
                return false;
        }
        return true;
    }

    /// <summary>Returns whether the text is 12 hexadecimal digits, or three groups of four with dots between them.</summary>
    static bool IsGroupedMac(string text) => text.Length switch
    {
        12 => IsHexadecimal(text),
        14 => text[4] == '.' && text[9] == '.' && IsHexadecimal(text.AsSpan(0, 4)) && IsHexadecimal(text.AsSpan(5, 4))
            && IsHexadecimal(text.AsSpan(10)),
        _ => false,
    };

    static bool IsHexadecimal(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(HexadecimalDigits);

    static bool IsNumber(ReadOnlySpan<char> word) => word.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
        ? word.Length > 2 && IsHexadecimal(word[2..])
        : word.Length > 0 && !word.ContainsAnyExceptInRange('0', '9');

    /// <summary>Returns the value of a hexadecimal (0x), octal (0) or decimal number.</summary>
    static uint Number(string filter, int at, string word)
    {
        bool isHexadecimal = word.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        int numberBase = isHexadecimal ? 16 : word[0] == '0' ? 8 : 10;
        ulong value = 0;
        foreach (char digit in word.AsSpan(isHexadecimal ? 2 : 0))
        {
            int number = int.Parse([digit], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            if (number >= numberBase)
                throw new FilterException(filter, at, word, $"a number that begins with 0 is octal, so it has no digit {digit}");
            value = (value * (uint)numberBase) + (uint)number;
            if (value > uint.MaxValue)
                throw new FilterException(filter, at, word, $"the number is more than {uint.MaxValue}");
        }
        return (uint)value;
    }
}
