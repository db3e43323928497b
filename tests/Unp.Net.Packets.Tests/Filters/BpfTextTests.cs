namespace Unp.Net.Packets.Tests;

/// <summary>The three notations of tcpdump, written and read.</summary>
public sealed class BpfTextTests
{
    const string Filter = "tcp port 80 and host 10.0.0.1 and tcp[13] & 2 != 0 and len % 2 = 1 and ip[8] * 2 > ip[1]";

    [Fact]
    public void Instructions_are_written_as_in_tcpdump()
    {
        Pcap.Require();
        foreach (ushort code in RandomProgram.Codes)
        {
            IEnumerable<uint> facts = Enumerable.Range(0, 16).Select(i => BpfAncillary.Offset + (4 * (uint)i));
            foreach (uint k in (uint[])[5, 0, 15, unchecked((uint)-16), .. facts])
            {
                var one = new sock_filter { code = code, jt = 2, jf = 3, k = k };
                if (BpfVerifierTests.IsAccepted(one with { jt = 0, jf = 0 }) && code != (BPF_LDX | BPF_LEN)) // tcpdump does not know it
                    Assert.Equal(Pcap.Line(one, 7), BpfText.Line(one, 7));
            }
        }
        Assert.Equal("(000) ldx      #pktlen", BpfText.Line(new() { code = BPF_LDX | BPF_LEN }, 0));
    }

    [Theory]
    [InlineData("-d", BpfNotation.Assembly)]
    [InlineData("-dd", BpfNotation.C)]
    [InlineData("-ddd", BpfNotation.Numbers)]
    public void Output_of_tcpdump_is_read_and_written_again(string option, BpfNotation notation)
    {
        using var directory = new TempDirectory();
        string capture = directory["empty.pcap"]; // a capture of Ethernet, so that tcpdump needs no interface
        File.WriteAllBytes(capture, [0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0, .. new byte[8], 0, 0, 4, 0, 1, 0, 0, 0]);
        using Peer tcpdump = Peer.Start("tcpdump", option, "-r", capture, Filter);
        Outcome outcome = tcpdump.Finish();
        Assert.Equal(0, outcome.Status);
        Assert.Equal(outcome.Output, BpfProgram.Parse(outcome.Output).ToString(notation));
    }

    [Theory]
    [InlineData(BpfNotation.Assembly)]
    [InlineData(BpfNotation.C)]
    [InlineData(BpfNotation.Numbers)]
    public void Random_programs_survive_round_trip(BpfNotation notation)
    {
        var programs = new RandomProgram(4712);
        for (int i = Effort.Count(2000); i > 0; i--)
        {
            sock_filter[] instructions = programs.Next();
            if (BpfVerifier.Check(instructions) is not null)
                continue;
            string text = new BpfProgram(instructions).ToString(notation);
            Assert.Equal(text, BpfProgram.Parse(text).ToString(notation));
        }
    }

    [Fact]
    public void Line_number_spaces_and_names_of_facts_may_vary() => Assert.Equal(
        "(000) ldh      [proto]\n(001) ld       [x + 14]\n(002) ret      #-1\n",
        BpfProgram.Parse("\n  ldh [proto]\r\n(001)   ld [ x+14 ]\n\n ret #0xffffffff").ToString());

    [Fact]
    public void Bytecode_of_iptables_is_read() =>
        Assert.Equal("(000) ldb      [9]\n(001) ret      #5\n", BpfProgram.Parse("2,48 0 0 9,6 0 0 5").ToString());

    [Theory]
    [InlineData("ld", "Line 1... \"ld\" has no operand \"\".")]
    [InlineData("(000)", "Line 1... the instruction is missing.")]
    [InlineData("(000) ret #1\n(002) ret #1", "Line 2... \"(002)\" is not the number of the instruction, (001).")]
    [InlineData("add #1 jt 2 jf 3", "Line 1... \"add\" has no jt.")]
    [InlineData("jeq #1", "Line 1... the targets \"jt\" and \"jf\" are missing at the end.")]
    [InlineData("jeq #1 jt 0 jf 1", "Line 1... the target 0 is not one of the 256 instructions behind this one.")]
    [InlineData("jeq #1 jt 1 jf 300", "Line 1... the target 300 is not one of the 256 instructions behind this one.")]
    [InlineData("frob #1", "Line 1... there is no instruction \"frob\".")]
    [InlineData("ld [no_fact]", "Line 1... \"ld\" has no operand \"[no_fact]\".")]
    [InlineData("ret #99999999999", "Line 1... \"ret\" has no operand \"#99999999999\".")]
    [InlineData("{ 0x28, 0, 0 }", "The last instruction has 3 numbers, but each has 4.")]
    [InlineData("2\n6 0 0 1", "The text announces 2 instructions, but has 1.")]
    [InlineData("1\n6 256 0 1", "\"256\" is not a number from 0 to 255.")]
    [InlineData("1\n6 0 0 x", "\"x\" is not a number from 0 to 4294967295.")]
    public void Wrong_text_is_refused_with_its_line(string text, string message)
    {
        string actual = Assert.Throws<FormatException>(() => BpfProgram.Parse(text)).Message;
        string lastLine = text.Split('\n')[^1];
        Assert.Equal(message.Replace("...", $" of the program, \"{lastLine}\":", StringComparison.Ordinal), actual);
    }

    [Fact]
    public void Unknown_notation_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>("notation", () => BpfProgram.Parse("ret #1").ToString((BpfNotation)9));
}
