using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using static Unp.Net.Libc;

namespace Unp.Net.Packets;

/// <summary>Runs a verified program as Linux does: every step only goes forward, so a program always ends.</summary>
static class BpfInterpreter
{
    [InlineArray(BPF_MEMWORDS)]
    struct Scratch
    {
        uint first;
    }

    /// <summary>Returns the number of bytes to accept.</summary>
    internal static uint Run(ReadOnlySpan<sock_filter> program, ReadOnlySpan<byte> packet, uint wireLength, in BpfContext context)
    {
        uint a = 0, x = 0;
        Scratch memory = default;
        for (int i = 0; ; i++)
        {
            ref readonly sock_filter one = ref program[i];
            uint k = one.k;
            switch (one.code)
            {
                case BPF_RET | BPF_K:
                    return k;
                case BPF_RET | BPF_A:
                    return a;

                case BPF_LD | BPF_W | BPF_ABS or BPF_LD | BPF_H | BPF_ABS or BPF_LD | BPF_B | BPF_ABS when k >= BpfAncillary.Offset:
                    a = BpfFacts.Load(k - BpfAncillary.Offset, a, x, packet, context);
                    break;
                case BPF_LD | BPF_W | BPF_ABS:
                    if (!TryWord(packet, k, context, out a))
                        return 0;
                    break;
                case BPF_LD | BPF_H | BPF_ABS:
                    if (!TryHalf(packet, k, context, out a))
                        return 0;
                    break;
                case BPF_LD | BPF_B | BPF_ABS:
                    if (!TryByte(packet, k, context, out a))
                        return 0;
                    break;
                case BPF_LD | BPF_W | BPF_IND:
                    if (!TryWord(packet, unchecked(x + k), context, out a))
                        return 0;
                    break;
                case BPF_LD | BPF_H | BPF_IND:
                    if (!TryHalf(packet, unchecked(x + k), context, out a))
                        return 0;
                    break;
                case BPF_LD | BPF_B | BPF_IND:
                    if (!TryByte(packet, unchecked(x + k), context, out a))
                        return 0;
                    break;
                case BPF_LDX | BPF_B | BPF_MSH:
                    if (!TryByte(packet, k, context, out x))
                        return 0;
                    x = (x & 0xf) << 2;
                    break;

                case BPF_LD | BPF_IMM:
                    a = k;
                    break;
                case BPF_LDX | BPF_IMM:
                    x = k;
                    break;
                case BPF_LD | BPF_W | BPF_LEN:
                    a = wireLength;
                    break;
                case BPF_LDX | BPF_W | BPF_LEN:
                    x = wireLength;
                    break;
                case BPF_LD | BPF_MEM:
                    a = memory[(int)k];
                    break;
                case BPF_LDX | BPF_MEM:
                    x = memory[(int)k];
                    break;
                case BPF_ST:
                    memory[(int)k] = a;
                    break;
                case BPF_STX:
                    memory[(int)k] = x;
                    break;
                case BPF_MISC | BPF_TAX:
                    x = a;
                    break;
                case BPF_MISC | BPF_TXA:
                    a = x;
                    break;

                case BPF_JMP | BPF_JA:
                    i += (int)k;
                    break;
                case BPF_JMP | BPF_JEQ | BPF_K:
                    i += a == k ? one.jt : one.jf;
                    break;
                case BPF_JMP | BPF_JGT | BPF_K:
                    i += a > k ? one.jt : one.jf;
                    break;
                case BPF_JMP | BPF_JGE | BPF_K:
                    i += a >= k ? one.jt : one.jf;
                    break;
                case BPF_JMP | BPF_JSET | BPF_K:
                    i += (a & k) != 0 ? one.jt : one.jf;
                    break;
                case BPF_JMP | BPF_JEQ | BPF_X:
                    i += a == x ? one.jt : one.jf;
                    break;
                case BPF_JMP | BPF_JGT | BPF_X:
                    i += a > x ? one.jt : one.jf;
                    break;
                case BPF_JMP | BPF_JGE | BPF_X:
                    i += a >= x ? one.jt : one.jf;
                    break;
                case BPF_JMP | BPF_JSET | BPF_X:
                    i += (a & x) != 0 ? one.jt : one.jf;
                    break;

                default: // BPF_ALU
                    if (!TryCalculate(one.code, ref a, (one.code & BPF_X) != 0 ? x : k))
                        return 0;
                    break;
            }
        }
    }

    /// <summary>Applies an operation of BPF_ALU. A division by 0 is the only failure.</summary>
    internal static bool TryCalculate(int code, ref uint a, uint operand)
    {
        unchecked
        {
            switch (code & 0xf0)
            {
                case BPF_ADD:
                    a += operand;
                    break;
                case BPF_SUB:
                    a -= operand;
                    break;
                case BPF_MUL:
                    a *= operand;
                    break;
                case BPF_DIV or BPF_MOD when operand == 0:
                    return false;
                case BPF_DIV:
                    a /= operand;
                    break;
                case BPF_MOD:
                    a %= operand;
                    break;
                case BPF_AND:
                    a &= operand;
                    break;
                case BPF_OR:
                    a |= operand;
                    break;
                case BPF_XOR:
                    a ^= operand;
                    break;
                case BPF_LSH: // only the lower 5 bits of the operand count, as in the kernel
                    a <<= (int)operand;
                    break;
                case BPF_RSH:
                    a >>= (int)operand;
                    break;
                case BPF_NEG:
                    a = 0 - a;
                    break;
            }
        }
        return true;
    }

    static bool TryWord(ReadOnlySpan<byte> packet, uint offset, in BpfContext context, out uint value)
    {
        bool isThere = TryFind(packet, offset, sizeof(uint), context, out int at);
        value = isThere ? BinaryPrimitives.ReadUInt32BigEndian(packet[at..]) : 0;
        return isThere;
    }

    static bool TryHalf(ReadOnlySpan<byte> packet, uint offset, in BpfContext context, out uint value)
    {
        bool isThere = TryFind(packet, offset, sizeof(ushort), context, out int at);
        value = isThere ? BinaryPrimitives.ReadUInt16BigEndian(packet[at..]) : 0u;
        return isThere;
    }

    static bool TryByte(ReadOnlySpan<byte> packet, uint offset, in BpfContext context, out uint value)
    {
        bool isThere = TryFind(packet, offset, sizeof(byte), context, out int at);
        value = isThere ? packet[at] : 0u;
        return isThere;
    }

    /// <summary>Finds the bytes of a load. The upper half of the offsets counts from a header, as negative numbers do in C.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool TryFind(ReadOnlySpan<byte> packet, uint offset, int size, in BpfContext context, out int at)
    {
        long start = offset <= int.MaxValue ? offset
            : offset >= BpfAncillary.NetworkOffset ? Behind(context.NetworkHeaderOffset, offset - BpfAncillary.NetworkOffset)
            : offset >= BpfAncillary.LinkOffset ? Behind(context.LinkHeaderOffset, offset - BpfAncillary.LinkOffset)
            : -1;
        at = (int)start;
        return start >= 0 && start <= packet.Length - size;
    }

    static long Behind(uint? header, uint offset) => header is { } start ? (long)start + offset : -1;
}
