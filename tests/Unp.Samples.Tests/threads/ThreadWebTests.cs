namespace Unp.Samples.Tests.threads;

public class ThreadWebTests
{
    public static TheoryData<string> Clients => ["web01", "web02", "web03"];

    /// <summary>The test is the server, so it chooses when to answer.</summary>
    [Theory]
    [MemberData(nameof(Clients))]
    public void Next_thread_starts_after_any_thread_ended(string program)
    {
        using var listener = new Wire.Listener("::1");
        using Peer client = UnpProcess.Start($"threads/{program}", "2", "::1", "/home", "/a", "/b", "/c", "--port", listener.Port);
        WebQuestion.Answer(listener.Accept(), "/home", "the home page");
        Assert.Equal("nfiles = 3", client.ReadLine());
        Assert.Equal("read 13 bytes of home page", client.ReadLine());
        Assert.Equal("end-of-file on home page", client.ReadLine());
        if (program == "web02")
            Assert.Contains("created thread", client.ReadLine() + client.ReadLine() + client.ReadLine(), StringComparison.Ordinal);

        // One of the two connections gets no answer until the end of the test.
        using Wire first = listener.Accept();
        string waiting = first.Receive("GET /a HTTP/1.0\r\n\r\n".Length)[4..6];
        string other = waiting == "/a" ? "/b" : "/a";
        WebQuestion.Answer(listener.Accept(), other, "the second");
        WebQuestion.Answer(listener.Accept(), "/c", "the third");
        string line;
        while (!(line = client.ReadLine()!).EndsWith("for /c done", StringComparison.Ordinal))
            Assert.DoesNotMatch($"(read|done|end).*{waiting}", line[..4] == "do_g" ? "" : line);
        first.Dispose();
        Outcome outcome = client.Finish();
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        string label = program == "web03" ? "thread" : "thread id";
        Assert.Matches($"end-of-file on {waiting}\n{label} [0-9]+ for {waiting} done\n$", outcome.Output);
    }

    [Theory]
    [MemberData(nameof(Clients))]
    public void Unreadable_file_is_reported_and_others_are_read(string program)
    {
        using var listener = new Wire.Listener();
        using Peer client = UnpProcess.Start($"threads/{program}", "1", "127.0.0.1", "/", "/reset", "/read", "--port", listener.Port);
        WebQuestion.Answer(listener.Accept(), "/", "");
        using (Wire reset = listener.Accept())
        {
            WebQuestion.Question(reset, "/reset");
            reset.Reset();
        }
        WebQuestion.Answer(listener.Accept(), "/read", "text");
        Outcome outcome = client.Finish();
        Assert.Equal((1, "read error: Connection reset by peer\nsome files could not be read\n"), (outcome.Status, outcome.Error));
        Assert.Contains("read 4 bytes from /read\nend-of-file on /read\n", outcome.Output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Clients))]
    public void Wrong_arguments_print_usage(string program) => Assert.Equal(
        new Outcome(1, "", $"usage: {program} <#conns> <hostname> <homepage> <file1> ...\n"),
        UnpProcess.Run($"threads/{program}", "0", "localhost", "/", "/a"));
}
