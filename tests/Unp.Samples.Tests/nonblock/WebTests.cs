using System.Globalization;
using System.Text.RegularExpressions;

namespace Unp.Samples.Tests.nonblock;

public class WebTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(50)]
    public void Files_are_fetched_in_parallel_from_real_server(int connections)
    {
        using var directory = new TempDirectory();
        string[] names = [.. Enumerable.Range(0, 22).Select(i => $"/file{i}")];
        for (int i = 0; i < names.Length; i++)
            File.WriteAllText(directory[names[i][1..]], new string('x', i * 10_000));
        using Peer serving = Peer.Start("python3", "-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory", directory["."]);
        string port = Regex.Match(serving.ReadLine()!, " port ([0-9]+) ").Groups[1].Value;

        Outcome outcome = UnpProcess.Run(["nonblock/web", $"{connections}", "localhost", "/", .. names, "--port", port]);
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        string[] lines = outcome.Output.Split('\n');
        Assert.Equal("nfiles = 20", lines[0]); // MAXFILES
        int home = Array.IndexOf(lines, "end-of-file on home page");
        Assert.All(lines[1..home], line => Assert.Matches("^read [0-9]+ bytes of home page$", line));

        lines = lines[(home + 1)..];
        for (int i = 0; i < 20; i++)
            CheckFile([.. lines.Where(line => Regex.IsMatch(line, $" {names[i]}(,|$)"))], names[i], i * 10_000);
        Assert.Equal(Math.Min(connections, 20), MaxConcurrent(lines));
    }

    /// <summary>The test is the server, so it chooses the order of the answers.</summary>
    [Fact]
    public void Next_connection_is_made_after_one_ended()
    {
        using var listener = new Wire.Listener("::1");
        using Peer client = UnpProcess.Start("nonblock/web", "2", "::1", "/home", "/a", "/b", "/c", "--port", listener.Port);
        WebQuestion.Answer(listener.Accept(), "/home", "the home page");
        Assert.Equal(["nfiles = 3", "read 13 bytes of home page"], ReadUntil(client, "end-of-file on home page"));

        // The first connection gets no answer until the end of the test.
        using Wire first = listener.Accept();
        WebQuestion.Question(first, "/a");
        WebQuestion.Answer(listener.Accept(), "/b", "the second");
        Assert.Contains("read 10 bytes from /b", ReadUntil(client, "end-of-file on /b"));
        WebQuestion.Answer(listener.Accept(), "/c", "the third");
        string[] third = ReadUntil(client, "end-of-file on /c");
        Assert.StartsWith("start_connect for /c, fd ", third[0], StringComparison.Ordinal);
        Assert.Equal("read 9 bytes from /c", third[^1]);
        first.Dispose();
        Assert.Equal(new Outcome(0, "end-of-file on /a\n", ""), client.Finish());
    }

    [Fact]
    public void Unreadable_file_is_reported_and_others_are_read()
    {
        var listener = new Wire.Listener();
        using Peer client = UnpProcess.Start("nonblock/web", "1", "127.0.0.1", "/", "/reset", "/read", "/refused", "--port", listener.Port);
        WebQuestion.Answer(listener.Accept(), "/", "");
        using (Wire reset = listener.Accept())
        {
            WebQuestion.Question(reset, "/reset");
            reset.Reset();
        }
        Wire last = listener.Accept();
        listener.Dispose();
        WebQuestion.Answer(last, "/read", "text");

        Outcome outcome = client.Finish();
        Assert.Equal(1, outcome.Status);
        Assert.Equal(
            "read error for /reset: Connection reset by peer\n"
            + "nonblocking connect failed for /refused: Connection refused\nsome files could not be read\n",
            outcome.Error);
        Assert.Contains("read 4 bytes from /read\nend-of-file on /read\n", outcome.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0", "localhost", "/", "/a")]
    [InlineData("-1", "localhost", "/", "/a")]
    [InlineData("three", "localhost", "/", "/a")]
    [InlineData("3", "localhost", "/")]
    public void Wrong_arguments_print_usage(params string[] arguments) => Assert.Equal(
        new Outcome(1, "", "usage: web <#conns> <hostname> <homepage> <file1> ...\n"),
        UnpProcess.Run(["nonblock/web", "--", .. arguments]));

    [Fact]
    public void Default_port_is_that_of_HTTP()
    {
        Outcome outcome = UnpProcess.Run("nonblock/web", "3", "255.255.255.255", "/", "/a");
        Assert.Equal((1, "nfiles = 1\n"), (outcome.Status, outcome.Output));
        Assert.StartsWith("tcp_connect error for 255.255.255.255, 80: ", outcome.Error, StringComparison.Ordinal);
    }

    static void CheckFile(string[] lines, string name, int size)
    {
        Assert.Matches($"^start_connect for {name}, fd [0-9]+$", lines[0]);
        Assert.Equal($"end-of-file on {name}", lines[^1]);
        Assert.Contains($"wrote {$"GET {name} HTTP/1.0\r\n\r\n".Length} bytes for {name}", lines);
        int read = lines.Select(line => Regex.Match(line, "^read ([0-9]+) bytes")).Where(match => match.Success)
            .Sum(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));
        Assert.InRange(read, size + 50, size + 500); // includes the header
    }

    static int MaxConcurrent(string[] lines)
    {
        int now = 0;
        int most = 0;
        foreach (string line in lines)
        {
            now += line.StartsWith("start_connect", StringComparison.Ordinal) ? 1
                : line.StartsWith("end-of-file", StringComparison.Ordinal) ? -1
                : 0;
            most = Math.Max(most, now);
        }
        return most;
    }

    /// <summary>Reads lines up to <paramref name="last"/>, which is not returned.</summary>
    static string[] ReadUntil(Peer client, string last)
    {
        var lines = new List<string>();
        while (client.ReadLine() is { } line && line != last)
            lines.Add(line);
        return [.. lines];
    }
}
