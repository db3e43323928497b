using System.Diagnostics.CodeAnalysis;

namespace Unp.Net.Packets;

/// <summary>Reads a filter: "and", "or", "not" and parentheses.</summary>
/// <remarks>
/// "and" and "or" have the same precedence and associate to the left, as in tcpdump. <see cref="qualifier"/> holds the words that apply to
/// a following name without words of its own; null if the last primitive had none.
/// </remarks>
sealed partial class FilterParser
{
    /// <summary>The greatest depth of parentheses, brackets and signs. Deeper filters could exhaust the stack.</summary>
    const int MaxDepth = 200;

    readonly string filter;
    readonly List<FilterToken> tokens;
    readonly FilterLink link;
    readonly FilterPrimitives primitives;
    readonly FilterOptions options;

    /// <summary>For each opening parenthesis, the index of the token behind the closing one.</summary>
    readonly Dictionary<int, int> behindGroup = [];

    FilterQualifier? qualifier;
    int at;
    int depth;

    internal FilterParser(string filter, LinkType linkType, FilterOptions options)
    {
        this.filter = filter;
        this.options = options;
        link = new(linkType);
        primitives = new(link);
        tokens = FilterLexer.Split(filter);
        Stack<int> open = [];
        for (int i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Is("("))
                open.Push(i);
            else if (tokens[i].Is(")") && open.TryPop(out int start))
                behindGroup[start] = i + 1;
        }
    }

    FilterToken Current => tokens[at];

    /// <summary>Reads the whole filter.</summary>
    internal FilterCondition Read()
    {
        if (Current.Kind == FilterTokenKind.End)
            return FilterCondition.True;
        FilterCondition condition = ReadCondition();
        return Current.Kind == FilterTokenKind.End ? condition : throw Expected("\"and\", \"or\" or the end was expected");
    }

    FilterCondition ReadCondition()
    {
        FilterCondition left = ReadTerm();
        while (true)
        {
            bool isAnd = Current.IsAnd;
            if (!isAnd && !Current.IsOr)
                return left;
            at++;
            FilterCondition right = ReadTerm();
            left = isAnd ? FilterCondition.And(left, right) : FilterCondition.Or(left, right);
        }
    }

    FilterCondition ReadTerm()
    {
        bool isNegated = SkipNegations();
        FilterCondition condition = Current.Is("(") && !IsNumberGroup() ? ReadGroup(ReadCondition) : ReadPrimitive();
        return isNegated ? FilterCondition.Not(condition) : condition;
    }

    bool SkipNegations()
    {
        bool isNegated = false;
        for (; Current.IsNot; at++)
            isNegated = !isNegated;
        return isNegated;
    }

    /// <summary>Returns whether the parentheses that begin here hold a number: an operator follows them.</summary>
    bool IsNumberGroup() =>
        behindGroup.TryGetValue(at, out int behind) && (tokens[behind].IsOperator || tokens[behind].IsRelation);

    T ReadGroup<T>(Func<T> read)
    {
        Enter();
        at++;
        T inner = read();
        Skip(")");
        depth--;
        return inner;
    }

    void Enter()
    {
        if (++depth > MaxDepth)
            throw Expected($"the filter is nested more than {MaxDepth} deep");
    }

    void Skip(string symbol)
    {
        if (!TrySkip(symbol))
            throw Expected($"\"{symbol}\" was expected");
    }

    bool TrySkip(string word)
    {
        bool isThere = Current.Is(word);
        if (isThere)
            at++;
        return isThere;
    }

    FilterException Expected(string reason) => Failed(Current, reason);

    FilterException Failed(FilterToken token, string reason) => new(filter, token.Position, token.Text, reason);

    [DoesNotReturn]
    void Fail(FilterToken token, string reason) => throw Failed(token, reason);
}
