using System.Globalization;
using System.Text.RegularExpressions;

namespace Unp.Samples.Tests.threads;

public class ExampleTests
{
    [Fact]
    public void Two_threads_with_mutex_count_to_ten_thousand()
    {
        int[][] counts = Counts("example02");
        Assert.Equal(Enumerable.Range(1, 10_000), counts.SelectMany(count => count).Order());
        Assert.Equal(5000, counts[0].Length);
        Assert.Equal(counts[0].Order(), counts[0]);
        Assert.Equal(counts[1].Order(), counts[1]);
    }

    /// <summary>Lost increments depend on timing, so the test does not require any.</summary>
    [Fact]
    public void Two_threads_without_mutex_count_to_at_most_ten_thousand()
    {
        int[][] counts = Counts("example01");
        Assert.All(counts, count => Assert.Equal(5000, count.Length));
        Assert.All(counts.SelectMany(count => count), count => Assert.InRange(count, 1, 10_000));
    }

    [Fact]
    public void Producer_and_consumer_wait_for_each_other()
    {
        Outcome outcome = UnpProcess.Run("threads/example03");
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        int held = 0, produced = 0, consumed = 0;
        foreach (string line in outcome.Output.TrimEnd().Split('\n'))
        {
            bool isProducer = line.StartsWith("produced", StringComparison.Ordinal);
            held += isProducer ? 1 : -1;
            Assert.InRange(held, 0, 8);
            string expected = isProducer ? $"produced {produced++}, {held} in the buffer" : $"consumed {consumed++}, {held} in the buffer";
            Assert.Equal(expected, line);
        }
        Assert.Equal((50, 50), (produced, consumed));
    }

    [Fact]
    public void Unsignalled_condition_times_out_after_one_second() =>
        Assert.Matches(@"^timed out after [1-9][0-9]*\.[0-9] s\n$", UnpProcess.Run("threads/test03").Output);

    [Theory]
    [InlineData("test04b")]
    [InlineData("test04g")]
    public void Each_of_many_threads_reads_every_line_of_file(string program)
    {
        using var directory = new TempDirectory();
        File.WriteAllLines(directory["lines"], Enumerable.Range(0, 3000).Select(i => new string((char)('a' + i % 26), i % 200)));
        Assert.Equal(
            new Outcome(0, "20 threads read 5 times each, and every line was correct\n", ""),
            UnpProcess.Run($"threads/{program}", directory["lines"], "20", "--times", "5"));
        Assert.Equal(
            new Outcome(1, "", $"usage: {program} <file> <#threads>\n"), UnpProcess.Run($"threads/{program}", directory["lines"], "0"));
        Assert.Equal(
            new Outcome(1, "", $"open error: No such file or directory ({directory["none"]})\n"),
            UnpProcess.Run($"threads/{program}", directory["none"], "1"));
    }

    /// <summary>The numbers that each of the two threads printed.</summary>
    static int[][] Counts(string program)
    {
        Outcome outcome = UnpProcess.Run($"threads/{program}");
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        int[][] counts =
        [
            .. Regex.Matches(outcome.Output, "^([0-9]+): ([0-9]+)$", RegexOptions.Multiline)
                .GroupBy(line => line.Groups[1].Value, line => int.Parse(line.Groups[2].Value, CultureInfo.InvariantCulture))
                .Select(thread => thread.ToArray()),
        ];
        Assert.Equal(2, counts.Length);
        return counts;
    }
}
