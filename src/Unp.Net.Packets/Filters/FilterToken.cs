namespace Unp.Net.Packets;

/// <summary>The kinds of words in a filter.</summary>
enum FilterTokenKind
{
    /// <summary>A keyword of the language.</summary>
    Keyword,

    /// <summary>A name of a host, network, service or protocol.</summary>
    Name,

    /// <summary>A number, or the name of one, such as <c>tcp-syn</c>.</summary>
    Number,

    /// <summary>Two to four numbers with dots between them.</summary>
    Ipv4,

    /// <summary>An IPv6 address.</summary>
    Ipv6,

    /// <summary>An Ethernet address.</summary>
    Mac,

    /// <summary>An operator, parenthesis or bracket.</summary>
    Symbol,

    /// <summary>The end of the filter.</summary>
    End,
}

/// <summary>A word of a filter.</summary>
/// <param name="Kind">The kind of the word.</param>
/// <param name="Text">The text as it is written, so that a message can quote it. A name that follows a backslash lacks it.</param>
/// <param name="Position">The offset in the filter.</param>
/// <param name="Value">The value of a number.</param>
readonly record struct FilterToken(FilterTokenKind Kind, string Text, int Position, uint Value = 0)
{
    /// <summary>Returns whether this is the keyword or symbol.</summary>
    public bool Is(string text) => Kind is FilterTokenKind.Keyword or FilterTokenKind.Symbol && Text == text;

    public bool IsAnd => Is("and") || Is("&&");

    public bool IsOr => Is("or") || Is("||");

    public bool IsNot => Is("not") || Is("!");

    /// <summary>Gets whether the token compares two numbers.</summary>
    public bool IsRelation => Kind == FilterTokenKind.Symbol && Text is "<" or ">" or "<=" or ">=" or "=" or "==" or "!=";

    /// <summary>Gets whether the token calculates with two numbers.</summary>
    public bool IsOperator =>
        Kind == FilterTokenKind.Symbol && Text is "+" or "-" or "*" or "/" or "%" or "&" or "|" or "^" or "<<" or ">>";
}
