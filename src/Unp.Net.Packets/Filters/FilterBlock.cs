using static Unp.Net.Libc;

namespace Unp.Net.Packets;

/// <summary>A test with its two continuations, or the end of the program.</summary>
/// <remarks>A block is made after its continuations, so its number is greater than theirs, and no way leads back.</remarks>
sealed class FilterBlock(int number, FilterLoad? load, ushort jump, uint k, FilterBlock? whenTrue, FilterBlock? whenFalse)
{
    public int Number => number;

    /// <summary>Gets the instructions before the test; null: this is the end of the program.</summary>
    public FilterLoad? Load => load;

    /// <summary>Gets the condition of the jump.</summary>
    public ushort Jump => jump;

    /// <summary>Gets the operand of the jump, or the result of the program.</summary>
    public uint K => k;

    public FilterBlock? WhenTrue { get; set; } = whenTrue;

    public FilterBlock? WhenFalse { get; set; } = whenFalse;

    /// <summary>Gets or sets the instructions that are left of <see cref="Load"/>, because registers already have the rest.</summary>
    public sock_filter[] Code { get; set; } = load is null ? [] : load.Instructions.ToArray();

    /// <summary>Gets whether the jump compares with the index register.</summary>
    public bool UsesX => (jump & BPF_X) != 0;
}

/// <summary>Makes blocks from a condition. Equal tests with equal continuations are one block.</summary>
sealed class FilterGraph(uint snapLength)
{
    readonly Dictionary<(FilterLoad? Load, int Jump, uint K, int WhenTrue, int WhenFalse), FilterBlock> known = [];

    /// <summary>Gets the blocks by their numbers.</summary>
    internal List<FilterBlock> Blocks { get; } = [];

    /// <summary>Returns the block at which the program begins.</summary>
    internal FilterBlock Build(FilterCondition condition) => Build(condition, End(snapLength), End(0));

    FilterBlock End(uint result) => Get(null, 0, result, null, null);

    /// <summary>Makes the last blocks first. Only the right side of a junction recurses, whose depth the parser limits.</summary>
    FilterBlock Build(FilterCondition condition, FilterBlock whenTrue, FilterBlock whenFalse)
    {
        while (true)
        {
            switch (condition)
            {
                case FilterCondition.Junction { IsAnd: true } both:
                    whenTrue = Build(both.Right, whenTrue, whenFalse);
                    condition = both.Left;
                    break;
                case FilterCondition.Junction either:
                    whenFalse = Build(either.Right, whenTrue, whenFalse);
                    condition = either.Left;
                    break;
                case FilterCondition.Negation negation:
                    (whenTrue, whenFalse) = (whenFalse, whenTrue);
                    condition = negation.Inner;
                    break;
                case FilterCondition.Test test:
                    return Get(test.Load, test.Jump, test.K, whenTrue, whenFalse);
                default:
                    return condition == FilterCondition.True ? whenTrue : whenFalse;
            }
        }
    }

    FilterBlock Get(FilterLoad? load, ushort jump, uint k, FilterBlock? whenTrue, FilterBlock? whenFalse)
    {
        var key = (load, (int)jump, k, whenTrue?.Number ?? -1, whenFalse?.Number ?? -1);
        if (!known.TryGetValue(key, out FilterBlock? block))
        {
            block = new(Blocks.Count, load, jump, k, whenTrue, whenFalse);
            known.Add(key, block);
            Blocks.Add(block);
        }
        return block;
    }
}
