using static Unp.Net.Abi.Constant;

namespace Unp.Net;

// Classic BPF: programs that a kernel runs on each packet. (linux/filter.h, bpf(4))
// The columns: Linux, macOS, FreeBSD.
public static partial class Libc
{
    // Classes of instructions, bits 0 to 2 of the code.

    /// <summary>Loads the accumulator.</summary>
    public const int BPF_LD = 0x00;

    /// <summary>Loads the index register.</summary>
    public const int BPF_LDX = 0x01;

    /// <summary>Stores the accumulator in the scratch memory.</summary>
    public const int BPF_ST = 0x02;

    /// <summary>Stores the index register in the scratch memory.</summary>
    public const int BPF_STX = 0x03;

    /// <summary>Calculates with the accumulator.</summary>
    public const int BPF_ALU = 0x04;

    /// <summary>Jumps forward.</summary>
    public const int BPF_JMP = 0x05;

    /// <summary>Ends the program with the number of bytes to accept.</summary>
    public const int BPF_RET = 0x06;

    /// <summary>Copies one register to the other.</summary>
    public const int BPF_MISC = 0x07;

    // Sizes of a load, bits 3 and 4.

    /// <summary>Size of a load: 4 bytes.</summary>
    public const int BPF_W = 0x00;

    /// <summary>Size of a load: 2 bytes.</summary>
    public const int BPF_H = 0x08;

    /// <summary>Size of a load: 1 byte.</summary>
    public const int BPF_B = 0x10;

    // Sources of a load, bits 5 to 7.

    /// <summary>Source of a load: the number in the instruction.</summary>
    public const int BPF_IMM = 0x00;

    /// <summary>Source of a load: the packet, at a fixed offset.</summary>
    public const int BPF_ABS = 0x20;

    /// <summary>Source of a load: the packet, at an offset from the index register.</summary>
    public const int BPF_IND = 0x40;

    /// <summary>Source of a load: the scratch memory.</summary>
    public const int BPF_MEM = 0x60;

    /// <summary>Source of a load: the length of the packet.</summary>
    public const int BPF_LEN = 0x80;

    /// <summary>Source of a load: four times the lower half of a byte of the packet, the length of an IPv4 header.</summary>
    public const int BPF_MSH = 0xa0;

    // Operations of BPF_ALU, bits 4 to 7.

    /// <summary>Operation of <see cref="BPF_ALU"/>: addition.</summary>
    public const int BPF_ADD = 0x00;

    /// <summary>Operation of <see cref="BPF_ALU"/>: subtraction.</summary>
    public const int BPF_SUB = 0x10;

    /// <summary>Operation of <see cref="BPF_ALU"/>: multiplication.</summary>
    public const int BPF_MUL = 0x20;

    /// <summary>Operation of <see cref="BPF_ALU"/>: division.</summary>
    public const int BPF_DIV = 0x30;

    /// <summary>Operation of <see cref="BPF_ALU"/>: bitwise or.</summary>
    public const int BPF_OR = 0x40;

    /// <summary>Operation of <see cref="BPF_ALU"/>: bitwise and.</summary>
    public const int BPF_AND = 0x50;

    /// <summary>Operation of <see cref="BPF_ALU"/>: shift to the left.</summary>
    public const int BPF_LSH = 0x60;

    /// <summary>Operation of <see cref="BPF_ALU"/>: shift to the right.</summary>
    public const int BPF_RSH = 0x70;

    /// <summary>Operation of <see cref="BPF_ALU"/>: the negative of the accumulator.</summary>
    public const int BPF_NEG = 0x80;

    /// <summary>Operation of <see cref="BPF_ALU"/>: remainder of a division.</summary>
    public const int BPF_MOD = 0x90;

    /// <summary>Operation of <see cref="BPF_ALU"/>: bitwise exclusive or.</summary>
    public const int BPF_XOR = 0xa0;

    // Conditions of BPF_JMP, bits 4 to 7.

    /// <summary>Condition of <see cref="BPF_JMP"/>: none, so the jump is always taken.</summary>
    public const int BPF_JA = 0x00;

    /// <summary>Condition of <see cref="BPF_JMP"/>: the accumulator equals the operand.</summary>
    public const int BPF_JEQ = 0x10;

    /// <summary>Condition of <see cref="BPF_JMP"/>: the accumulator is greater than the operand.</summary>
    public const int BPF_JGT = 0x20;

    /// <summary>Condition of <see cref="BPF_JMP"/>: the accumulator is greater than the operand, or equal.</summary>
    public const int BPF_JGE = 0x30;

    /// <summary>Condition of <see cref="BPF_JMP"/>: the accumulator and the operand have a common bit.</summary>
    public const int BPF_JSET = 0x40;

    // Operands of BPF_ALU and BPF_JMP, bit 3, and of BPF_RET, bits 3 and 4.

    /// <summary>Operand: the number in the instruction.</summary>
    public const int BPF_K = 0x00;

    /// <summary>Operand: the index register.</summary>
    public const int BPF_X = 0x08;

    /// <summary>Operand of <see cref="BPF_RET"/>: the accumulator.</summary>
    public const int BPF_A = 0x10;

    // Operations of BPF_MISC, bits 3 to 7.

    /// <summary>Copies the accumulator to the index register.</summary>
    public const int BPF_TAX = 0x00;

    /// <summary>Copies the index register to the accumulator.</summary>
    public const int BPF_TXA = 0x80;

    // Limits.

    /// <summary>Words of the scratch memory.</summary>
    public const int BPF_MEMWORDS = 16;

    /// <summary>The maximum number of instructions of a program.</summary>
    public static int BPF_MAXINSNS => Of(4096, 512, 512);

    // Offsets of BPF_ABS at which Linux has facts about the packet instead of its bytes.

    /// <summary>The offset that is added to <c>SKF_AD_*</c>. Linux only.</summary>
    public static int SKF_AD_OFF => Of(-0x1000, Absent, Absent);

    /// <summary>Fact at <see cref="SKF_AD_OFF"/>: the protocol, such as ETH_P_IP. Linux only.</summary>
    public static int SKF_AD_PROTOCOL => Of(0, Absent, Absent);

    /// <summary>Fact at <see cref="SKF_AD_OFF"/>: the type of the packet: for this host, broadcast, outgoing.... Linux only.</summary>
    public static int SKF_AD_PKTTYPE => Of(4, Absent, Absent);

    /// <summary>Fact at <see cref="SKF_AD_OFF"/>: the index of the interface. Linux only.</summary>
    public static int SKF_AD_IFINDEX => Of(8, Absent, Absent);

    /// <summary>Fact at <see cref="SKF_AD_OFF"/>: the offset of the netlink attribute of a type, given in X. Linux only.</summary>
    public static int SKF_AD_NLATTR => Of(12, Absent, Absent);

    /// <summary>Fact at <see cref="SKF_AD_OFF"/>: the same for an attribute inside another one. Linux only.</summary>
    public static int SKF_AD_NLATTR_NEST => Of(16, Absent, Absent);

    /// <summary>Fact at <see cref="SKF_AD_OFF"/>: the mark. Linux only.</summary>
    public static int SKF_AD_MARK => Of(20, Absent, Absent);

    /// <summary>Fact at <see cref="SKF_AD_OFF"/>: the receive queue of the device. Linux only.</summary>
    public static int SKF_AD_QUEUE => Of(24, Absent, Absent);

    /// <summary>Fact at <see cref="SKF_AD_OFF"/>: the hardware type of the device, such as ARPHRD_ETHER. Linux only.</summary>
    public static int SKF_AD_HATYPE => Of(28, Absent, Absent);

    /// <summary>Fact at <see cref="SKF_AD_OFF"/>: the hash of the flow. Linux only.</summary>
    public static int SKF_AD_RXHASH => Of(32, Absent, Absent);

    /// <summary>Fact at <see cref="SKF_AD_OFF"/>: the processor that runs the filter. Linux only.</summary>
    public static int SKF_AD_CPU => Of(36, Absent, Absent);

    /// <summary>Fact at <see cref="SKF_AD_OFF"/>: the accumulator, exclusive or with the index register. Linux only.</summary>
    public static int SKF_AD_ALU_XOR_X => Of(40, Absent, Absent);

    /// <summary>Fact at <see cref="SKF_AD_OFF"/>: the VLAN tag that the kernel has removed from the packet. Linux only.</summary>
    public static int SKF_AD_VLAN_TAG => Of(44, Absent, Absent);

    /// <summary>Fact at <see cref="SKF_AD_OFF"/>: 1 if the kernel has removed a VLAN tag. Linux only.</summary>
    public static int SKF_AD_VLAN_TAG_PRESENT => Of(48, Absent, Absent);

    /// <summary>Fact at <see cref="SKF_AD_OFF"/>: the offset of the payload. Linux only.</summary>
    public static int SKF_AD_PAY_OFFSET => Of(52, Absent, Absent);

    /// <summary>Fact at <see cref="SKF_AD_OFF"/>: a random number. Linux only.</summary>
    public static int SKF_AD_RANDOM => Of(56, Absent, Absent);

    /// <summary>Fact at <see cref="SKF_AD_OFF"/>: the protocol of the VLAN tag that the kernel has removed. Linux only.</summary>
    public static int SKF_AD_VLAN_TPID => Of(60, Absent, Absent);

    /// <summary>The end of <c>SKF_AD_*</c>. Linux only.</summary>
    public static int SKF_AD_MAX => Of(64, Absent, Absent);

    /// <summary>Offsets from here on count from the network header. Linux only.</summary>
    public static int SKF_NET_OFF => Of(-0x100000, Absent, Absent);

    /// <summary>Offsets from here on count from the link-layer header. Linux only.</summary>
    public static int SKF_LL_OFF => Of(-0x200000, Absent, Absent);
}
