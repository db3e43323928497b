using static Unp.Net.Libc;

namespace Unp.Net.Packets;

/// <summary>A condition on a packet, as a tree. The right side of a junction is tested only if the left one does not decide.</summary>
abstract class FilterCondition
{
    internal static readonly FilterCondition True = new Constant();
    internal static readonly FilterCondition False = new Constant();

    internal static FilterCondition Of(bool value) => value ? True : False;

    // The left side stays even if the right one decides the result, because its loads end the program for a packet that is too short.
    internal static FilterCondition And(FilterCondition left, FilterCondition right) =>
        left == False ? False : left == True ? right : right == True ? left : new Junction(true, left, right);

    internal static FilterCondition Or(FilterCondition left, FilterCondition right) =>
        left == True ? True : left == False ? right : right == False ? left : new Junction(false, left, right);

    internal static FilterCondition Not(FilterCondition inner) =>
        inner == True ? False : inner == False ? True : inner is Negation negation ? negation.Inner : new Negation(inner);

    /// <summary>Returns whether a load has a value, apart from the bits that <paramref name="mask"/> lacks.</summary>
    internal static FilterCondition Equal(sock_filter load, uint value, uint mask = uint.MaxValue) => Equal([load], value, mask);

    /// <inheritdoc cref="Equal(sock_filter, uint, uint)"/>
    internal static FilterCondition Equal(sock_filter[] load, uint value, uint mask = uint.MaxValue)
    {
        value &= mask;
        return mask == uint.MaxValue ? new Test(new(load), BPF_JEQ, value)
            : mask == 0 ? True
            : value == 0 ? Not(new Test(new(load), BPF_JSET, mask))
            : new Test(new([.. load, FilterCode.And(mask)]), BPF_JEQ, value);
    }

    /// <summary>A condition that does not depend on the packet.</summary>
    sealed class Constant : FilterCondition;

    /// <summary>Both conditions, or at least one of them.</summary>
    internal sealed class Junction(bool isAnd, FilterCondition left, FilterCondition right) : FilterCondition
    {
        public bool IsAnd => isAnd;

        public FilterCondition Left => left;

        public FilterCondition Right => right;
    }

    /// <summary>The opposite of a condition.</summary>
    internal sealed class Negation(FilterCondition inner) : FilterCondition
    {
        public FilterCondition Inner => inner;
    }

    /// <summary>A comparison of a load.</summary>
    /// <param name="load">The instructions that load the accumulator, and the index register if it is the operand.</param>
    /// <param name="jump">BPF_JEQ, BPF_JGT, BPF_JGE or BPF_JSET, with BPF_X if the index register is the operand.</param>
    /// <param name="k">The operand.</param>
    internal sealed class Test(FilterLoad load, ushort jump, uint k) : FilterCondition
    {
        public FilterLoad Load => load;

        public ushort Jump => jump;

        public uint K => k;
    }
}
