namespace Unp.Net.Packets.Tests;

/// <summary>The refusals of the verifier. BpfKernelTests compares its rules with the kernel's.</summary>
public sealed class BpfVerifierTests
{
    static readonly sock_filter Return = new() { code = BPF_RET | BPF_K, k = 1 };

    [Theory]
    [InlineData("ld M[3]\nret #1", 0, "the word M[3] is not stored on every way to this load")]
    [InlineData("jeq #1 jt 1 jf 2\nst M[0]\nld M[0]\nret #1", 2, "the word M[0] is not stored on every way to this load")]
    [InlineData("ret #1\nst M[16]\nret #1", 1, "the scratch memory has no word 16, only 0 to 15")]
    [InlineData("div #0\nret #1", 0, "the divisor is 0")]
    [InlineData("mod #0\nret #1", 0, "the divisor is 0")]
    [InlineData("lsh #32\nret #1", 0, "the shift by 32 bits is more than 31")]
    [InlineData("rsh #99\nret #1", 0, "the shift by 99 bits is more than 31")]
    [InlineData("ja 2\nret #1", 0, "the jump leaves the program")]
    [InlineData("ret #1\njeq #5 jt 2 jf 3\nret #1", 1, "the jump leaves the program")]
    [InlineData("ld [-1]\nret #1", 0, "the offset -1 is no fact that the kernel knows")]
    [InlineData("ldh [-4094]\nret #1", 0, "the offset -4094 is no fact that the kernel knows")]
    [InlineData("ret #1\nld #1", 1, "the last instruction is not ret")]
    [InlineData("", 0, "the program is empty")]
    public void Refusal_names_instruction_and_reason(string text, int instruction, string reason)
    {
        BpfException fault = Assert.Throws<BpfException>(() => BpfProgram.Parse(text));
        Assert.Equal((instruction, reason), (fault.Instruction, fault.Reason));
        Assert.Equal($"Instruction {instruction}: {reason}.", fault.Message);
    }

    [Fact]
    public void Unknown_code_is_refused()
    {
        BpfException fault = Assert.Throws<BpfException>(() => new BpfProgram(new sock_filter { code = 0x99 }, Return));
        Assert.Equal("Instruction 0: the code 0x99 does not exist.", fault.Message);
    }

    [Fact]
    public void Program_of_4096_instructions_is_accepted_and_longer_is_refused()
    {
        sock_filter[] longest = [.. Enumerable.Repeat(Return, 4096)];
        Assert.Equal(4096, new BpfProgram(longest).Instructions.Length);
        Assert.Equal(4096, Assert.Throws<BpfException>(() => new BpfProgram([.. longest, Return])).Instruction);
    }

    [Fact]
    public void Word_stored_on_both_ways_can_be_loaded() =>
        Assert.Equal(9u, BpfProgram.Parse("ld #9\njeq #1 jt 2 jf 4\nst M[0]\nja 5\nst M[0]\nld M[0]\nret").Run([]));

    [Fact]
    public void Facts_have_numbers_of_kernel()
    {
        Assert.Equal(BpfAncillary.Offset, unchecked((uint)SKF_AD_OFF));
        Assert.Equal(BpfAncillary.NetworkOffset, unchecked((uint)SKF_NET_OFF));
        Assert.Equal(BpfAncillary.LinkOffset, unchecked((uint)SKF_LL_OFF));
        Assert.Equal(
            [
                SKF_AD_PROTOCOL, SKF_AD_PKTTYPE, SKF_AD_IFINDEX, SKF_AD_NLATTR, SKF_AD_NLATTR_NEST, SKF_AD_MARK, SKF_AD_QUEUE,
                SKF_AD_HATYPE, SKF_AD_RXHASH, SKF_AD_CPU, SKF_AD_ALU_XOR_X, SKF_AD_VLAN_TAG, SKF_AD_VLAN_TAG_PRESENT, SKF_AD_PAY_OFFSET,
                SKF_AD_RANDOM,
                SKF_AD_VLAN_TPID,
            ],
            new uint[]
            {
                BpfAncillary.Protocol, BpfAncillary.PacketType, BpfAncillary.InterfaceIndex, BpfAncillary.NetlinkAttribute,
                BpfAncillary.NestedNetlinkAttribute, BpfAncillary.Mark, BpfAncillary.Queue, BpfAncillary.HardwareType,
                BpfAncillary.ReceiveHash, BpfAncillary.Cpu, BpfAncillary.XorWithX, BpfAncillary.VlanTag, BpfAncillary.VlanTagPresent,
                BpfAncillary.PayloadOffset,
                BpfAncillary.Random, BpfAncillary.VlanProtocol,
            }.Select(fact => (int)fact));
    }

    /// <summary>Returns whether an instruction can be in a program, before its end.</summary>
    internal static bool IsAccepted(sock_filter one) =>
        BpfVerifier.Check([new() { code = BPF_ST, k = 1 }, one, Return, Return, Return]) is null;
}
