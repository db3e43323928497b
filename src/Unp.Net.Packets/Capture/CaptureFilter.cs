using static Unp.Net.Libc;

namespace Unp.Net.Packets;

/// <summary>The filter of a capture, divided between the kernel and this process.</summary>
/// <param name="InKernel">The program of the socket, which also cuts the packets.</param>
/// <param name="InProcess">The program for packets that the kernel has accepted, or null.</param>
sealed record CaptureFilter(BpfProgram InKernel, BpfProgram? InProcess)
{
    /// <summary>Gets a program that accepts nothing.</summary>
    internal static BpfProgram Nothing { get; } = Return(0);

    internal static CaptureFilter Create(BpfProgram? filter, int snapLength, bool isCooked)
    {
        // The kernel does not count the header of a cooked capture, because it is not there yet.
        uint limit = (uint)(isCooked ? Math.Max(1, snapLength - LinuxSll2Header.Size) : snapLength);
        if (filter is null)
            return new(Return(limit), null);
        sock_filter[] program = filter.Instructions.ToArray();
        foreach (ref sock_filter one in program.AsSpan())
        {
            if (one.code == (BPF_RET | BPF_K))
                one.k = Math.Min(one.k, limit);
            else if (isCooked && !MoveToNetworkHeader(ref one))
                return new(Return(limit), filter);
        }
        return new(new BpfProgram(program), null);
    }

    static BpfProgram Return(uint length) => new(new sock_filter { code = BPF_RET | BPF_K, k = length });

    /// <summary>
    /// Changes a load from a packet with the header of LINUX_SLL2 to one from a packet without it, or from the kernel's facts.
    /// </summary>
    /// <returns>False if the kernel does not have the value.</returns>
    static bool MoveToNetworkHeader(ref sock_filter one)
    {
        const int ModeMask = 0xe0;
        const int ClassMask = 0x07;
        if ((one.code & ClassMask) is not (BPF_LD or BPF_LDX))
            return true;
        switch (one.code & ModeMask)
        {
            case BPF_LEN:
                return false;
            case BPF_ABS or BPF_IND or BPF_MSH when one.k is >= LinuxSll2Header.Size and <= int.MaxValue:
                one.k -= LinuxSll2Header.Size;
                return true;
            case BPF_ABS when one.k <= int.MaxValue:
                int fact = (one.code, one.k) switch
                {
                    (BPF_LD | BPF_H | BPF_ABS, 0) => SKF_AD_PROTOCOL,
                    (BPF_LD | BPF_W | BPF_ABS, 4) => SKF_AD_IFINDEX,
                    (BPF_LD | BPF_H | BPF_ABS, 8) => SKF_AD_HATYPE,
                    (BPF_LD | BPF_B | BPF_ABS, 10) => SKF_AD_PKTTYPE,
                    _ => -1,
                };
                one.code = BPF_LD | BPF_W | BPF_ABS;
                one.k = (uint)(SKF_AD_OFF + fact);
                return fact >= 0;
            case BPF_IND or BPF_MSH:
                return false;
            default:
                return true;
        }
    }
}
