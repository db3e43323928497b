using System.Net;

namespace Unp.Net.Packets.Tests;

/// <summary>Our compiler and that of tcpdump accept the same packets. UNP_FUZZ_COUNT sets the number of packets.</summary>
/// <remarks>
/// The optimizer of tcpdump moves and removes loads, so a packet that ends before one of them may be accepted with it and refused without
/// it. For such packets either result is right. Ours is that without it, except that address words that a mask excludes are not loaded.
/// </remarks>
public sealed class FilterComparisonTests
{
    static readonly FilterOptions Options = new() { Netmask = IPAddress.Parse("255.255.255.0") };

    [Theory]
    [InlineData(LinkType.Ethernet)]
    [InlineData(LinkType.Raw)]
    [InlineData(LinkType.LinuxSll)]
    [InlineData(LinkType.LinuxSll2)]
    [InlineData(LinkType.Null)]
    public void Filters_accept_what_tcpdump_accepts(LinkType linkType)
    {
        Pcap.Require();
        Assert.InRange(FilterList.All.Length, 300, int.MaxValue);
        var mix = new PacketMix(4711, linkType);
        byte[][] packets = [.. Enumerable.Range(0, Effort.Count(1000)).Select(_ => mix.Next())];
        int compared = 0, ours = 0, theirs = 0;
        List<string> faults = [];
        foreach (string filter in FilterList.All)
        {
            if (linkType == LinkType.LinuxSll2 && filter.StartsWith("ether proto", StringComparison.Ordinal))
                continue; // tcpdump compares numbers of 802.2 with those of Ethernet there
            BpfProgram? theirProgram = Pcap.Compile(filter, linkType, isOptimized: true, out string reason);
            BpfProgram? ourProgram = TryCompile(filter, linkType, out string ourReason);
            if (ourProgram is null || theirProgram is null)
            {
                if (ourProgram != theirProgram)
                    faults.Add($"{filter}: tcpdump {(theirProgram is null ? reason : "accepts it")}, we: {ourReason}");
                continue;
            }
            compared++;
            ours += ourProgram.Instructions.Length;
            theirs += theirProgram.Instructions.Length;
            BpfProgram plainProgram = Pcap.Compile(filter, linkType, isOptimized: false, out _)!;
            int wrong = Array.FindIndex(packets, packet =>
                ourProgram.Run(packet) is var result && result != plainProgram.Run(packet) && result != theirProgram.Run(packet));
            if (wrong >= 0)
                faults.Add($"{filter}: {Convert.ToHexStringLower(packets[wrong])}\ntcpdump\n{theirProgram}we\n{ourProgram}");
        }
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{compared} filters, {packets.Length} packets, instructions {ours}, of tcpdump {theirs}");
        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.InRange(compared, FilterList.All.Length / 2, int.MaxValue);
    }

    static BpfProgram? TryCompile(string filter, LinkType linkType, out string reason)
    {
        reason = "";
        try
        {
            return BpfProgram.Compile(filter, linkType, Options);
        }
        catch (FilterException e)
        {
            reason = e.Message;
            return null;
        }
    }
}
