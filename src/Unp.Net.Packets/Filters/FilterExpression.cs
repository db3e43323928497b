using static Unp.Net.Libc;
using static Unp.Net.Packets.FilterCode;

namespace Unp.Net.Packets;

/// <summary>A number in a filter, as a tree.</summary>
/// <param name="guard">The condition under which the number exists: for a byte of TCP, that the packet has one.</param>
abstract class FilterExpression(FilterCondition guard)
{
    /// <summary>Gets the condition under which the number exists.</summary>
    internal FilterCondition Guard => guard;

    /// <summary>
    /// Gets the words of the scratch memory that the number needs. The operand that needs more is calculated first, so a number of n parts
    /// needs log2(n) words, and the limit of the parser leaves no number that needs more than there are.
    /// </summary>
    internal virtual int Words => 0;

    /// <summary>Adds instructions that leave the number in the accumulator. They may change the index register.</summary>
    /// <param name="code">The instructions so far.</param>
    /// <param name="free">The first word of the scratch memory that may be used.</param>
    internal abstract void Emit(List<sock_filter> code, uint free);

    internal sealed class Constant(uint value) : FilterExpression(FilterCondition.True)
    {
        internal uint Value => value;

        internal override void Emit(List<sock_filter> code, uint free) => code.Add(Of(BPF_LD | BPF_IMM, value));
    }

    /// <summary>The length of the packet.</summary>
    internal sealed class Length() : FilterExpression(FilterCondition.True)
    {
        internal override void Emit(List<sock_filter> code, uint free) => code.Add(Of(BPF_LD | BPF_W | BPF_LEN));
    }

    /// <summary>Bytes of the packet.</summary>
    /// <param name="guard">The condition under which they exist.</param>
    /// <param name="start">The offset of the header.</param>
    /// <param name="ipHeader">The offset of the IPv4 header whose length is added to <paramref name="start"/>, or null.</param>
    /// <param name="index">The offset in the header.</param>
    /// <param name="size">1, 2 or 4 bytes.</param>
    internal sealed class Load(FilterCondition guard, uint start, uint? ipHeader, FilterExpression index, uint size)
        : FilterExpression(FilterCondition.And(index.Guard, guard))
    {
        internal override int Words => index.Words;

        internal override void Emit(List<sock_filter> code, uint free)
        {
            uint offset = start;
            if (index is Constant constant)
                offset += constant.Value;
            else
                index.Emit(code, free);
            if (ipHeader is { } header)
            {
                code.Add(HeaderLength(header));
                if (index is not Constant)
                    code.Add(Of(BPF_ALU | BPF_ADD | BPF_X));
            }
            if (index is not Constant)
                code.Add(Of(BPF_MISC | BPF_TAX));
            int mode = ipHeader is null && index is Constant ? BPF_ABS : BPF_IND;
            code.Add(Of(BPF_LD | Size(size) | mode, offset));
        }
    }

    /// <summary>The negative of a number.</summary>
    internal sealed class Negative(FilterExpression operand) : FilterExpression(operand.Guard)
    {
        internal override int Words => operand.Words;

        internal override void Emit(List<sock_filter> code, uint free)
        {
            operand.Emit(code, free);
            code.Add(Of(BPF_ALU | BPF_NEG));
        }
    }

    /// <summary>An operation on two numbers, of which at least one is not constant.</summary>
    internal sealed class Operation(int operation, FilterExpression left, FilterExpression right)
        : FilterExpression(FilterCondition.And(left.Guard, right.Guard))
    {
        internal int Kind => operation;

        internal FilterExpression Left => left;

        internal FilterExpression Right => right;

        internal override int Words { get; } = right is Constant ? left.Words
            : left.Words == right.Words ? left.Words + 1
            : Math.Max(left.Words, right.Words);

        internal override void Emit(List<sock_filter> code, uint free)
        {
            EmitOperands(left, right, code, free);
            code.Add(right is Constant constant ? Of(BPF_ALU | operation | BPF_K, constant.Value) : Of(BPF_ALU | operation | BPF_X));
        }
    }

    /// <summary>
    /// Adds instructions that leave the left number in the accumulator, and the right one in the index register unless it is constant.
    /// </summary>
    internal static void EmitOperands(FilterExpression left, FilterExpression right, List<sock_filter> code, uint free)
    {
        if (right is Constant)
        {
            left.Emit(code, free);
            return;
        }
        (FilterExpression first, FilterExpression second) = left.Words > right.Words ? (left, right) : (right, left);
        first.Emit(code, free);
        code.Add(Of(BPF_ST, free));
        second.Emit(code, free + 1);
        if (first == right)
        {
            code.Add(Of(BPF_LDX | BPF_MEM, free));
        }
        else
        {
            code.Add(Of(BPF_MISC | BPF_TAX));
            code.Add(Of(BPF_LD | BPF_MEM, free));
        }
    }
}
