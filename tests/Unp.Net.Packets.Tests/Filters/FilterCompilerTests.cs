namespace Unp.Net.Packets.Tests;

/// <summary>Programs of the compiler that the comparison with tcpdump does not cover.</summary>
public sealed class FilterCompilerTests
{
    [Fact]
    public void Repeated_loads_and_known_tests_are_left_out() => Assert.Equal(
        """
        (000) ldh      [12]
        (001) jeq      #0x800           jt 2	jf 9
        (002) ldb      [23]
        (003) jeq      #0x6             jt 4	jf 9
        (004) ldh      [20]
        (005) jset     #0x1fff          jt 9	jf 6
        (006) ldxb     4*([14]&0xf)
        (007) ldb      [x + 27]
        (008) jset     #0x2             jt 10	jf 9
        (009) ret      #0
        (010) ret      #262144

        """,
        BpfProgram.Compile("tcp and ip and tcp[13] & 2 != 0").ToString());

    [Fact]
    public void Snap_length_is_the_result() =>
        Assert.Equal(96u, BpfProgram.Compile("", options: new() { SnapLength = 96 }).Run([]));

    [Theory]
    [InlineData("net 10/8", "net 10.0.0.0/8")]
    [InlineData("net 10.1/16", "net 10.1.0.0/16")]
    [InlineData("ip proto tcp", "ip proto \\tcp")]
    [InlineData("port 80 and (443 or tcp)", "port 80 and (port 443 or tcp)")]
    public void Filters_mean_the_same(string one, string other)
    {
        var packets = new PacketMix(4711, LinkType.Ethernet);
        BpfProgram first = BpfProgram.Compile(one), second = BpfProgram.Compile(other);
        for (int i = 0; i < 1000; i++)
        {
            byte[] packet = packets.Next();
            Assert.True(first.Run(packet) == second.Run(packet), $"{Convert.ToHexStringLower(packet)}\n{first}\n{second}");
        }
    }

    [Fact]
    public void Calculation_needs_all_its_protocols()
    {
        byte[] tcp = [.. new byte[12], 8, 0, 0x45, .. new byte[8], 6, .. new byte[50]];
        Assert.True(BpfProgram.Compile("tcp[0] + ip[1] = 0").Accepts(tcp));
        Assert.False(BpfProgram.Compile("tcp[0] + udp[0] = 0").Accepts(tcp)); // tcpdump only tests for the first one
    }

    [Theory]
    [InlineData("{0} + {1}", 700)]
    [InlineData("{0} - ({1})", 150)]
    [InlineData("({0}) + ({0} - {1}) * ({1} ^ ({0}))", 4)]
    public void Scratch_memory_suffices(string pattern, int times)
    {
        string number = "ether[0]";
        for (int i = 0; i < times; i++)
            number = string.Format(System.Globalization.CultureInfo.InvariantCulture, pattern, $"ether[{i % 7}]", number);
        BpfProgram program = BpfProgram.Compile($"{number} != 12345678");
        Assert.True(program.Accepts(new byte[20]));
    }

    [Theory]
    [InlineData(LinkType.Ipv4, true, false)]
    [InlineData(LinkType.Ipv6, false, true)]
    [InlineData(LinkType.Raw, true, false)]
    public void Link_type_decides_the_protocol(LinkType linkType, bool isIpv4, bool isIpv6)
    {
        byte[] packet = [0x45, .. new byte[60]];
        Assert.Equal(isIpv4, BpfProgram.Compile("ip", linkType).Accepts(packet));
        Assert.Equal(isIpv6, BpfProgram.Compile("ip6", linkType).Accepts(packet));
    }

    [Theory]
    [InlineData(24)]
    [InlineData(28)]
    [InlineData(30)]
    public void Loopback_of_BSDs_has_IPv6(byte family)
    {
        Assert.True(BpfProgram.Compile("ip6", LinkType.Loop).Accepts([0, 0, 0, family]));
        Assert.True(BpfProgram.Compile("ip6", LinkType.Null).Accepts(BitConverter.GetBytes((int)family)));
        Assert.False(BpfProgram.Compile("ip", LinkType.Loop).Accepts([0, 0, 0, family]));
    }

    [Fact]
    public void Distant_targets_are_reached_by_long_jumps()
    {
        string filter = string.Join(" and ", Enumerable.Range(0, 600).Select(i => $"ether[{i}] != {i % 250}"));
        BpfProgram program = BpfProgram.Compile($"ip or not ({filter})");
        Assert.Contains(program.Instructions.ToArray(), one => one.code == (BPF_JMP | BPF_JA));
        byte[] packet = [.. Enumerable.Repeat((byte)251, 700)];
        Assert.False(program.Accepts(packet));
        foreach (int at in (int[])[0, 1, 299, 300, 301, 599])
        {
            byte[] changed = [.. packet];
            changed[at] = (byte)(at % 250);
            Assert.True(program.Accepts(changed), $"byte {at}");
        }
    }
}
