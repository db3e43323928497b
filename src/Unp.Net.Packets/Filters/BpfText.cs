using System.Globalization;
using static Unp.Net.Libc;

namespace Unp.Net.Packets;

/// <summary>The form of an operand in the text of <c>tcpdump -d</c>.</summary>
enum BpfOperand
{
    /// <summary>No text.</summary>
    None,

    /// <summary><c>x</c></summary>
    X,

    /// <summary>A decimal number: <c>#5</c></summary>
    Decimal,

    /// <summary>A hexadecimal number: <c>#0x5</c></summary>
    Hexadecimal,

    /// <summary><c>#pktlen</c></summary>
    Length,

    /// <summary><c>[5]</c>, or the name of a fact: <c>[proto]</c></summary>
    Packet,

    /// <summary><c>[x + 5]</c></summary>
    Indexed,

    /// <summary><c>4*([5]&amp;0xf)</c></summary>
    Header,

    /// <summary><c>M[5]</c></summary>
    Memory,

    /// <summary><c>5</c>, the number of an instruction.</summary>
    Target,
}

/// <summary>A code, its name and the form of its operand.</summary>
readonly record struct BpfMnemonic(ushort Code, string Name, BpfOperand Operand)
{
    /// <summary>Returns whether the code has two targets.</summary>
    public bool IsConditional => (Code & 7) == BPF_JMP && Code != (BPF_JMP | BPF_JA);
}

/// <summary>Writes instructions as <c>tcpdump -d</c> does.</summary>
static class BpfText
{
    /// <summary>Every code.</summary>
    internal static readonly BpfMnemonic[] Mnemonics =
    [
        new(BPF_LD | BPF_W | BPF_ABS, "ld", BpfOperand.Packet),
        new(BPF_LD | BPF_W | BPF_IND, "ld", BpfOperand.Indexed),
        new(BPF_LD | BPF_H | BPF_ABS, "ldh", BpfOperand.Packet),
        new(BPF_LD | BPF_H | BPF_IND, "ldh", BpfOperand.Indexed),
        new(BPF_LD | BPF_B | BPF_ABS, "ldb", BpfOperand.Packet),
        new(BPF_LD | BPF_B | BPF_IND, "ldb", BpfOperand.Indexed),
        new(BPF_LD | BPF_W | BPF_LEN, "ld", BpfOperand.Length),
        new(BPF_LD | BPF_IMM, "ld", BpfOperand.Hexadecimal),
        new(BPF_LD | BPF_MEM, "ld", BpfOperand.Memory),
        new(BPF_LDX | BPF_B | BPF_MSH, "ldxb", BpfOperand.Header),
        new(BPF_LDX | BPF_W | BPF_LEN, "ldx", BpfOperand.Length),
        new(BPF_LDX | BPF_IMM, "ldx", BpfOperand.Hexadecimal),
        new(BPF_LDX | BPF_MEM, "ldx", BpfOperand.Memory),
        new(BPF_ST, "st", BpfOperand.Memory),
        new(BPF_STX, "stx", BpfOperand.Memory),
        new(BPF_ALU | BPF_ADD | BPF_K, "add", BpfOperand.Decimal),
        new(BPF_ALU | BPF_ADD | BPF_X, "add", BpfOperand.X),
        new(BPF_ALU | BPF_SUB | BPF_K, "sub", BpfOperand.Decimal),
        new(BPF_ALU | BPF_SUB | BPF_X, "sub", BpfOperand.X),
        new(BPF_ALU | BPF_MUL | BPF_K, "mul", BpfOperand.Decimal),
        new(BPF_ALU | BPF_MUL | BPF_X, "mul", BpfOperand.X),
        new(BPF_ALU | BPF_DIV | BPF_K, "div", BpfOperand.Decimal),
        new(BPF_ALU | BPF_DIV | BPF_X, "div", BpfOperand.X),
        new(BPF_ALU | BPF_MOD | BPF_K, "mod", BpfOperand.Decimal),
        new(BPF_ALU | BPF_MOD | BPF_X, "mod", BpfOperand.X),
        new(BPF_ALU | BPF_AND | BPF_K, "and", BpfOperand.Hexadecimal),
        new(BPF_ALU | BPF_AND | BPF_X, "and", BpfOperand.X),
        new(BPF_ALU | BPF_OR | BPF_K, "or", BpfOperand.Hexadecimal),
        new(BPF_ALU | BPF_OR | BPF_X, "or", BpfOperand.X),
        new(BPF_ALU | BPF_XOR | BPF_K, "xor", BpfOperand.Hexadecimal),
        new(BPF_ALU | BPF_XOR | BPF_X, "xor", BpfOperand.X),
        new(BPF_ALU | BPF_LSH | BPF_K, "lsh", BpfOperand.Decimal),
        new(BPF_ALU | BPF_LSH | BPF_X, "lsh", BpfOperand.X),
        new(BPF_ALU | BPF_RSH | BPF_K, "rsh", BpfOperand.Decimal),
        new(BPF_ALU | BPF_RSH | BPF_X, "rsh", BpfOperand.X),
        new(BPF_ALU | BPF_NEG, "neg", BpfOperand.None),
        new(BPF_MISC | BPF_TAX, "tax", BpfOperand.None),
        new(BPF_MISC | BPF_TXA, "txa", BpfOperand.None),
        new(BPF_JMP | BPF_JA, "ja", BpfOperand.Target),
        new(BPF_JMP | BPF_JEQ | BPF_K, "jeq", BpfOperand.Hexadecimal),
        new(BPF_JMP | BPF_JEQ | BPF_X, "jeq", BpfOperand.X),
        new(BPF_JMP | BPF_JGT | BPF_K, "jgt", BpfOperand.Hexadecimal),
        new(BPF_JMP | BPF_JGT | BPF_X, "jgt", BpfOperand.X),
        new(BPF_JMP | BPF_JGE | BPF_K, "jge", BpfOperand.Hexadecimal),
        new(BPF_JMP | BPF_JGE | BPF_X, "jge", BpfOperand.X),
        new(BPF_JMP | BPF_JSET | BPF_K, "jset", BpfOperand.Hexadecimal),
        new(BPF_JMP | BPF_JSET | BPF_X, "jset", BpfOperand.X),
        new(BPF_RET | BPF_K, "ret", BpfOperand.Decimal),
        new(BPF_RET | BPF_A, "ret", BpfOperand.None),
    ];

    /// <summary>The names of facts, by their numbers.</summary>
    internal static readonly Dictionary<uint, string> FactNames = new()
    {
        [BpfAncillary.Protocol] = "proto",
        [BpfAncillary.PacketType] = "type",
        [BpfAncillary.InterfaceIndex] = "ifidx",
        [BpfAncillary.NetlinkAttribute] = "nla",
        [BpfAncillary.NestedNetlinkAttribute] = "nlan",
        [BpfAncillary.Mark] = "mark",
        [BpfAncillary.Queue] = "queue",
        [BpfAncillary.HardwareType] = "hatype",
        [BpfAncillary.ReceiveHash] = "rxhash",
        [BpfAncillary.Cpu] = "cpu",
        [BpfAncillary.XorWithX] = "xor_x",
        [BpfAncillary.VlanTag] = "vlan_tci",
        [BpfAncillary.VlanTagPresent] = "vlanp",
        [BpfAncillary.PayloadOffset] = "poff",
        [BpfAncillary.Random] = "random",
        [BpfAncillary.VlanProtocol] = "vlan_tpid",
    };

    /// <summary>Returns an instruction of a verified program as a line.</summary>
    /// <param name="one">The instruction.</param>
    /// <param name="number">Its number, from 0.</param>
    internal static string Line(sock_filter one, int number)
    {
        BpfMnemonic mnemonic = Array.Find(Mnemonics, m => m.Code == one.code);
        string operand = Operand(mnemonic.Operand, one.k, number);
        string start = string.Create(CultureInfo.InvariantCulture, $"({number:000}) {mnemonic.Name,-8} ");
        return mnemonic.IsConditional
            ? string.Create(CultureInfo.InvariantCulture, $"{start}{operand,-16} jt {number + 1 + one.jt}\tjf {number + 1 + one.jf}")
            : start + operand;
    }

    static string Operand(BpfOperand form, uint k, int number) => form switch
    {
        BpfOperand.X => "x",
        BpfOperand.Decimal => $"#{(int)k}",
        BpfOperand.Hexadecimal => $"#0x{k:x}",
        BpfOperand.Length => "#pktlen",
        BpfOperand.Packet => unchecked(FactNames.TryGetValue(k - BpfAncillary.Offset, out string? fact)) ? $"[{fact}]" : $"[{(int)k}]",
        BpfOperand.Indexed => $"[x + {(int)k}]",
        BpfOperand.Header => $"4*([{(int)k}]&0xf)",
        BpfOperand.Memory => $"M[{k}]",
        BpfOperand.Target => $"{number + 1 + k}",
        _ => "",
    };
}
