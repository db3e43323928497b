namespace Unp.Net.Packets.Tests;

/// <summary>Random programs, valid and not.</summary>
sealed class RandomProgram(int seed)
{
    /// <summary>The codes that exist.</summary>
    internal static readonly ushort[] Codes =
    [
        .. Enumerable.Range(0, 0x100).Select(code => (ushort)code)
            .Where(code => BpfVerifierTests.IsAccepted(new() { code = code, k = 1 })),
    ];

    readonly Random random = new(seed);

    /// <summary>Returns a program whose instructions are likely to be valid, and whose numbers are often at a limit.</summary>
    internal sock_filter[] Next()
    {
        sock_filter[] program = new sock_filter[random.Next(1, 40)];
        for (int i = 0; i < program.Length; i++)
        {
            ushort code = random.Next(100) == 0 ? (ushort)random.Next(0x200) : Codes[random.Next(Codes.Length)];
            bool isJump = (code & 7) == BPF_JMP;
            program[i] = new()
            {
                code = code,
                jt = isJump ? Distance(program.Length - i) : (byte)random.Next(256),
                jf = isJump ? Distance(program.Length - i) : (byte)random.Next(256),
                k = code == (BPF_JMP | BPF_JA) ? Distance(program.Length - i)
                    : UsesMemory(code) ? (uint)random.Next(random.Next(20) == 0 ? 18 : 3)
                    : Number(),
            };
        }
        if (random.Next(20) != 0)
            program[^1] = new() { code = random.Next(2) == 0 ? (ushort)(BPF_RET | BPF_A) : (ushort)(BPF_RET | BPF_K), k = Number() };
        if (random.Next(2) == 0) // otherwise nearly every load of the scratch memory would be refused
            program = [new() { code = BPF_ST }, new() { code = BPF_ST, k = 1 }, new() { code = BPF_STX, k = 2 }, .. program];
        return program;
    }

    static bool UsesMemory(int code) => code is BPF_ST or BPF_STX or (BPF_LD | BPF_MEM) or (BPF_LDX | BPF_MEM);

    byte Distance(int left) => (byte)(random.Next(50) == 0 ? random.Next(256) : random.Next(Math.Max(1, Math.Min(left - 1, 6))));

    uint Number() => random.Next(12) switch
    {
        0 => (uint)random.Next(),
        1 => uint.MaxValue - (uint)random.Next(3),
        2 => BpfAncillary.Offset + (uint)(random.Next(20) * 4) - (uint)random.Next(2),
        3 => 0,
        _ => (uint)random.Next(100),
    };
}
