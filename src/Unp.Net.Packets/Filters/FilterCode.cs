using static Unp.Net.Libc;

namespace Unp.Net.Packets;

/// <summary>Makes instructions.</summary>
static class FilterCode
{
    internal static sock_filter Of(int code, uint k = 0) => new() { code = (ushort)code, k = k };

    internal static sock_filter Byte(uint offset) => Of(BPF_LD | BPF_B | BPF_ABS, offset);

    internal static sock_filter Half(uint offset) => Of(BPF_LD | BPF_H | BPF_ABS, offset);

    internal static sock_filter Word(uint offset) => Of(BPF_LD | BPF_W | BPF_ABS, offset);

    internal static sock_filter And(uint mask) => Of(BPF_ALU | BPF_AND | BPF_K, mask);

    /// <summary>Loads the length of the IPv4 header at an offset into the index register.</summary>
    internal static sock_filter HeaderLength(uint offset) => Of(BPF_LDX | BPF_B | BPF_MSH, offset);

    /// <summary>Returns BPF_B, BPF_H or BPF_W for 1, 2 or 4 bytes.</summary>
    internal static int Size(uint bytes) => bytes == 1 ? BPF_B : bytes == 2 ? BPF_H : BPF_W;
}
