namespace Unp.Net;

/// <summary>An instruction of classic BPF, called <c>bpf_insn</c> on the BSDs.</summary>
public struct sock_filter
{
    /// <summary>The code: a class such as <see cref="Libc.BPF_LD"/>, and its size, source, operation or operand.</summary>
    public ushort code;

    /// <summary>The number of instructions that a jump skips if its condition is true.</summary>
    public byte jt;

    /// <summary>The number of instructions that a jump skips if its condition is false.</summary>
    public byte jf;

    /// <summary>The operand.</summary>
    public uint k;

    /// <summary>Returns the fields as <c>tcpdump -dd</c> prints them: <c>"{ 0x28, 0, 0, 0x0000000c }"</c>.</summary>
    public override readonly string ToString() => $"{{ 0x{code:x}, {jt}, {jf}, 0x{k:x8} }}";
}

/// <summary>A program of classic BPF, the value of <c>SO_ATTACH_FILTER</c>. Linux only.</summary>
public unsafe struct sock_fprog
{
    /// <summary>The number of instructions.</summary>
    public ushort len;

    /// <summary>The first instruction.</summary>
    public sock_filter* filter;

    /// <summary>Returns the number of instructions, and the address of the first one.</summary>
    public override readonly string ToString() => $"{{len={len}, filter=0x{(nuint)filter:x}}}";
}
