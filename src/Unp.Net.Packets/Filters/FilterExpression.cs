using static Unp.Net.Libc;
using static Unp.Net.Packets.FilterCode;

namespace Unp.Net.Packets;

/// <summary>A number in a filter, as a tree.</summary>
/// <param name="guard">The condition under which the number exists: for a byte of TCP, that the packet has one.</param>
abstract class FilterExpression(FilterCondition guard)
{
    /// <summary>Gets the condition under which the number exists.</summary>
    internal FilterCondition Guard => guard;

    /// <summary>Adds instructions that leave the number in the accumulator. They may change the index register.</summary>
    /// <param name="code">The instructions so far.</param>
    /// <param name="free">The first word of the scratch memory that may be used.</param>
    /// <returns>False if the scratch memory is too small.</returns>
    internal abstract bool TryEmit(List<sock_filter> code, uint free);

    internal sealed class Constant(uint value) : FilterExpression(FilterCondition.True)
    {
        internal uint Value => value;

        internal override bool TryEmit(List<sock_filter> code, uint free)
        {
            code.Add(Of(BPF_LD | BPF_IMM, value));
            return true;
        }
    }

    /// <summary>The length of the packet.</summary>
    internal sealed class Length() : FilterExpression(FilterCondition.True)
    {
        internal override bool TryEmit(List<sock_filter> code, uint free)
        {
            code.Add(Of(BPF_LD | BPF_W | BPF_LEN));
            return true;
        }
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
        internal override bool TryEmit(List<sock_filter> code, uint free)
        {
            uint offset = start;
            if (index is Constant constant)
                offset += constant.Value;
            else if (!index.TryEmit(code, free))
                return false;
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
            return true;
        }
    }

    /// <summary>The negative of a number.</summary>
    internal sealed class Negative(FilterExpression operand) : FilterExpression(operand.Guard)
    {
        internal override bool TryEmit(List<sock_filter> code, uint free)
        {
            bool fits = operand.TryEmit(code, free);
            code.Add(Of(BPF_ALU | BPF_NEG));
            return fits;
        }
    }

    /// <summary>An operation on two numbers, of which at least one is not constant.</summary>
    internal sealed class Operation(int operation, FilterExpression left, FilterExpression right)
        : FilterExpression(FilterCondition.And(left.Guard, right.Guard))
    {
        internal int Kind => operation;

        internal FilterExpression Left => left;

        internal FilterExpression Right => right;

        internal override bool TryEmit(List<sock_filter> code, uint free)
        {
            if (!TryEmitOperands(left, right, code, free))
                return false;
            code.Add(right is Constant constant ? Of(BPF_ALU | operation | BPF_K, constant.Value) : Of(BPF_ALU | operation | BPF_X));
            return true;
        }
    }

    /// <summary>Adds instructions that leave one number in the accumulator, and the other in the index register unless it is constant.</summary>
    internal static bool TryEmitOperands(FilterExpression left, FilterExpression right, List<sock_filter> code, uint free)
    {
        if (right is Constant)
            return left.TryEmit(code, free);
        if (free >= BPF_MEMWORDS || !right.TryEmit(code, free))
            return false;
        code.Add(Of(BPF_ST, free));
        if (!left.TryEmit(code, free + 1))
            return false;
        code.Add(Of(BPF_LDX | BPF_MEM, free));
        return true;
    }
}
