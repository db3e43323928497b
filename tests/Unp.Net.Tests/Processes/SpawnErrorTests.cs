using System.Globalization;

namespace Unp.Net.Tests.Processes;

/// <summary>Tests programs that cannot start: the error names the program, and nothing is left over.</summary>
public sealed class SpawnErrorTests : IDisposable
{
    readonly TempDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Theory]
    [InlineData("none", nameof(Errno.ENOENT))]
    [InlineData("text/none", nameof(Errno.ENOTDIR))]
    [InlineData("text", nameof(Errno.EACCES))]
    [InlineData("text, executable", nameof(Errno.ENOEXEC))]
    [InlineData("loop", nameof(Errno.ELOOP))]
    public void Program_that_cannot_start_is_named(string name, string errno)
    {
        File.WriteAllText(directory["text"], "no program\n");
        File.WriteAllText(directory["text, executable"], "no program\n");
        File.SetUnixFileMode(directory["text, executable"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        File.CreateSymbolicLink(directory["loop"], directory["loop"]);
        int[] children = Children.All();
        for (int round = 0; round < 20; round++)
        {
            var failure = Assert.Throws<UnpException>(() => Spawn(directory[name], []));
            Assert.Equal(errno, failure.Errno.Name);
            Assert.Equal($"posix_spawn error: {failure.Errno.Message} ({directory[name]})", failure.Message);
        }
        Assert.Equal(children, Children.All());
    }

    [Fact]
    public void Directory_cannot_be_executed() => Assert.Equal(Errno.EACCES, Assert.Throws<UnpException>(() => Spawn("/tmp", [])).Errno);

    [Fact]
    public void Too_many_arguments_are_E2BIG()
    {
        string[] arguments = [.. Enumerable.Repeat(new string('x', 100_000), 100)];
        var failure = Assert.Throws<UnpException>(() => Spawn("true", arguments));
        Assert.Equal(Errno.E2BIG, failure.Errno);
        Assert.EndsWith("(true)", failure.Message);
    }

    [Fact]
    public void Invalid_texts_are_rejected()
    {
        Assert.Throws<ArgumentNullException>("program", () => Spawn(null!, []));
        Assert.Throws<ArgumentException>("program", () => Spawn("", []));
        Assert.Throws<ArgumentException>("program", () => Spawn("a\0b", []));
        Assert.Throws<ArgumentNullException>("arguments", () => Spawn("true", null!));
        Assert.Throws<ArgumentNullException>("arguments", () => Spawn("true", [null!]));
        Assert.Throws<ArgumentException>("arguments", () => Spawn("true", ["a\0b"]));
        Assert.Throws<ArgumentException>("Name", () => Spawn("true", [], new() { Name = "a\0b" }));
        foreach (string name in (string[])["", "a=b", "a\0b"])
            Assert.Throws<ArgumentException>(
                "Environment", () => Spawn("true", [], new() { Environment = new Dictionary<string, string> { [name] = "" } }));
        Assert.Throws<ArgumentException>(
            "Environment", () => Spawn("true", [], new() { Environment = new Dictionary<string, string> { ["A"] = "\0" } }));
        Assert.Throws<ArgumentException>("WorkingDirectory", () => Spawn("true", [], new() { WorkingDirectory = "" }));
    }

    [Fact]
    public void Two_hundred_failures_leak_no_memory()
    {
        for (int round = 0; round < 200; round++)
            Fail();
        long before = Resident();
        for (int round = 0; round < 200; round++)
            Fail();
        Assert.True(Resident() - before < 64L << 20, "each failure keeps its arguments");

        static void Fail() => Assert.Throws<UnpException>(() => Spawn("/no/such/program", [new string('x', 1 << 20)]));

        static long Resident() =>
            long.Parse(File.ReadAllText("/proc/self/statm").Split(' ')[1], CultureInfo.InvariantCulture) * Environment.SystemPageSize;
    }
}
