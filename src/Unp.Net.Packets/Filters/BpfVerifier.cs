using static Unp.Net.Libc;

namespace Unp.Net.Packets;

/// <summary>The rules of Linux for a program of classic BPF.</summary>
static class BpfVerifier
{
    /// <summary>The maximum number of instructions, BPF_MAXINSNS of Linux. The BSDs accept 512.</summary>
    internal const int MaxLength = 4096;

    /// <summary>Returns the first fault that the kernel would refuse, or null.</summary>
    internal static BpfException? Check(ReadOnlySpan<sock_filter> program)
    {
        if (program.Length == 0)
            return new(0, "the program is empty");
        if (program.Length > MaxLength)
            return new(MaxLength, $"the program has {program.Length} instructions, more than {MaxLength}");
        for (int i = 0; i < program.Length; i++)
        {
            if (Objection(program[i], program.Length - i - 1) is { } reason)
                return new(i, reason);
        }
        int last = program.Length - 1;
        if ((program[last].code & 7) != BPF_RET)
            return new(last, "the last instruction is not ret");
        return CheckScratchMemory(program);
    }

    /// <summary>Returns what is wrong with an instruction by itself, or null.</summary>
    /// <param name="one">The instruction.</param>
    /// <param name="following">The number of instructions behind it.</param>
    static string? Objection(in sock_filter one, int following)
    {
        switch (one.code)
        {
            case BPF_LD | BPF_W | BPF_ABS or BPF_LD | BPF_H | BPF_ABS or BPF_LD | BPF_B | BPF_ABS:
                return one.k >= BpfAncillary.Offset && !BpfAncillary.IsKnown(one.k - BpfAncillary.Offset)
                    ? $"the offset {(int)one.k} is no fact that the kernel knows" : null;

            case BPF_LD | BPF_MEM or BPF_LDX | BPF_MEM or BPF_ST or BPF_STX:
                return one.k >= BPF_MEMWORDS ? $"the scratch memory has no word {one.k}, only 0 to {BPF_MEMWORDS - 1}" : null;

            case BPF_ALU | BPF_DIV | BPF_K or BPF_ALU | BPF_MOD | BPF_K:
                return one.k == 0 ? "the divisor is 0" : null;

            case BPF_ALU | BPF_LSH | BPF_K or BPF_ALU | BPF_RSH | BPF_K:
                return one.k >= 32 ? $"the shift by {one.k} bits is more than 31" : null;

            case BPF_JMP | BPF_JA:
                return one.k >= following ? "the jump leaves the program" : null;

            case BPF_JMP | BPF_JEQ | BPF_K or BPF_JMP | BPF_JEQ | BPF_X or BPF_JMP | BPF_JGT | BPF_K or BPF_JMP | BPF_JGT | BPF_X
                or BPF_JMP | BPF_JGE | BPF_K or BPF_JMP | BPF_JGE | BPF_X or BPF_JMP | BPF_JSET | BPF_K or BPF_JMP | BPF_JSET | BPF_X:
                return Math.Max(one.jt, one.jf) >= following ? "the jump leaves the program" : null;

            case BPF_LD | BPF_W | BPF_IND or BPF_LD | BPF_H | BPF_IND or BPF_LD | BPF_B | BPF_IND or BPF_LD | BPF_W | BPF_LEN
                or BPF_LD | BPF_IMM or BPF_LDX | BPF_IMM or BPF_LDX | BPF_W | BPF_LEN or BPF_LDX | BPF_B | BPF_MSH
                or BPF_ALU | BPF_ADD | BPF_K or BPF_ALU | BPF_ADD | BPF_X or BPF_ALU | BPF_SUB | BPF_K or BPF_ALU | BPF_SUB | BPF_X
                or BPF_ALU | BPF_MUL | BPF_K or BPF_ALU | BPF_MUL | BPF_X or BPF_ALU | BPF_DIV | BPF_X or BPF_ALU | BPF_MOD | BPF_X
                or BPF_ALU | BPF_AND | BPF_K or BPF_ALU | BPF_AND | BPF_X or BPF_ALU | BPF_OR | BPF_K or BPF_ALU | BPF_OR | BPF_X
                or BPF_ALU | BPF_XOR | BPF_K or BPF_ALU | BPF_XOR | BPF_X or BPF_ALU | BPF_LSH | BPF_X or BPF_ALU | BPF_RSH | BPF_X
                or BPF_ALU | BPF_NEG or BPF_MISC | BPF_TAX or BPF_MISC | BPF_TXA or BPF_RET | BPF_K or BPF_RET | BPF_A:
                return null;

            default:
                return $"the code 0x{one.code:x} does not exist";
        }
    }

    /// <summary>Checks that each word of the scratch memory is stored on every way to a load of it. All jumps are forward.</summary>
    static BpfException? CheckScratchMemory(ReadOnlySpan<sock_filter> program)
    {
        ushort[] stored = new ushort[program.Length]; // the words that are stored on every jump to an instruction
        Array.Fill(stored, ushort.MaxValue);
        ushort words = 0;
        for (int i = 0; i < program.Length; i++)
        {
            ref readonly sock_filter one = ref program[i];
            words &= stored[i];
            switch (one.code & 7)
            {
                case BPF_ST or BPF_STX:
                    words |= (ushort)(1 << (int)one.k);
                    break;

                case BPF_LD or BPF_LDX when (one.code & 0xe0) == BPF_MEM && (words & (1 << (int)one.k)) == 0:
                    return new(i, $"the word M[{one.k}] is not stored on every way to this load");

                case BPF_JMP when one.code == (BPF_JMP | BPF_JA):
                    stored[i + 1 + (int)one.k] &= words;
                    words = ushort.MaxValue; // the next instruction is only reached by other jumps
                    break;

                case BPF_JMP:
                    stored[i + 1 + one.jt] &= words;
                    stored[i + 1 + one.jf] &= words;
                    words = ushort.MaxValue;
                    break;
            }
        }
        return null;
    }
}
