using System.Text;

namespace Unp.Net.Tests.Streams;

/// <summary>Messages that cannot be written, or not at once.</summary>
public class MessageWriterTests
{
    [Theory]
    [InlineData(">/dev/full 2>/dev/full")]
    [InlineData(">&- 2>&-")]
    [InlineData(">/dev/full 2>&-")]
    [InlineData("2>/dev/full | true")]
    public void Program_keeps_its_status_when_messages_cannot_be_written(string redirection)
    {
        using Peer shell = Shell($"{{ \"$0\" 'print all'; echo $? >&3; }} {redirection}");
        Assert.Equal(("7\n", 0), (shell.ReadToEnd(), shell.WaitForExit()));
    }

    [Theory]
    [InlineData("print without descriptors", "free again\n")]
    [InlineData("print by the console without descriptors", "a line\nfree again\n")]
    public void First_message_needs_no_free_descriptor(string scenario, string output)
    {
        using Peer shell = Shell($"ulimit -n 64; exec \"$0\" '{scenario}' >&3");
        Outcome outcome = shell.Finish();
        Assert.Equal(output, outcome.Output);
        Assert.Equal("a message\ndup error: Too many open files\nthe end\n", outcome.Error);
        Assert.Equal(1, outcome.Status);
    }

    [Fact]
    public void Message_to_full_nonblocking_pipe_is_dropped_after_second() => Assert.Equal("1\n", Output("print to a full pipe"));

    [Fact]
    public void Message_to_slow_nonblocking_pipe_arrives_whole() => Assert.Equal("True\n", Output("print to a slow pipe"));

    [Fact]
    public void Lines_of_several_threads_stay_whole()
    {
        string[] lines = Output("print at once").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2000, lines.Length);
        Assert.All(lines.GroupBy(line => line), same => Assert.Equal((200, 500), (same.Key.Length, same.Count())));
    }

    [Fact]
    public void Output_and_error_keep_their_order_and_are_utf8()
    {
        using Peer shell = Shell("exec \"$0\" 'print forms' >&3 2>&3");
        byte[] expected =
        [
            .. "a line|\n|\n42|\nc|\n1 and 2|\nyz|\nspan|\n|\n"u8,
            .. "\U0001F600\uFFFDlone|\nbytes "u8, 0xFF, 0xFE, .. ", \uFFFD|\nerror\nlast|\nstill open|\n"u8,
        ];
        Assert.Equal(Encoding.Latin1.GetString(expected), shell.ReadToEnd());
        Assert.Equal(0, shell.WaitForExit());
    }

    /// <summary>Starts a shell whose descriptor 3 is the test's pipe; $0 is the program.</summary>
    static Peer Shell(string command) => Peer.Start("sh", "-c", $"exec 3>&1; {command}", ChildProcess.Executable);

    static string Output(string scenario)
    {
        using Peer child = ChildProcess.Start(scenario);
        Outcome outcome = child.Finish();
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        return outcome.Output;
    }
}
