namespace Unp.Net.Packets.Tests;

/// <summary>The verifier and the interpreter agree with the kernel. UNP_FUZZ_COUNT sets the number of programs and filters.</summary>
public sealed class BpfKernelTests
{
    const int Seed = 4711;

    [Fact]
    public void Verifier_refuses_what_kernel_refuses()
    {
        using var kernel = new SocketFilter();
        var programs = new RandomProgram(Seed);
        int accepted = 0, refused = 0;
        for (int i = Effort.Count(5000); i > 0; i--)
        {
            sock_filter[] program = programs.Next();
            Errno? error = Attach(kernel.Receiver, program);
            BpfException? fault = BpfVerifier.Check(program);
            Assert.True((error is null) == (fault is null), $"kernel {error}, we {fault?.Message}\n{string.Join('\n', program)}");
            (accepted, refused) = error is null ? (accepted + 1, refused) : (accepted, refused + 1);
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"{accepted} accepted, {refused} refused");
        Assert.True(accepted > 100 && refused > 100, $"{accepted} accepted, {refused} refused");
    }

    [Fact]
    public void Interpreter_returns_what_kernel_returns()
    {
        using var kernel = new SocketFilter();
        var programs = new RandomProgram(Seed + 1);
        var packets = new PacketMix(Seed, LinkType.Ethernet);
        int passed = 0;
        for (int i = Effort.Count(5000); i > 0; i--)
        {
            sock_filter[] program = programs.Next();
            if (BpfVerifier.Check(program) is not null || DependsOnKernel(program))
                continue;
            BpfProgram filter = new(program);
            filter.AttachTo(kernel.Receiver);
            for (int j = 0; j < 3; j++)
            {
                byte[] packet = packets.Next();
                int expected = SocketFilter.Expected(filter.Run(packet), packet.Length);
                int actual = kernel.Run(packet);
                Assert.True(expected == actual, $"kernel {actual}, we {expected}: {Convert.ToHexStringLower(packet)}\n{filter}");
                passed += actual >= 0 ? 1 : 0;
            }
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"{passed} packets passed");
        Assert.True(passed > 50, $"{passed} packets passed");
    }

    [Theory]
    [InlineData(LinkType.Ethernet)]
    [InlineData(LinkType.Raw)]
    public void Filters_accept_same_packets_in_kernel(LinkType linkType)
    {
        using var kernel = new SocketFilter();
        var packets = new PacketMix(Seed, linkType);
        foreach (string filter in FilterList.All.Where(filter => !filter.Contains("local", StringComparison.Ordinal)))
        {
            BpfProgram program;
            try
            {
                program = BpfProgram.Compile(filter, linkType);
            }
            catch (FilterException)
            {
                continue; // FilterComparisonTests has them
            }
            program.AttachTo(kernel.Receiver);
            for (int i = Effort.Count(20); i > 0; i--)
            {
                byte[] packet = packets.Next();
                int actual = kernel.Run(packet);
                Assert.True(
                    actual == SocketFilter.Expected(program.Run(packet), packet.Length),
                    $"{filter}: kernel {actual}, {Convert.ToHexStringLower(packet)}\n{program}");
            }
        }
    }

    static unsafe Errno? Attach(Fd socket, sock_filter[] program)
    {
        fixed (sock_filter* first = program)
        {
            var argument = new sock_fprog { len = (ushort)program.Length, filter = first };
            return setsockopt(socket, SOL_SOCKET, SO_ATTACH_FILTER, &argument, (uint)sizeof(sock_fprog)) < 0 ? Errno.Last : null;
        }
    }

    /// <summary>Returns whether a program loads facts that only the kernel knows.</summary>
    static bool DependsOnKernel(sock_filter[] program) => program.Any(one =>
        (one.code & 0xe7) == (BPF_LD | BPF_ABS) && one.k >= BpfAncillary.Offset
        && one.k - BpfAncillary.Offset is not (BpfAncillary.NetlinkAttribute or BpfAncillary.NestedNetlinkAttribute or BpfAncillary.XorWithX
            or BpfAncillary.Mark or BpfAncillary.VlanTag or BpfAncillary.VlanTagPresent));
}
