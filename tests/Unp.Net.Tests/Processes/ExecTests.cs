namespace Unp.Net.Tests.Processes;

/// <summary>Tests a program that replaces itself by another one.</summary>
public class ExecTests
{
    [Fact]
    public void Process_keeps_id_environment_and_ignores_no_signal()
    {
        using Peer program = ChildProcess.Start(
            "execv", new Dictionary<string, string> { ["GIVEN"] = "é" }, "/bin/sh", "called", "-c",
            "tr '\\0' ' ' </proc/$$/cmdline | cut -d' ' -f1; echo $0 $GIVEN $$; grep SigIgn /proc/$$/status; exit 3", "two words");
        int id = program.Id;
        Assert.Equal("before, called", program.ReadLine());
        Assert.Equal($"two words \u00C3\u00A9 {id}", program.ReadLine()); // one character per byte of UTF-8
        Assert.Equal("SigIgn:\t0000000000000000", program.ReadLine());
        Assert.Equal(new Outcome(3, "", ""), program.Finish());
    }

    [Fact]
    public void Program_has_usual_limit_of_descriptors()
    {
        DescriptorLimit.Require(2000);
        using Peer program = ChildProcess.Start("execv", "/bin/sh", "sh", "-c", "ulimit -Sn; ulimit -Hn");
        Assert.Equal("before, 1024", program.ReadLine());
        Assert.NotEqual("1024", program.ReadLine());
    }

    [Theory]
    [InlineData("/no/such/program", "No such file or directory")]
    [InlineData("/etc/passwd", "Permission denied")]
    public void Failed_execv_throws_and_process_continues(string path, string reason)
    {
        // After the failure the program writes to a closed pipe, which must not end it by SIGPIPE.
        using Peer program = ChildProcess.Start("execv", path, "x");
        Assert.Equal(new Outcome(0, $"before, execve error: {reason} ({path})\nEPIPE\n", ""), program.Finish());
    }

    [Fact]
    public void Invalid_arguments_are_rejected()
    {
        Assert.Throws<ArgumentException>(() => Execv("/bin/true", []));
        Assert.Throws<ArgumentException>(() => Execv("", ["x"]));
        Assert.Throws<ArgumentException>(() => Execv("/bin/true", ["a\0b"]));
        Assert.Throws<ArgumentNullException>(() => Execv("/bin/true", null!));
    }
}
