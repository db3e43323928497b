using static Unp.Net.Libc;

namespace Unp.Net.Packets;

// Numbers, and their comparison: tcp[13] & 2 != 0.
sealed partial class FilterParser
{
    /// <summary>The precedence of an operand behind a sign.</summary>
    const int SignPrecedence = 6;

    /// <summary>The precedence of % and ^ to the number on their left.</summary>
    const int StrongestPrecedence = 7;

    FilterCondition ReadRelation()
    {
        FilterExpression left = ReadNumber(0);
        FilterToken relation = Current;
        if (!relation.IsRelation)
            throw Expected("a comparison such as \"=\" or \">\" was expected behind the number");
        at++;
        FilterExpression right = ReadNumber(0);
        qualifier = null;
        return Compare(left, relation.Text, right);
    }

    static FilterCondition Compare(FilterExpression left, string relation, FilterExpression right)
    {
        if (left is FilterExpression.Constant && right is not FilterExpression.Constant)
        {
            (left, right) = (right, left);
            relation = relation switch { "<" => ">", ">" => "<", "<=" => ">=", ">=" => "<=", _ => relation };
        }
        (int jump, bool isNegated) = relation switch
        {
            "<" => (BPF_JGE, true),
            ">" => (BPF_JGT, false),
            "<=" => (BPF_JGT, true),
            ">=" => (BPF_JGE, false),
            "!=" => (BPF_JEQ, true),
            _ => (BPF_JEQ, false),
        };
        FilterCondition test = Test(left, jump, right);
        return FilterCondition.And(FilterCondition.And(left.Guard, right.Guard), isNegated ? FilterCondition.Not(test) : test);
    }

    static FilterCondition Test(FilterExpression left, int jump, FilterExpression right)
    {
        if (left is FilterExpression.Constant a && right is FilterExpression.Constant b)
            return FilterCondition.Of(jump == BPF_JEQ ? a.Value == b.Value : jump == BPF_JGT ? a.Value > b.Value : a.Value >= b.Value);
        List<sock_filter> code = [];
        if (jump == BPF_JEQ && right is FilterExpression.Constant { Value: 0 }
            && left is FilterExpression.Operation { Kind: BPF_AND, Right: FilterExpression.Constant mask } masked)
        {
            masked.Left.Emit(code, 0);
            return FilterCondition.Not(new FilterCondition.Test(new([.. code]), BPF_JSET, mask.Value));
        }
        FilterExpression.EmitOperands(left, right, code, 0);
        return right is FilterExpression.Constant constant
            ? new FilterCondition.Test(new([.. code]), (ushort)jump, constant.Value)
            : new FilterCondition.Test(new([.. code]), (ushort)(jump | BPF_X), 0);
    }

    /// <summary>Reads a number whose operators bind at least as strongly as a precedence.</summary>
    FilterExpression ReadNumber(int precedence)
    {
        FilterExpression left = ReadOperand();
        while (true)
        {
            FilterToken token = Current;
            (int strength, int ofRight, int operation) = Precedence(token);
            if (strength < Math.Max(precedence, 1))
                return left;
            at++;
            bool isDeeper = ofRight == 0; // the other operators nest only as deep as there are precedences
            if (isDeeper)
                Enter();
            FilterExpression right = ReadNumber(ofRight);
            if (isDeeper)
                depth--;
            left = Combine(operation, left, right, token);
        }
    }

    /// <summary>
    /// Returns the precedence of an operator, 0 for another word; that of the number on its right; and the operation. As in tcpdump, % and
    /// ^ bind more strongly than the operators on their left, and less strongly than those on their right.
    /// </summary>
    static (int Strength, int OfRight, int Operation) Precedence(FilterToken token) => !token.IsOperator ? default : token.Text switch
    {
        "|" => (1, 2, BPF_OR),
        "&" => (2, 3, BPF_AND),
        "<<" => (3, 4, BPF_LSH),
        ">>" => (3, 4, BPF_RSH),
        "+" => (4, 5, BPF_ADD),
        "-" => (4, 5, BPF_SUB),
        "*" => (5, 6, BPF_MUL),
        "/" => (5, 6, BPF_DIV),
        "%" => (StrongestPrecedence, 0, BPF_MOD),
        _ => (StrongestPrecedence, 0, BPF_XOR),
    };

    FilterExpression Combine(int operation, FilterExpression left, FilterExpression right, FilterToken token)
    {
        if (right is not FilterExpression.Constant { Value: var operand })
            return new FilterExpression.Operation(operation, left, right);
        if (operand == 0 && operation is BPF_DIV or BPF_MOD)
            Fail(token, "the divisor is 0");
        if (operand > 31 && operation is BPF_LSH or BPF_RSH)
            Fail(token, $"the shift by {operand} bits is more than 31");
        return left is FilterExpression.Constant { Value: var value } && BpfInterpreter.TryCalculate(operation, ref value, operand)
            ? new FilterExpression.Constant(value)
            : new FilterExpression.Operation(operation, left, right);
    }

    FilterExpression ReadOperand()
    {
        FilterToken token = Current;
        if (token.Is("("))
            return ReadGroup(() => ReadNumber(0));
        if (token.Kind == FilterTokenKind.Number)
        {
            at++;
            return new FilterExpression.Constant(token.Value);
        }
        if (TrySkip("-"))
        {
            Enter();
            FilterExpression operand = ReadNumber(SignPrecedence);
            depth--;
            return operand is FilterExpression.Constant constant
                ? new FilterExpression.Constant(unchecked(0 - constant.Value))
                : new FilterExpression.Negative(operand);
        }
        if (TrySkip("len") || TrySkip("length"))
            return new FilterExpression.Length();
        if (token.Kind == FilterTokenKind.Keyword && FilterProtocol.ByName.TryGetValue(token.Text, out FilterProtocol? protocol))
        {
            at++;
            return ReadBytes(protocol, token);
        }
        throw Expected("a number, \"len\" or a protocol with \"[\" was expected");
    }

    /// <summary>Reads the brackets of <c>tcp[2:2]</c>.</summary>
    FilterExpression ReadBytes(FilterProtocol protocol, FilterToken token)
    {
        Skip("[");
        Enter();
        FilterToken place = Current;
        FilterExpression index = ReadNumber(0);
        depth--;
        uint size = 1;
        if (TrySkip(":"))
        {
            if (Current is not { Kind: FilterTokenKind.Number, Value: 1 or 2 or 4 })
                throw Expected("a size of 1, 2 or 4 bytes was expected");
            size = Current.Value;
            at++;
        }
        Skip("]");
        if (index is FilterExpression.Constant { Value: > int.MaxValue - ushort.MaxValue })
            Fail(place, $"the offset is more than {int.MaxValue - ushort.MaxValue}");
        return primitives.Bytes(protocol, index, size)
            ?? throw Failed(token, $"the header of {protocol.Name} has no fixed place, so its bytes cannot be tested");
    }
}
