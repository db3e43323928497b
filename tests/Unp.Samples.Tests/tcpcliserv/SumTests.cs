using System.Globalization;
using System.Text;
using Unp.Samples.tcpcliserv;

namespace Unp.Samples.Tests.tcpcliserv;

public class SumTests
{
    static readonly string[] Lines =
    [
        "1 2\n", "-5 3\n", "+7 -0\n", "  7\t\t8  \n", "\v\f\r1\r2\n", "007 08\n", "1 2 3\n", "5-3\n", "5+3\n", "1 2abc\n",
        "1\n", "1", "", "\n", " \t \n", "abc\n", "1 x\n", "x 1\n", "0x10 5\n", "1.5 2\n", "1,2\n",
        "5--3\n", "- 3 4\n", "-\n", "+\n", "+-1 2\n", "1\0 2\n", "1 \xff" + "2\n", "1\xa0" + "2\n",
        "9223372036854775807 -9223372036854775808\n", "9223372036854775808 -9223372036854775809\n",
        "18446744073709551615 18446744073709551616\n",
        "99999999999999999999999999999999999999999999999999 -99999999999999999999999999999999999999999999999999\n",
        "00000000000000000000000000000000000000000000000001 2\n", new string('1', 500) + " " + new string('0', 500) + "\n",
    ];

    [Theory]
    [InlineData("1 2\n", 2, 1, 2)]
    [InlineData("-5\t+3", 2, -5, 3)]
    [InlineData("5-3 17\n", 2, 5, -3)]
    [InlineData("12\n", 1, 12, 0)]
    [InlineData("12 x\n", 1, 12, 0)]
    [InlineData("x 12\n", 0, 0, 0)]
    [InlineData("\n", 0, 0, 0)]
    [InlineData("99999999999999999999 -99999999999999999999\n", 2, long.MaxValue, long.MinValue)]
    public void Line_yields_up_to_two_numbers(string line, int count, long arg1, long arg2)
    {
        Assert.Equal(count, Sum.Scan(Encoding.Latin1.GetBytes(line), out SumArgs args));
        Assert.Equal((arg1, arg2), (args.arg1, args.arg2));
    }

    [Fact]
    public void Lines_are_parsed_as_sscanf_parses_them()
    {
        Peer.Require("gcc");
        var random = new Random(20261122);
        const string Alphabet = "0123456789 012345 \t+-x\v\r";
        IEnumerable<string> randomLines = Enumerable.Range(0, 5000).Select(
            _ => new string(random.GetItems<char>(Alphabet, random.Next(30))) + "\n");
        string[] lines = [.. Lines, .. randomLines];

        using var directory = new TempDirectory();
        string[] expected = AskC(directory, lines);
        Assert.Equal(lines.Length, expected.Length);
        Assert.All(lines.Zip(expected), pair =>
        {
            int count = Sum.Scan(Encoding.Latin1.GetBytes(pair.First), out SumArgs args);
            string scanned = string.Create(CultureInfo.InvariantCulture, $"{count} {args.arg1} {args.arg2}");
            Assert.Equal(pair.Second, scanned);
        });
    }

    /// <summary>Parses the lines with a C program. Each line is passed as its length followed by its bytes.</summary>
    static string[] AskC(TempDirectory directory, string[] lines)
    {
        File.WriteAllText(directory["scan.c"], """
            #include <stdio.h>
            int main(void)
            {
                int size;
                char line[4096];
                while (scanf("%d", &size) == 1 && getchar() == ':' && fread(line, 1, size, stdin) == (size_t) size) {
                    long arg1 = 0, arg2 = 0;
                    line[size] = 0;
                    int count = sscanf(line, "%ld%ld", &arg1, &arg2);
                    printf("%d %ld %ld\n", count < 0 ? 0 : count, arg1, arg2);
                }
                return 0;
            }
            """);
        File.WriteAllText(directory["lines"], string.Concat(lines.Select(line => $"{line.Length}:{line}")), Encoding.Latin1);
        using Peer gcc = Peer.Start("gcc", "-o", directory["scan"], directory["scan.c"]);
        Assert.Equal(new Outcome(0, "", ""), gcc.Finish());
        using Peer scan = Peer.Start("sh", "-c", $"exec {directory["scan"]} <{directory["lines"]}");
        return scan.Finish().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
