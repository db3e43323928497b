using System.Runtime.InteropServices;

namespace Unp.Net.Packets.Tests;

/// <summary>Single results of the interpreter. BpfKernelTests compares it with the kernel.</summary>
public sealed class BpfInterpreterTests
{
    static readonly byte[] Packet = [0x45, 1, 2, 3, 4, 5, 6, 7];

    static readonly BpfContext Context = new()
    {
        Protocol = 0x0800,
        PacketType = 4,
        InterfaceIndex = 7,
        Mark = 99,
        Queue = 3,
        HardwareType = 1,
        ReceiveHash = 0xdeadbeef,
        Cpu = 2,
        VlanTag = 5,
        VlanProtocol = 0x8100,
        PayloadOffset = 42,
        NetworkHeaderOffset = 2,
        LinkHeaderOffset = 1,
    };

    [Theory]
    [InlineData("ld [4]\nret", 0x04050607)]
    [InlineData("ld [5]\nret #9", 0)]
    [InlineData("ldh [6]\nret", 0x0607)]
    [InlineData("ldh [7]\nret #9", 0)]
    [InlineData("ldb [7]\nret", 7)]
    [InlineData("ldb [8]\nret #9", 0)]
    [InlineData("ldx #4\nld [x + 0]\nret", 0x04050607)]
    [InlineData("ldx #4\nld [x + 1]\nret #9", 0)]
    [InlineData("ldx #0xffffffff\nldb [x + 2]\nret", 1)]
    [InlineData("ldxb 4*([0]&0xf)\ntxa\nret", 20)]
    [InlineData("ldxb 4*([8]&0xf)\nret #9", 0)]
    [InlineData("ld #pktlen\nret", 100)]
    [InlineData("ldx #pktlen\ntxa\nret", 100)]
    [InlineData("ld #10\nldx #0\ndiv x\nret #9", 0)]
    [InlineData("ld #10\nldx #0\nmod x\nret #9", 0)]
    [InlineData("ld #10\nldx #33\nlsh x\nret", 20)]
    [InlineData("ld #10\nldx #33\nrsh x\nret", 5)]
    [InlineData("ld #1\nneg\nret", uint.MaxValue)]
    [InlineData("ldb [proto]\nret", 0x0800)]
    [InlineData("ld [type]\nret", 4)]
    [InlineData("ld [ifidx]\nret", 7)]
    [InlineData("ld [mark]\nret", 99)]
    [InlineData("ld [queue]\nret", 3)]
    [InlineData("ld [hatype]\nret", 1)]
    [InlineData("ld [rxhash]\nret", 0xdeadbeef)]
    [InlineData("ld [cpu]\nret", 2)]
    [InlineData("ld [vlan_tci]\nret", 5)]
    [InlineData("ld [vlanp]\nret", 1)]
    [InlineData("ld [vlan_tpid]\nret", 0x8100)]
    [InlineData("ld [poff]\nret", 42)]
    [InlineData("ldx #3\nld #5\nld [xor_x]\nret", 6)]
    [InlineData("ldb [-1048576]\nret", 2)] // SKF_NET_OFF
    [InlineData("ldb [-1048571]\nret", 7)]
    [InlineData("ldb [-1048570]\nret #9", 0)]
    [InlineData("ldb [-2097152]\nret", 1)] // SKF_LL_OFF
    [InlineData("ldb [-2097153]\nret #9", 0)]
    public void Program_returns(string text, uint result) =>
        Assert.Equal(result, BpfProgram.Parse(text).Run(Packet, wireLength: 100, Context));

    [Theory]
    [InlineData("ld [vlanp]\nret")]
    [InlineData("ldb [-1048576]\nret #9")]
    [InlineData("ldb [-2097152]\nret #9")]
    public void Context_without_facts_has_zeros(string text) => Assert.Equal(0u, BpfProgram.Parse(text).Run(Packet));

    [Fact]
    public void Netlink_attribute_is_found_by_type()
    {
        byte[] message = new byte[24];
        ushort[] words = [20, 5, 4, 1, 8, 2, 0xFFFF, 0xFFFF, 4, 3]; // an attribute 5 with the attributes 1, 2 and 3
        MemoryMarshal.AsBytes<ushort>(words).CopyTo(message);
        uint Find(string fact, uint start, uint type) => BpfProgram.Parse($"ldx #{type}\nld #{start}\nld [{fact}]\nret").Run(message);
        Assert.Equal(0u, Find("nla", 0, 5)); // its offset
        Assert.Equal(8u, Find("nla", 4, 2));
        Assert.Equal(16u, Find("nlan", 0, 3));
        Assert.Equal(0u, Find("nlan", 0, 4));
        Assert.Equal(0u, Find("nla", 21, 0));
        Assert.Equal(0u, Find("nla", uint.MaxValue, 0));
    }

    [Fact]
    public void Random_numbers_differ()
    {
        BpfProgram program = BpfProgram.Parse("ld [random]\nret");
        Assert.True(Enumerable.Range(0, 8).Select(_ => program.Run([])).Distinct().Count() > 1);
    }

    [Fact]
    public void Wire_length_below_captured_length_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(
        "wireLength", () => BpfProgram.Parse("ret #1").Run(Packet, 7));

    [Fact]
    public void Run_allocates_nothing()
    {
        BpfProgram program = BpfProgram.Compile("tcp port 80 or ip[ip[8]] * ip[1] = 5");
        byte[] packet = [.. new byte[12], 8, 0, .. Packet, .. new byte[40]];
        AllocationCheck.AssertFree("Run", () => _ = program.Run(packet));
    }
}
