namespace Unp.Net.Packets.Tests;

/// <summary>Damaged filters and random programs. UNP_FUZZ_COUNT sets their number.</summary>
public sealed class FilterFuzzTests
{
    static readonly string[] Words =
    [
        "and", "or", "not", "(", ")", "[", "]", "tcp", "ip6", "ether", "host", "net", "port", "portrange", "src", "dst", "proto", "vlan",
        "len",
        "less", "10.0.0.0", "::1", "2:0:0:0:0:1", "80", "0xffffffff", "/", "8", "mask", "+", "-", "%", "^", "<<", "=", "!=", ":", "2",
        "\\tcp",
        "broadcast", "multicast", "http", "80-90", "&", "|", "tcp-syn",
    ];

    /// <summary>Every text is either compiled or refused, and a program that is made is one that the verifier accepts.</summary>
    [Fact]
    public void Damaged_filters_are_compiled_or_refused()
    {
        var random = new Random(4711);
        var options = new FilterOptions { ResolvesHosts = false };
        LinkType[] linkTypes = Enum.GetValues<LinkType>();
        int compiled = 0, refused = 0;
        for (int i = Effort.Count(3000); i > 0; i--)
        {
            string filter = Damaged(random);
            try
            {
                BpfProgram program = BpfProgram.Compile(filter, linkTypes[random.Next(linkTypes.Length)], options);
                program.Run([]);
                compiled++;
            }
            catch (FilterException e)
            {
                Assert.InRange(e.Position, 0, filter.Length);
                refused++;
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"The filter {filter} failed.", e);
            }
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"{compiled} compiled, {refused} refused");
        Assert.True(compiled > 0 && refused > 0);
    }

    /// <summary>A verified program ends, whatever it does. The verifier survives every program.</summary>
    [Fact]
    public void Random_programs_are_refused_or_end()
    {
        var programs = new RandomProgram(4713);
        var packets = new PacketMix(4713, LinkType.Ethernet);
        byte[][] mix = [.. Enumerable.Range(0, 100).Select(_ => packets.Next())];
        BpfContext context = new() { NetworkHeaderOffset = 14, LinkHeaderOffset = 0, VlanTag = 5 };
        int accepted = 0;
        for (int i = Effort.Count(20_000); i > 0; i--)
        {
            sock_filter[] program = programs.Next();
            if (BpfVerifier.Check(program) is not null)
                continue;
            accepted++;
            byte[] packet = mix[i % mix.Length];
            BpfInterpreter.Run(program, packet, (uint)packet.Length, context);
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"{accepted} accepted");
        Assert.NotEqual(0, accepted);
    }

    static string Damaged(Random random)
    {
        string filter = FilterList.All[random.Next(FilterList.All.Length)];
        for (int i = random.Next(1, 4); i > 0; i--)
        {
            int at = random.Next(filter.Length + 1);
            filter = random.Next(6) switch
            {
                0 => filter.Insert(at, $" {Words[random.Next(Words.Length)]} "),
                1 => filter.Insert(at, ((char)random.Next(1, 256)).ToString()),
                2 when at < filter.Length => filter.Remove(at, random.Next(1, Math.Min(8, filter.Length - at) + 1)),
                3 => $"{filter} {(random.Next(2) == 0 ? "and" : "or")} {FilterList.All[random.Next(FilterList.All.Length)]}",
                4 => string.Join(' ', Enumerable.Range(0, random.Next(1, 12)).Select(_ => Words[random.Next(Words.Length)])),
                _ => filter[..at],
            };
        }
        return filter;
    }
}
